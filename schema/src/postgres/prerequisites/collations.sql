-- The collations that somebody made.
SELECT
    'collation' AS kind,
    n.nspname::text AS schema,
    c.collname::text AS name,
    format(
        'CREATE COLLATION %I.%I (%s)',
        n.nspname,
        c.collname,
        concat_ws(
            ', ',
            'provider = ' || CASE c.collprovider
                WHEN 'i' THEN 'icu'
                WHEN 'b' THEN 'builtin'
                WHEN 'c' THEN 'libc'
                ELSE c.collprovider::text
            END,
            CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END,
            'lc_collate = ' || quote_literal(c.collcollate),    -- before 15
            'lc_ctype = ' || quote_literal(c.collctype)         -- before 15
            CASE WHEN c.collprovider = 'c' THEN 'lc_collate = ' || quote_literal(c.collcollate) END,    -- since 15
            CASE WHEN c.collprovider = 'c' THEN 'lc_ctype = ' || quote_literal(c.collctype) END,        -- since 15
            'rules = ' || quote_literal(c.collicurules),        -- since 16
            -- Another name for it in 15 and 16.
            'locale = ' || quote_literal(coalesce(to_jsonb(c.*) ->> 'colllocale', to_jsonb(c.*) ->> 'colliculocale')) -- since 15
        )
    ) AS statement,
    CASE WHEN d.description <> '' THEN
        format('COMMENT ON COLLATION %I.%I IS %L', n.nspname, c.collname, d.description)
    END AS comment
FROM pg_collation AS c
JOIN pg_namespace AS n ON n.oid = c.collnamespace
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_collation'::regclass
    AND d.objoid = c.oid
WHERE n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT
        FROM pg_depend AS e
        WHERE e.classid = 'pg_collation'::regclass
            AND e.objid = c.oid
            AND e.deptype = 'e'
    )
ORDER BY n.nspname, c.collname;
