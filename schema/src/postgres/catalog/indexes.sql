-- The indexes of the relations $1, also those behind keys and exclusion constraints.
SELECT
    i.indexrelid AS oid,
    i.indrelid AS relation,
    c.relname::text AS name,
    i.indisunique AS unique,
    con.conname::text AS constraint,
    am.amname::text AS method,
    pg_get_expr(i.indpred, i.indrelid) AS predicate,
    i.indnullsnotdistinct AS nulls_not_distinct,    -- since 15
    false AS nulls_not_distinct,                    -- before 15
    i.indisvalid AS valid,
    pg_get_indexdef(i.indexrelid) AS definition,
    d.description AS comment
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_am AS am ON am.oid = c.relam
-- A foreign key names the index of its target, so it is no constraint of the index.
LEFT JOIN pg_constraint AS con
    ON con.conindid = i.indexrelid
    AND con.conrelid = i.indrelid
    AND con.contype IN ('p', 'u', 'x')
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_class'::regclass
    AND d.objoid = i.indexrelid
    AND d.objsubid = 0
WHERE i.indrelid = ANY ($1);
