-- The checks of every domain.
SELECT
    con.contypid AS type_oid,
    con.conname::text AS name,
    pg_get_expr(con.conbin, 0) AS expression,
    con.convalidated AS validated,
    d.description AS comment
FROM pg_constraint AS con
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_constraint'::regclass
    AND d.objoid = con.oid
    AND d.objsubid = 0
WHERE con.contypid <> 0
    AND con.contype = 'c'
ORDER BY con.contypid, con.conname;
