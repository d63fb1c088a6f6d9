-- The labels of every enum type, in their order.
SELECT
    e.oid,
    e.enumtypid AS type_oid,
    e.enumlabel::text AS label
FROM pg_enum AS e
ORDER BY e.enumtypid, e.enumsortorder;
