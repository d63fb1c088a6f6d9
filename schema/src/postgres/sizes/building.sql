-- The indexes that are being built at this moment, as far as the role may know: they are not valid yet.
SELECT
    n.nspname::text AS schema,
    c.relname::text AS name
FROM pg_stat_progress_create_index AS p
JOIN pg_class AS c ON c.oid = p.index_relid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE p.datname = current_database();
