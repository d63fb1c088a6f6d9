-- What of the relations $1 only their own statements say.
SELECT
    c.oid AS relation,
    pg_get_expr(c.relpartbound, c.oid) AS bound,
    (
        SELECT string_agg(o.name || '=' || quote_literal(o.value), ', ' ORDER BY o.position)
        FROM (
            SELECT
                0 AS position,
                own.option_name AS name,
                own.option_value AS value
            FROM pg_options_to_table(c.reloptions) AS own
            UNION ALL
            SELECT
                1,
                'toast.' || toast.option_name,
                toast.option_value
            FROM pg_class AS t
            CROSS JOIN LATERAL pg_options_to_table(t.reloptions) AS toast
            WHERE t.oid = c.reltoastrelid
        ) AS o
        -- What a person can set: a server may keep something of its own beside it. What else the storage of an
        -- extension has, nobody knows but the extension.
        WHERE am.amname <> 'heap'
            OR regexp_replace(o.name, '^toast\.', '') ~ '^(log_)?auto(vacuum|analyze)_'
            OR regexp_replace(o.name, '^toast\.', '') ~ '^vacuum_'
            OR o.name IN (
                'check_option',
                'fillfactor',
                'parallel_workers',
                'security_barrier',
                'security_invoker',
                'toast_tuple_target',
                'user_catalog_table'
            )
    ) AS options,
    CASE WHEN am.amname <> 'heap' THEN quote_ident(am.amname) END AS access_method,
    'SERVER ' || quote_ident(s.srvname) || coalesce(
        ' OPTIONS (' || (
            SELECT string_agg(format('%I %L', o.option_name, o.option_value), ', ')
            FROM pg_options_to_table(f.ftoptions) AS o
        ) || ')',
        ''
    ) AS foreign
FROM pg_class AS c
LEFT JOIN pg_am AS am ON am.oid = c.relam
LEFT JOIN pg_foreign_table AS f ON f.ftrelid = c.oid
LEFT JOIN pg_foreign_server AS s ON s.oid = f.ftserver
WHERE c.oid = ANY ($1);
