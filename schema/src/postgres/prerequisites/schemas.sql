-- The database schemas that no extension made.
SELECT
    'schema' AS kind,
    n.nspname::text AS schema,
    n.nspname::text AS name,
    -- Every new database has this one.
    CASE WHEN n.nspname <> 'public' THEN format('CREATE SCHEMA %I', n.nspname) END AS statement,
    CASE WHEN d.description <> 'standard public schema' THEN
        format('COMMENT ON SCHEMA %I IS %L', n.nspname, d.description)
    END AS comment
FROM pg_namespace AS n
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_namespace'::regclass
    AND d.objoid = n.oid
WHERE n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT
        FROM pg_depend AS e
        WHERE e.classid = 'pg_namespace'::regclass
            AND e.objid = n.oid
            AND e.deptype = 'e'
    )
ORDER BY n.nspname;
