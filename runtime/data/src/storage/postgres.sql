-- What the indexes of a table have in the places of their keys; only those that hold every row, and are complete.
SELECT
    x.indexrelid::int8 AS index,
    am.amname::text AS method,
    a.attname::text AS column,
    -- `lower(title)`, where the place holds no column.
    pg_catalog.pg_get_indexdef(x.indexrelid, place.number, TRUE) AS expression,
    class.opcname::text AS class,
    class.opcdefault AS has_default_class,
    -- Texts in the order of their bytes, in which those with the same beginning stand together.
    coalesce(
        CASE named.collname
            WHEN 'default' THEN (SELECT datcollate FROM pg_catalog.pg_database WHERE datname = current_database())
            ELSE named.collname
        END IN ('C', 'POSIX'),
        FALSE
    ) AS is_bytewise,
    -- Of another order than the column's own.
    x.indcollation[place.number - 1] <> coalesce(a.attcollation, x.indcollation[place.number - 1]) AS is_foreign,
    -- Up with nulls last, or down with nulls first: as a list has it, read from either end.
    x.indoption[place.number - 1] IN (0, 3) AS is_straight
FROM pg_catalog.pg_index AS x
JOIN pg_catalog.pg_class AS c ON c.oid = x.indrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class AS own ON own.oid = x.indexrelid
JOIN pg_catalog.pg_am AS am ON am.oid = own.relam
CROSS JOIN LATERAL generate_series(1, x.indnkeyatts::int) AS place (number)
JOIN pg_catalog.pg_opclass AS class ON class.oid = x.indclass[place.number - 1]
LEFT JOIN pg_catalog.pg_collation AS named ON named.oid = x.indcollation[place.number - 1]
LEFT JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = x.indrelid AND a.attnum = x.indkey[place.number - 1] AND a.attnum > 0
WHERE n.nspname = $1 AND c.relname = $2
    AND x.indisvalid AND x.indisready AND x.indpred IS NULL
ORDER BY own.relname, place.number
