-- Every type of the database: any of them may stand behind a column. The assembly keeps those that are asked for or used.
-- A table's row type is here only where a column has it; an array type only where its element is.
WITH used AS (
    SELECT DISTINCT a.atttypid AS oid
    FROM pg_attribute AS a
    WHERE a.attnum > 0
        AND NOT a.attisdropped
),
row_types AS (
    SELECT t.oid
    FROM pg_type AS t
    JOIN pg_class AS c ON c.oid = t.typrelid
    WHERE c.relkind = 'c'
        OR t.oid IN (SELECT oid FROM used)
        OR t.typarray IN (SELECT oid FROM used)
)
SELECT
    t.oid,
    n.nspname::text AS schema,
    t.typname::text AS name,
    t.typtype::text AS kind,
    -- Other types have a typelem too (`point`, `int2vector`), and are no arrays.
    CASE WHEN element.typarray = t.oid THEN element.oid END AS element,
    CASE WHEN t.typtype = 'd' THEN t.typbasetype END AS base,
    t.typtypmod AS base_modifier,
    CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base_sql,
    t.typnotnull AS not_null,
    CASE WHEN t.typtype = 'd' THEN pg_get_expr(t.typdefaultbin, 0) END AS expression,
    con.nspname::text AS collation_schema,
    co.collname::text AS collation_name,
    CASE WHEN t.typtype = 'c' THEN t.typrelid END AS relation,
    coalesce(c.relkind <> 'c', false) AS is_row,
    r.rngsubtype AS subtype,
    mn.nspname::text AS multirange_schema,      -- since 14
    m.typname::text AS multirange_name,         -- since 14
    NULL::text AS multirange_schema,            -- before 14
    NULL::text AS multirange_name,              -- before 14
    mr.rngtypid AS range,                       -- since 14
    NULL::oid AS range,                         -- before 14
    EXISTS (
        SELECT
        FROM pg_depend AS e
        -- An array is no member of the extension itself: its element is.
        WHERE e.classid = 'pg_type'::regclass
            AND e.objid = CASE WHEN element.typarray = t.oid THEN element.oid ELSE t.oid END
            AND e.deptype = 'e'
    ) AS of_extension,
    -- What the system says of its own types nobody wrote.
    CASE WHEN n.nspname <> 'pg_catalog' THEN d.description END AS comment
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_class AS c ON c.oid = t.typrelid
LEFT JOIN pg_type AS element ON element.oid = t.typelem
LEFT JOIN pg_type AS base ON base.oid = t.typbasetype
LEFT JOIN pg_collation AS co
    ON co.oid = t.typcollation
    AND t.typtype = 'd'
    AND t.typcollation <> base.typcollation
LEFT JOIN pg_namespace AS con ON con.oid = co.collnamespace
LEFT JOIN pg_range AS r ON r.rngtypid = t.oid
LEFT JOIN pg_type AS m ON m.oid = r.rngmultitypid           -- since 14
LEFT JOIN pg_namespace AS mn ON mn.oid = m.typnamespace     -- since 14
LEFT JOIN pg_range AS mr ON mr.rngmultitypid = t.oid        -- since 14
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_type'::regclass
    AND d.objoid = t.oid
    AND d.objsubid = 0
WHERE (t.typrelid = 0 OR t.oid IN (SELECT oid FROM row_types))
    AND (
        coalesce(element.typrelid, 0) = 0
        OR element.oid IN (SELECT oid FROM row_types)
    );
