-- The servers of foreign tables, whose wrappers extensions bring. Passwords are no options of theirs but of user mappings.
SELECT
    'server' AS kind,
    ''::text AS schema,
    s.srvname::text AS name,
    concat_ws(
        ' ',
        format('CREATE SERVER %I', s.srvname),
        'TYPE ' || quote_literal(s.srvtype),
        'VERSION ' || quote_literal(s.srvversion),
        format('FOREIGN DATA WRAPPER %I', w.fdwname),
        'OPTIONS (' || (
            SELECT string_agg(format('%I %L', o.option_name, o.option_value), ', ')
            FROM pg_options_to_table(s.srvoptions) AS o
        ) || ')'
    ) AS statement,
    CASE WHEN d.description <> '' THEN
        format('COMMENT ON SERVER %I IS %L', s.srvname, d.description)
    END AS comment
FROM pg_foreign_server AS s
JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_foreign_server'::regclass
    AND d.objoid = s.oid
ORDER BY s.srvname;
