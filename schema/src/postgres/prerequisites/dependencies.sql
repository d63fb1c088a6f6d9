-- Which objects that somebody made need which others to be there first.
WITH members AS (
    SELECT
        e.classid,
        e.objid
    FROM pg_depend AS e
    WHERE e.deptype = 'e'
),
-- What stands for what: the default of a column for its table, an array for its element. `part` is a rule that can be
-- added to the owner later, `late` what is added later always.
stand (classid, objid, part, late, owner_class, owner) AS (
    SELECT
        'pg_attrdef'::regclass::oid,
        ad.oid,
        -- A generated column cannot be added later.
        CASE WHEN a.attgenerated = '' THEN a.attname::text END,
        false,
        'pg_class'::regclass::oid,
        ad.adrelid
    FROM pg_attrdef AS ad
    JOIN pg_attribute AS a
        ON a.attrelid = ad.adrelid
        AND a.attnum = ad.adnum
    UNION ALL
    SELECT
        'pg_constraint'::regclass,
        con.oid,
        CASE WHEN con.contype IN ('c', 'x') AND con.conrelid <> 0 THEN con.conname::text END,
        false,
        CASE WHEN con.conrelid <> 0 THEN 'pg_class'::regclass ELSE 'pg_type'::regclass END,
        CASE WHEN con.conrelid <> 0 THEN con.conrelid ELSE con.contypid END
    FROM pg_constraint AS con
    WHERE con.contype IN ('c', 'p', 'u', 'x')
    UNION ALL
    SELECT
        'pg_rewrite'::regclass,
        r.oid,
        NULL,
        r.rulename <> '_RETURN',
        'pg_class'::regclass,
        r.ev_class
    FROM pg_rewrite AS r
    UNION ALL
    SELECT
        'pg_trigger'::regclass,
        t.oid,
        NULL,
        true,
        'pg_class'::regclass,
        t.tgrelid
    FROM pg_trigger AS t
    UNION ALL
    SELECT
        'pg_policy'::regclass,
        p.oid,
        NULL,
        true,
        'pg_class'::regclass,
        p.polrelid
    FROM pg_policy AS p
    UNION ALL
    SELECT
        'pg_class'::regclass,
        i.indexrelid,
        NULL,
        true,
        'pg_class'::regclass,
        i.indrelid
    FROM pg_index AS i
    UNION ALL
    -- The type of a composite's columns stands for the type.
    SELECT
        'pg_class'::regclass,
        c.oid,
        NULL,
        false,
        'pg_type'::regclass,
        c.reltype
    FROM pg_class AS c
    WHERE c.relkind = 'c'
    UNION ALL
    SELECT
        'pg_class'::regclass,
        c.oid,
        NULL,
        false,
        'pg_class'::regclass,
        c.oid
    FROM pg_class AS c
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
    UNION ALL
    SELECT
        'pg_type'::regclass,
        t.oid,
        NULL,
        false,
        CASE WHEN c.relkind <> 'c' THEN 'pg_class'::regclass ELSE 'pg_type'::regclass END,
        CASE WHEN c.relkind <> 'c' THEN c.oid ELSE coalesce(mr.rngtypid, element.oid, t.oid) END
    FROM pg_type AS t
    LEFT JOIN pg_type AS element
        ON element.oid = t.typelem
        AND element.typarray = t.oid
    LEFT JOIN pg_range AS mr ON mr.rngmultitypid = coalesce(element.oid, t.oid) -- since 14
    LEFT JOIN pg_range AS mr ON false                                           -- before 14
    LEFT JOIN pg_class AS c ON c.oid = coalesce(element.typrelid, t.typrelid)
),
named (classid, objid, kind, schema, name) AS (
    SELECT
        'pg_class'::regclass::oid,
        c.oid,
        CASE WHEN c.relkind = 'S' THEN 'sequence' ELSE 'relation' END,
        c.relnamespace,
        c.relname::text
    FROM pg_class AS c
    UNION ALL
    SELECT
        'pg_type'::regclass,
        t.oid,
        'type',
        t.typnamespace,
        t.typname::text
    FROM pg_type AS t
    UNION ALL
    SELECT
        'pg_proc'::regclass,
        p.oid,
        'function',
        p.pronamespace,
        p.proname || '(' || oidvectortypes(p.proargtypes) || ')'
    FROM pg_proc AS p
    UNION ALL
    SELECT
        'pg_operator'::regclass,
        o.oid,
        'operator',
        o.oprnamespace,
        concat(o.oprname, '(', nullif(o.oprleft, 0)::regtype, ', ', o.oprright::regtype, ')')
    FROM pg_operator AS o
    UNION ALL
    SELECT
        'pg_collation'::regclass,
        c.oid,
        'collation',
        c.collnamespace,
        c.collname::text
    FROM pg_collation AS c
    UNION ALL
    SELECT
        'pg_ts_dict'::regclass,
        d.oid,
        'dictionary',
        d.dictnamespace,
        d.dictname::text
    FROM pg_ts_dict AS d
    UNION ALL
    SELECT
        'pg_ts_config'::regclass,
        c.oid,
        'configuration',
        c.cfgnamespace,
        c.cfgname::text
    FROM pg_ts_config AS c
),
edges AS (
    SELECT
        coalesce(own.owner_class, d.classid) AS classid,
        coalesce(own.owner, d.objid) AS objid,
        own.part,
        coalesce(own.late, false) AS late,
        coalesce(needed.owner_class, d.refclassid) AS refclassid,
        coalesce(needed.owner, d.refobjid) AS refobjid
    FROM pg_depend AS d
    LEFT JOIN stand AS own
        ON own.classid = d.classid
        AND own.objid = d.objid
    LEFT JOIN stand AS needed
        ON needed.classid = d.refclassid
        AND needed.objid = d.refobjid
    LEFT JOIN pg_class AS c
        ON c.oid = d.objid
        AND d.classid = 'pg_class'::regclass
    WHERE d.deptype IN ('n', 'a', 'i')
        -- That a column owns a sequence is said at the end.
        AND c.relkind IS DISTINCT FROM 'S'
)
SELECT DISTINCT
    o.kind,
    n.nspname::text AS schema,
    o.name,
    e.part,
    e.late,
    r.kind AS needs_kind,
    rn.nspname::text AS needs_schema,
    r.name AS needs_name,
    -- What is known by no name here.
    CASE WHEN r.kind IS NULL THEN pg_describe_object(e.refclassid, e.refobjid, 0) END AS missing
FROM edges AS e
JOIN named AS o
    ON o.classid = e.classid
    AND o.objid = e.objid
JOIN pg_namespace AS n ON n.oid = o.schema
LEFT JOIN named AS r
    ON r.classid = e.refclassid
    AND r.objid = e.refobjid
LEFT JOIN pg_namespace AS rn ON rn.oid = r.schema
WHERE (e.classid, e.objid) <> (e.refclassid, e.refobjid)
    AND n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    AND rn.nspname IS DISTINCT FROM 'information_schema'
    AND coalesce(rn.nspname !~ '^pg_', true)
    AND (
        r.kind IS NOT NULL
        -- Of what has no name here, only these hold statements back, if somebody made them.
        OR e.refobjid >= 16384 AND e.refclassid IN (
            'pg_opclass'::regclass,
            'pg_opfamily'::regclass,
            'pg_ts_parser'::regclass,
            'pg_ts_template'::regclass
        )
    )
    AND NOT EXISTS (
        SELECT
        FROM members AS m
        WHERE m.classid = e.classid
            AND m.objid = e.objid
    )
    AND NOT EXISTS (
        SELECT
        FROM members AS m
        WHERE m.classid = e.refclassid
            AND m.objid = e.refobjid
    )
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
