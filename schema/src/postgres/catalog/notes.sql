-- What the relations $1 have and the model has no place for.
SELECT
    n.nspname || '.' || c.relname AS subject,
    'the rule `' || r.rulename || '` is not read: its effect on writes is unknown' AS message
FROM pg_rewrite AS r
JOIN pg_class AS c ON c.oid = r.ev_class
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE r.ev_class = ANY ($1)
    AND r.rulename <> '_RETURN'
UNION ALL
SELECT
    n.nspname || '.' || c.relname,
    'the foreign key `' || con.conname || '` refers to the partition `' || p.relname || '`, which its parent stands for'
FROM pg_constraint AS con
JOIN pg_class AS c ON c.oid = con.conrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS p ON p.oid = con.confrelid
WHERE con.conrelid = ANY ($1)
    AND con.contype = 'f'
    AND con.conparentid = 0
    AND p.relispartition
UNION ALL
-- `t` are triggers, which have rows of their own, and `n` the NOT NULL of columns.
SELECT
    n.nspname || '.' || c.relname,
    'the constraint `' || con.conname || '` is of the kind `' || con.contype::text || '`, which is not known here, and left out'
FROM pg_constraint AS con
JOIN pg_class AS c ON c.oid = con.conrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE con.conrelid = ANY ($1)
    AND con.contype NOT IN ('p', 'u', 'f', 'c', 'x', 't', 'n')
UNION ALL
SELECT
    n.nspname || '.' || c.relname,
    'a relation of the kind `' || c.relkind::text || '`, which is not known here, is left out'
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind NOT IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I', 't', 'c')
    AND c.relnamespace IN (SELECT relnamespace FROM pg_class WHERE oid = ANY ($1))
UNION ALL                                                                               -- since 18
SELECT                                                                                  -- since 18
    n.nspname || '.' || c.relname,                                                      -- since 18
    CASE con.contype                                                                    -- since 18
        WHEN 'c' THEN 'the check `' || con.conname || '` is NOT ENFORCED, and left out'  -- since 18
        ELSE 'the constraint `' || con.conname || '` is NOT ENFORCED'                   -- since 18
    END                                                                                 -- since 18
FROM pg_constraint AS con                                                               -- since 18
JOIN pg_class AS c ON c.oid = con.conrelid                                              -- since 18
JOIN pg_namespace AS n ON n.oid = c.relnamespace                                        -- since 18
WHERE con.conrelid = ANY ($1)                                                           -- since 18
    AND NOT con.conenforced                                                             -- since 18
UNION ALL                                                                               -- since 18
SELECT                                                                                  -- since 18
    n.nspname || '.' || c.relname,                                                      -- since 18
    CASE con.contype                                                                    -- since 18
        WHEN 'f' THEN 'the foreign key `' || con.conname || '` over PERIOD is left out' -- since 18
        ELSE 'the key `' || con.conname || '` WITHOUT OVERLAPS is read as a plain one'  -- since 18
    END                                                                                 -- since 18
FROM pg_constraint AS con                                                               -- since 18
JOIN pg_class AS c ON c.oid = con.conrelid                                              -- since 18
JOIN pg_namespace AS n ON n.oid = c.relnamespace                                        -- since 18
WHERE con.conrelid = ANY ($1)                                                           -- since 18
    AND con.conperiod                                                                   -- since 18
ORDER BY 1, 2;
