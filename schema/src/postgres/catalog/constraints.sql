-- The keys (p, u), foreign keys (f), checks (c) and exclusions (x) of the relations $1, and the foreign keys
-- that somebody declared on their partitions, one by one.
-- Column numbers become names here, in the order of the constraint: each is looked up by itself, since a join reads all
-- columns of the table for each constraint.
WITH owners AS (
    SELECT
        unnest($1) AS oid,
        false AS is_partition
    UNION ALL
    SELECT
        tree.relid,
        true
    FROM pg_class AS root
    CROSS JOIN LATERAL pg_partition_tree(root.oid) AS tree
    WHERE root.oid = ANY ($1)
        AND root.relkind = 'p'
        AND tree.isleaf
        AND tree.relid <> root.oid
        -- Where partitions are asked for, they are among the relations.
        AND tree.relid <> ALL ($1)
)
SELECT
    con.conrelid AS relation,
    con.conname::text AS name,
    con.contype::text AS kind,
    ARRAY(
        SELECT (
            SELECT a.attname::text
            FROM pg_attribute AS a
            WHERE a.attrelid = con.conrelid
                AND a.attnum = k.number
        )
        FROM unnest(con.conkey) WITH ORDINALITY AS k (number, position)
        -- A check of the whole row has number 0.
        WHERE k.number <> 0
        ORDER BY k.position
    ) AS columns,
    -- The index of a key stores its INCLUDE columns after those of the key.
    CASE WHEN con.contype IN ('p', 'u') AND i.indnatts > i.indnkeyatts THEN ARRAY(
        SELECT a.attname::text
        FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, position)
        JOIN pg_attribute AS a
            ON a.attrelid = i.indrelid
            AND a.attnum = k.number
        WHERE k.position > i.indnkeyatts
        ORDER BY k.position
    ) END AS include,
    coalesce(i.indnullsnotdistinct, false) AS nulls_not_distinct,   -- since 15
    false AS nulls_not_distinct,                                    -- before 15
    tn.nspname::text AS target_schema,
    tc.relname::text AS target_name,
    CASE WHEN con.contype = 'f' THEN ARRAY(
        SELECT (
            SELECT a.attname::text
            FROM pg_attribute AS a
            WHERE a.attrelid = con.confrelid
                AND a.attnum = k.number
        )
        FROM unnest(con.confkey) WITH ORDINALITY AS k (number, position)
        ORDER BY k.position
    ) END AS target_columns,
    con.confdeltype::text AS on_delete,
    con.confupdtype::text AS on_update,
    con.confmatchtype::text AS match_type,
    CASE WHEN con.confdelsetcols IS NOT NULL THEN ARRAY(            -- since 15
        SELECT a.attname::text                                      -- since 15
        FROM unnest(con.confdelsetcols) WITH ORDINALITY AS k (number, position) -- since 15
        JOIN pg_attribute AS a                                      -- since 15
            ON a.attrelid = con.conrelid                            -- since 15
            AND a.attnum = k.number                                 -- since 15
        ORDER BY k.position                                         -- since 15
    ) ELSE ARRAY[]::text[] END AS on_delete_columns,                -- since 15
    ARRAY[]::text[] AS on_delete_columns,                           -- before 15
    con.condeferrable AS deferrable,
    con.condeferred AS deferred,
    con.convalidated AS validated,
    con.connoinherit AS no_inherit,
    CASE WHEN con.contype = 'c' THEN pg_get_expr(con.conbin, con.conrelid) END AS expression,
    CASE WHEN con.contype = 'x' THEN pg_get_constraintdef(con.oid) END AS definition,
    CASE WHEN con.contype = 'x' THEN ARRAY(
        SELECT o.oprname::text
        FROM unnest(con.conexclop) WITH ORDINALITY AS k (operator, position)
        JOIN pg_operator AS o ON o.oid = k.operator
        ORDER BY k.position
    ) END AS operators,
    d.description AS comment
FROM owners
JOIN pg_constraint AS con ON con.conrelid = owners.oid
LEFT JOIN pg_index AS i
    ON i.indexrelid = con.conindid
    AND con.contype IN ('p', 'u')
LEFT JOIN pg_class AS tc
    ON tc.oid = con.confrelid
    AND con.contype = 'f'
LEFT JOIN pg_namespace AS tn ON tn.oid = tc.relnamespace
-- A foreign key to a partitioned table has a copy of itself for each partition, on the same table.
LEFT JOIN pg_constraint AS original
    ON original.oid = con.conparentid
    AND original.conrelid = con.conrelid
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_constraint'::regclass
    AND d.objoid = con.oid
    AND d.objsubid = 0
WHERE (NOT owners.is_partition OR con.contype = 'f' AND con.conparentid = 0)
    AND con.contype IN ('p', 'u', 'f', 'c', 'x')
    -- A foreign key over PERIOD matches by containment, which the model cannot say.
    AND NOT (con.contype = 'f' AND con.conperiod)                   -- since 18
    -- What no row has to keep is no rule.
    AND NOT (con.contype = 'c' AND NOT con.conenforced)             -- since 18
    AND original.oid IS NULL;
