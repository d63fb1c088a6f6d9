-- The sequences, but for those of identities, which come with their columns.
SELECT
    'sequence' AS kind,
    n.nspname::text AS schema,
    c.relname::text AS name,
    concat_ws(
        ' ',
        CASE WHEN c.relpersistence = 'u' THEN 'CREATE UNLOGGED SEQUENCE' ELSE 'CREATE SEQUENCE' END,
        format('%I.%I', n.nspname, c.relname),
        'AS ' || format_type(s.seqtypid, NULL),
        'START WITH ' || s.seqstart,
        'INCREMENT BY ' || s.seqincrement,
        'MINVALUE ' || s.seqmin,
        'MAXVALUE ' || s.seqmax,
        'CACHE ' || s.seqcache,
        CASE WHEN s.seqcycle THEN 'CYCLE' END
    ) AS statement,
    CASE WHEN d.description <> '' THEN
        format('COMMENT ON SEQUENCE %I.%I IS %L', n.nspname, c.relname, d.description)
    END AS comment
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_sequence AS s ON s.seqrelid = c.oid
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_class'::regclass
    AND d.objoid = c.oid
    AND d.objsubid = 0
WHERE n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    AND c.relpersistence <> 't'
    AND NOT EXISTS (
        SELECT
        FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass
            AND e.objid = c.oid
            AND e.deptype IN ('e', 'i')
    )
ORDER BY n.nspname, c.relname;
