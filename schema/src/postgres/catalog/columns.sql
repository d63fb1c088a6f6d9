-- The columns of the relations and composite types $1, in their order.
SELECT
    a.attrelid AS relation,
    a.attnum::int4 AS number,
    a.attname::text AS name,
    a.atttypid AS type_oid,
    a.atttypmod AS modifier,
    format_type(a.atttypid, a.atttypmod) AS sql_type,
    -- A NOT NULL that was added NOT VALID (18) promises nothing about the rows that exist.
    a.attnotnull AS not_null,                       -- before 18
    a.attnotnull AND NOT EXISTS (                   -- since 18
        SELECT                                      -- since 18
        FROM pg_constraint AS nn                    -- since 18
        WHERE nn.conrelid = a.attrelid              -- since 18
            AND nn.contype = 'n'                    -- since 18
            AND nn.conkey = ARRAY[a.attnum]         -- since 18
            AND NOT nn.convalidated                 -- since 18
    ) AS not_null,                                  -- since 18
    -- A default names no column: without the relation, PostgreSQL need not open it.
    pg_get_expr(ad.adbin, CASE WHEN a.attgenerated <> '' THEN ad.adrelid ELSE 0 END) AS expression,
    a.attidentity::text AS identity,
    a.attgenerated::text AS generated,
    con.nspname::text AS collation_schema,
    co.collname::text AS collation_name,
    false AS nondeterministic,                      -- before 12
    a.attcollation <> 0 AND EXISTS (                -- since 12
        SELECT                                      -- since 12
        FROM pg_collation AS used                   -- since 12
        WHERE used.oid = a.attcollation             -- since 12
            AND NOT used.collisdeterministic        -- since 12
    ) AS nondeterministic,                          -- since 12
    d.description AS comment,
    a.attinhcount > 0 AS inherited,
    -- A privilege on the table is one on every column, and cheaper to ask; a composite type has none.
    c.relkind = 'c'
        OR has_table_privilege(c.oid, 'SELECT')
        OR has_column_privilege(c.oid, a.attnum, 'SELECT') AS can_select,
    c.relkind = 'c'
        OR takes.value AND has_table_privilege(c.oid, 'INSERT')
        OR takes.value AND has_column_privilege(c.oid, a.attnum, 'INSERT') AS can_insert,
    c.relkind = 'c'
        OR takes.value AND has_table_privilege(c.oid, 'UPDATE')
        OR takes.value AND has_column_privilege(c.oid, a.attnum, 'UPDATE') AS can_update,
    locked.schema AS locked_schema,
    locked.name AS locked_name
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_type AS t ON t.oid = a.atttypid
-- A column of a view takes a value only where the rewriter can pass it on, or a trigger takes it.
CROSS JOIN LATERAL (
    SELECT c.relkind <> 'v' OR pg_column_is_updatable(a.attrelid, a.attnum, true) AS value
) AS takes
LEFT JOIN pg_attrdef AS ad
    ON ad.adrelid = a.attrelid
    AND ad.adnum = a.attnum
-- A default draws from its sequence for whoever adds the row, and needs a privilege for it; an identity needs none.
LEFT JOIN LATERAL (
    SELECT
        sn.nspname::text AS schema,
        s.relname::text AS name
    FROM pg_depend AS use
    JOIN pg_class AS s ON s.oid = use.refobjid
    JOIN pg_namespace AS sn ON sn.oid = s.relnamespace
    WHERE use.classid = 'pg_attrdef'::regclass
        AND use.objid = ad.oid
        AND use.refclassid = 'pg_class'::regclass
        -- What is no sequence must not be asked about, in whatever order the conditions are looked at.
        AND CASE s.relkind
            WHEN 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE, UPDATE')
            ELSE false
        END
    ORDER BY s.oid
    LIMIT 1
) AS locked ON true
-- Only a collation that differs from the type's own was chosen by somebody.
LEFT JOIN pg_collation AS co
    ON co.oid = a.attcollation
    AND a.attcollation <> t.typcollation
LEFT JOIN pg_namespace AS con ON con.oid = co.collnamespace
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_class'::regclass
    AND d.objoid = a.attrelid
    AND d.objsubid = a.attnum
WHERE a.attrelid = ANY ($1)
    AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum;
