-- The relations that the views among $1 read, with a row for each column that they use.
-- A relation that is read as a whole or only counted has a row without a column.
SELECT DISTINCT
    r.ev_class AS view,
    c.oid AS source,
    n.nspname::text AS schema,
    c.relname::text AS name,
    a.attnum::int4 AS number,
    a.attname::text AS column,
    coalesce(a.attnotnull, false) AS not_null
FROM pg_rewrite AS r
JOIN pg_depend AS d
    ON d.classid = 'pg_rewrite'::regclass
    AND d.objid = r.oid
    AND d.refclassid = 'pg_class'::regclass
    AND d.deptype = 'n'
JOIN pg_class AS c
    ON c.oid = d.refobjid
    AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute AS a
    ON a.attrelid = d.refobjid
    AND a.attnum = d.refobjsubid
    AND d.refobjsubid > 0
WHERE r.ev_class = ANY ($1)
    -- Its own columns it uses by definition.
    AND c.oid <> r.ev_class
    AND r.rulename = '_RETURN'
ORDER BY view, schema, name, number;
