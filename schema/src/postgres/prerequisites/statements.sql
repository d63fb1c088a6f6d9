-- Whole statements about what the relations $1 have beside their columns, constraints, indexes, triggers and policies.
WITH relations AS (
    SELECT
        c.oid,
        c.relkind,
        c.relreplident,
        c.relforcerowsecurity,
        c.reloftype,
        format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = ANY ($1)
),
statements (relation, position, statement) AS (
    SELECT
        r.oid,
        1,
        format('ALTER SEQUENCE %I.%I OWNED BY %s.%I', qn.nspname, q.relname, r.name, a.attname)
    FROM relations AS r
    JOIN pg_depend AS own
        ON own.refclassid = 'pg_class'::regclass
        AND own.refobjid = r.oid
        AND own.refobjsubid > 0
        AND own.classid = 'pg_class'::regclass
        AND own.deptype = 'a'
    JOIN pg_class AS q
        ON q.oid = own.objid
        AND q.relkind = 'S'
    JOIN pg_namespace AS qn ON qn.oid = q.relnamespace
    JOIN pg_attribute AS a
        ON a.attrelid = r.oid
        AND a.attnum = own.refobjsubid
    UNION ALL
    SELECT
        r.oid,
        2,
        format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STORAGE ', r.name, a.attname) || CASE a.attstorage
            WHEN 'p' THEN 'PLAIN'
            WHEN 'e' THEN 'EXTERNAL'
            WHEN 'm' THEN 'MAIN'
            WHEN 'x' THEN 'EXTENDED'
        END
    FROM relations AS r
    JOIN pg_attribute AS a
        ON a.attrelid = r.oid
        AND a.attnum > 0
        AND NOT a.attisdropped
    JOIN pg_type AS t ON t.oid = a.atttypid
    WHERE a.attstorage <> t.typstorage
        AND r.relkind IN ('r', 'p', 'f', 'm')
    UNION ALL                                                                                   -- since 14
    SELECT                                                                                      -- since 14
        r.oid,                                                                                  -- since 14
        2,                                                                                      -- since 14
        format('ALTER TABLE ONLY %s ALTER COLUMN %I SET COMPRESSION ', r.name, a.attname)       -- since 14
        || CASE a.attcompression                                                                -- since 14
            WHEN 'l' THEN 'lz4'                                                                 -- since 14
            WHEN 'p' THEN 'pglz'                                                                -- since 14
        END                                                                                     -- since 14
    FROM relations AS r                                                                         -- since 14
    JOIN pg_attribute AS a                                                                      -- since 14
        ON a.attrelid = r.oid                                                                   -- since 14
        AND a.attcompression <> ''                                                              -- since 14
        AND NOT a.attisdropped                                                                  -- since 14
    UNION ALL
    SELECT
        r.oid,
        2,
        format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STATISTICS %s', r.name, a.attname, a.attstattarget)
    FROM relations AS r
    JOIN pg_attribute AS a
        ON a.attrelid = r.oid
        AND a.attnum > 0
        AND a.attstattarget >= 0
        AND NOT a.attisdropped
    UNION ALL
    SELECT
        r.oid,
        2,
        format('ALTER TABLE ONLY %s ALTER COLUMN %I SET (%s)', r.name, a.attname, chosen.options)
    FROM relations AS r
    JOIN pg_attribute AS a
        ON a.attrelid = r.oid
        AND a.attoptions IS NOT NULL
        AND NOT a.attisdropped
    -- What a person can set: a server may keep something of its own beside it.
    CROSS JOIN LATERAL (
        SELECT string_agg(o.option_name || '=' || o.option_value, ', ' ORDER BY o.option_name) AS options
        FROM pg_options_to_table(a.attoptions) AS o
        WHERE o.option_name IN ('n_distinct', 'n_distinct_inherited')
    ) AS chosen
    WHERE chosen.options IS NOT NULL
        AND r.relkind <> 'v'
    UNION ALL
    -- An element of an index has a target only if it is an expression.
    SELECT
        r.oid,
        3,
        format('ALTER INDEX %I.%I ALTER COLUMN %s SET STATISTICS %s', xn.nspname, x.relname, a.attnum, a.attstattarget)
    FROM relations AS r
    JOIN pg_index AS i ON i.indrelid = r.oid
    JOIN pg_class AS x ON x.oid = i.indexrelid
    JOIN pg_namespace AS xn ON xn.oid = x.relnamespace
    JOIN pg_attribute AS a
        ON a.attrelid = x.oid
        AND a.attstattarget >= 0
    UNION ALL
    SELECT
        r.oid,
        4,
        format('ALTER TABLE %s CLUSTER ON %I', r.name, x.relname)
    FROM relations AS r
    JOIN pg_index AS i
        ON i.indrelid = r.oid
        AND i.indisclustered
    JOIN pg_class AS x ON x.oid = i.indexrelid
    UNION ALL
    SELECT
        r.oid,
        4,
        format('ALTER TABLE ONLY %s REPLICA IDENTITY ', r.name) || CASE r.relreplident
            WHEN 'f' THEN 'FULL'
            WHEN 'n' THEN 'NOTHING'
            WHEN 'i' THEN (
                SELECT format('USING INDEX %I', x.relname)
                FROM pg_index AS i
                JOIN pg_class AS x ON x.oid = i.indexrelid
                WHERE i.indrelid = r.oid
                    AND i.indisreplident
            )
        END
    FROM relations AS r
    WHERE r.relreplident <> 'd'
        AND r.relkind IN ('r', 'p', 'm')
    UNION ALL
    SELECT
        r.oid,
        4,
        format('ALTER TABLE ONLY %s FORCE ROW LEVEL SECURITY', r.name)
    FROM relations AS r
    WHERE r.relforcerowsecurity
    UNION ALL
    SELECT
        r.oid,
        4,
        format('ALTER TABLE %s OF %s', r.name, format_type(r.reloftype, NULL))
    FROM relations AS r
    WHERE r.reloftype <> 0
    UNION ALL
    SELECT
        r.oid,
        5,
        pg_get_statisticsobjdef(s.oid)
    FROM relations AS r
    JOIN pg_statistic_ext AS s ON s.stxrelid = r.oid
    UNION ALL
    SELECT
        r.oid,
        6,
        rtrim(pg_get_ruledef(w.oid), ';')
    FROM relations AS r
    JOIN pg_rewrite AS w
        ON w.ev_class = r.oid
        AND w.rulename <> '_RETURN'
    UNION ALL
    SELECT
        r.oid,
        7,
        format('COMMENT ON RULE %I ON %s IS %L', w.rulename, r.name, d.description)
    FROM relations AS r
    JOIN pg_rewrite AS w ON w.ev_class = r.oid
    JOIN pg_description AS d
        ON d.classoid = 'pg_rewrite'::regclass
        AND d.objoid = w.oid
    UNION ALL
    SELECT
        r.oid,
        7,
        format('COMMENT ON STATISTICS %I.%I IS %L', sn.nspname, s.stxname, d.description)
    FROM relations AS r
    JOIN pg_statistic_ext AS s ON s.stxrelid = r.oid
    JOIN pg_namespace AS sn ON sn.oid = s.stxnamespace
    JOIN pg_description AS d
        ON d.classoid = 'pg_statistic_ext'::regclass
        AND d.objoid = s.oid
    UNION ALL
    SELECT
        r.oid,
        8,
        format('ALTER TABLE %s ENABLE %s TRIGGER %I', r.name, CASE t.tgenabled
            WHEN 'R' THEN 'REPLICA'
            ELSE 'ALWAYS'
        END, t.tgname)
    FROM relations AS r
    JOIN pg_trigger AS t
        ON t.tgrelid = r.oid
        AND t.tgenabled IN ('R', 'A')
        AND NOT t.tgisinternal
    UNION ALL
    SELECT
        r.oid,
        8,
        format('COMMENT ON TRIGGER %I ON %s IS %L', t.tgname, r.name, d.description)
    FROM relations AS r
    JOIN pg_trigger AS t ON t.tgrelid = r.oid
    JOIN pg_description AS d
        ON d.classoid = 'pg_trigger'::regclass
        AND d.objoid = t.oid
    UNION ALL
    SELECT
        r.oid,
        8,
        format('COMMENT ON POLICY %I ON %s IS %L', p.polname, r.name, d.description)
    FROM relations AS r
    JOIN pg_policy AS p ON p.polrelid = r.oid
    JOIN pg_description AS d
        ON d.classoid = 'pg_policy'::regclass
        AND d.objoid = p.oid
)
SELECT
    s.relation,
    s.statement
FROM statements AS s
ORDER BY s.relation, s.position, s.statement;
