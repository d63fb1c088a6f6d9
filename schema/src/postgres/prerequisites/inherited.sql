-- The checks, foreign keys and triggers that the relations $1 have only from their parents.
SELECT
    con.conrelid AS relation,
    con.conname::text AS name
FROM pg_constraint AS con
WHERE con.conrelid = ANY ($1)
    AND (con.contype = 'c' AND NOT con.conislocal OR con.contype = 'f' AND con.conparentid <> 0)
UNION ALL                                       -- since 15
SELECT                                          -- since 15
    t.tgrelid,                                  -- since 15
    t.tgname::text                              -- since 15
FROM pg_trigger AS t                            -- since 15
-- Before, such a trigger counted as internal.  -- since 15
WHERE t.tgrelid = ANY ($1)                      -- since 15
    AND t.tgparentid <> 0                       -- since 15
;
