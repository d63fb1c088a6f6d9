-- The partitions that hold the rows of the partitioned tables among $1, and that can have indexes.
SELECT
    root.oid AS relation,
    c.oid,
    n.nspname::text AS schema,
    c.relname::text AS name
FROM pg_class AS root
CROSS JOIN LATERAL pg_partition_tree(root.oid) AS tree
JOIN pg_class AS c ON c.oid = tree.relid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE root.oid = ANY ($1)
    AND root.relkind = 'p'
    AND c.relkind = 'r'
ORDER BY root.oid, n.nspname, c.relname;
