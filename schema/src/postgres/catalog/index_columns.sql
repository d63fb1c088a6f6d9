-- The elements of the indexes of the relations $1, in order; those after the key are INCLUDE columns.
SELECT
    i.indexrelid AS index,
    k.position > i.indnkeyatts AS included,
    a.attname::text AS column,
    -- Number 0 stands for an expression.
    CASE WHEN k.number = 0 THEN pg_get_indexdef(i.indexrelid, k.position::int4, true) END AS expression,
    coalesce(i.indoption[k.position - 1] & 1 <> 0, false) AS descending,
    coalesce(i.indoption[k.position - 1] & 2 <> 0, false) AS nulls_first,
    -- Only what differs from the default was chosen by somebody.
    CASE WHEN NOT oc.opcdefault THEN oc.opcname::text END AS operator_class,
    co.collname::text AS collation
FROM pg_index AS i
CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, position)
LEFT JOIN pg_attribute AS a
    ON a.attrelid = i.indrelid
    AND a.attnum = k.number
    AND k.number <> 0
-- These vectors have no entry for INCLUDE columns, and count from zero.
LEFT JOIN pg_opclass AS oc ON oc.oid = i.indclass[k.position - 1]
LEFT JOIN pg_attribute AS own
    ON own.attrelid = i.indexrelid
    AND own.attnum = k.position
LEFT JOIN pg_type AS t ON t.oid = own.atttypid
LEFT JOIN pg_collation AS co
    ON co.oid = i.indcollation[k.position - 1]
    -- What an index stores may have no collation where what it indexes has: 100 is the default one.
    AND co.oid <> coalesce(a.attcollation, nullif(t.typcollation, 0), 100)
WHERE i.indrelid = ANY ($1)
ORDER BY i.indexrelid, k.position;
