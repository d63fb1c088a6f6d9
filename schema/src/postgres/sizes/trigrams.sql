-- Where pg_trgm is, or whether it can be created.
SELECT
    (
        SELECT n.nspname::text
        FROM pg_extension AS e
        JOIN pg_namespace AS n ON n.oid = e.extnamespace
        WHERE e.extname = 'pg_trgm'
    ) AS schema,
    EXISTS (SELECT FROM pg_available_extensions AS a WHERE a.name = 'pg_trgm') AS available;
