-- What of the types that somebody made only their own statements say.
SELECT
    n.nspname::text AS schema,
    t.typname::text AS name,
    t.typnotnull AS not_null,
    CASE WHEN r.rngtypid IS NOT NULL THEN concat_ws(
        ', ',
        'subtype = ' || format_type(r.rngsubtype, NULL),
        CASE WHEN NOT oc.opcdefault THEN format('subtype_opclass = %I.%I', ocn.nspname, oc.opcname) END,
        CASE WHEN r.rngcollation <> s.typcollation THEN format('collation = %I.%I', con.nspname, co.collname) END,
        CASE WHEN r.rngcanonical <> 0 THEN 'canonical = ' || r.rngcanonical END,
        CASE WHEN r.rngsubdiff <> 0 THEN 'subtype_diff = ' || r.rngsubdiff END
        , format('multirange_type_name = %I.%I', mn.nspname, m.typname) -- since 14
    ) END AS range
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_range AS r ON r.rngtypid = t.oid
LEFT JOIN pg_type AS s ON s.oid = r.rngsubtype
LEFT JOIN pg_opclass AS oc ON oc.oid = r.rngsubopc
LEFT JOIN pg_namespace AS ocn ON ocn.oid = oc.opcnamespace
LEFT JOIN pg_collation AS co ON co.oid = r.rngcollation
LEFT JOIN pg_namespace AS con ON con.oid = co.collnamespace
LEFT JOIN pg_type AS m ON m.oid = r.rngmultitypid           -- since 14
LEFT JOIN pg_namespace AS mn ON mn.oid = m.typnamespace     -- since 14
-- The type of a table's rows comes with the table.
LEFT JOIN pg_class AS c ON c.oid = t.typrelid
WHERE t.typtype IN ('c', 'd', 'e', 'r')
    AND coalesce(c.relkind = 'c', true)
    AND n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT
        FROM pg_depend AS e
        WHERE e.classid = 'pg_type'::regclass
            AND e.objid = t.oid
            AND e.deptype = 'e'
    );
