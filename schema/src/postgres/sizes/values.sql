-- How wide the values in the columns of the relations $1 are, and how many different ones, as far as the role may know.
SELECT
    c.oid AS relation,
    s.attname::text AS name,
    -- A row without a value has no bytes of it.
    ceil(max(s.avg_width * (1 - s.null_frac)))::int4 AS width,
    -- Below zero it is a part of the rows: the more rows, the more values.
    bool_and(s.n_distinct > 0 AND s.n_distinct <= 100) AS is_of_few
FROM pg_stats AS s
JOIN pg_namespace AS n ON n.nspname = s.schemaname
JOIN pg_class AS c
    ON c.relnamespace = n.oid
    AND c.relname = s.tablename
WHERE c.oid = ANY ($1)
GROUP BY c.oid, s.attname;
