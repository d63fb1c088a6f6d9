-- The number, the name, the category and whether it is preferred in it; of an array the type of its elements; the kind;
-- what a range is over, and its multirange or the other way round; the name in SQL, which may hold blanks.
SELECT concat_ws(
    ' ',
    t.oid::bigint,
    t.typname,
    t.typcategory,
    t.typispreferred,
    coalesce(element.oid, 0)::bigint,
    t.typtype,
    coalesce(range.rngsubtype, 0)::bigint,
    coalesce(range.rngmultitypid, multirange.rngtypid, 0)::bigint,
    -- -1 for no modifier: without that, `character` would be one of length 1.
    format_type(t.oid, -1)
)
FROM pg_type AS t
LEFT JOIN pg_type AS element ON element.typarray = t.oid
LEFT JOIN pg_range AS range ON range.rngtypid = t.oid
LEFT JOIN pg_range AS multirange ON multirange.rngmultitypid = t.oid
-- Not the rows of the system's own tables; from 12000 on, numbers differ from server to server.
WHERE t.oid < 12000
    AND t.typtype <> 'c'
    AND element.typtype IS DISTINCT FROM 'c'
ORDER BY t.oid
