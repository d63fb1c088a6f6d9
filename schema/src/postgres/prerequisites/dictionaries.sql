-- The text search dictionaries that somebody made.
SELECT
    'dictionary' AS kind,
    n.nspname::text AS schema,
    d.dictname::text AS name,
    format(
        'CREATE TEXT SEARCH DICTIONARY %I.%I (%s)',
        n.nspname,
        d.dictname,
        concat_ws(', ', format('TEMPLATE = %I.%I', tn.nspname, t.tmplname), d.dictinitoption)
    ) AS statement,
    CASE WHEN c.description <> '' THEN
        format('COMMENT ON TEXT SEARCH DICTIONARY %I.%I IS %L', n.nspname, d.dictname, c.description)
    END AS comment
FROM pg_ts_dict AS d
JOIN pg_namespace AS n ON n.oid = d.dictnamespace
JOIN pg_ts_template AS t ON t.oid = d.dicttemplate
JOIN pg_namespace AS tn ON tn.oid = t.tmplnamespace
LEFT JOIN pg_description AS c
    ON c.classoid = 'pg_ts_dict'::regclass
    AND c.objoid = d.oid
WHERE n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT
        FROM pg_depend AS e
        WHERE e.classid = 'pg_ts_dict'::regclass
            AND e.objid = d.oid
            AND e.deptype = 'e'
    )
ORDER BY n.nspname, d.dictname;
