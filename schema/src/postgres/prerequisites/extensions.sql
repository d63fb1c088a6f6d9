-- The extensions, in the order in which they were made: a later one may need an earlier one.
SELECT
    'extension' AS kind,
    n.nspname::text AS schema,
    x.extname::text AS name,
    CASE WHEN own.objid IS NULL
        THEN format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', x.extname, n.nspname)
        -- It makes the schema itself.
        ELSE format('CREATE EXTENSION IF NOT EXISTS %I', x.extname)
    END AS statement,
    -- What the extension says of itself comes with it, and another's comment needs its owner.
    NULL::text AS comment
FROM pg_extension AS x
JOIN pg_namespace AS n ON n.oid = x.extnamespace
LEFT JOIN pg_depend AS own
    ON own.classid = 'pg_namespace'::regclass
    AND own.objid = n.oid
    AND own.refclassid = 'pg_extension'::regclass
    AND own.refobjid = x.oid
    AND own.deptype = 'e'
-- Every new database has this one.
WHERE x.extname <> 'plpgsql'
ORDER BY x.oid;
