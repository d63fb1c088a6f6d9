-- The text search configurations that somebody made: which dictionaries look at which kind of word, in which order.
SELECT
    'configuration' AS kind,
    n.nspname::text AS schema,
    c.cfgname::text AS name,
    concat_ws(
        E';\n\n',
        format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname, p.prsname),
        (
            SELECT string_agg(
                format(
                    'ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s',
                    n.nspname,
                    c.cfgname,
                    mapping.alias,
                    mapping.dictionaries
                ),
                E';\n\n'
                ORDER BY mapping.tokid
            )
            FROM (
                SELECT
                    w.tokid,
                    w.alias,
                    string_agg(format('%I.%I', dn.nspname, d.dictname), ', ' ORDER BY m.mapseqno) AS dictionaries
                FROM pg_ts_config_map AS m
                JOIN ts_token_type(c.cfgparser) AS w ON w.tokid = m.maptokentype
                JOIN pg_ts_dict AS d ON d.oid = m.mapdict
                JOIN pg_namespace AS dn ON dn.oid = d.dictnamespace
                WHERE m.mapcfg = c.oid
                GROUP BY w.tokid, w.alias
            ) AS mapping
        )
    ) AS statement,
    CASE WHEN o.description <> '' THEN
        format('COMMENT ON TEXT SEARCH CONFIGURATION %I.%I IS %L', n.nspname, c.cfgname, o.description)
    END AS comment
FROM pg_ts_config AS c
JOIN pg_namespace AS n ON n.oid = c.cfgnamespace
JOIN pg_ts_parser AS p ON p.oid = c.cfgparser
JOIN pg_namespace AS pn ON pn.oid = p.prsnamespace
LEFT JOIN pg_description AS o
    ON o.classoid = 'pg_ts_config'::regclass
    AND o.objoid = c.oid
WHERE n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT
        FROM pg_depend AS e
        WHERE e.classid = 'pg_ts_config'::regclass
            AND e.objid = c.oid
            AND e.deptype = 'e'
    )
ORDER BY n.nspname, c.cfgname;
