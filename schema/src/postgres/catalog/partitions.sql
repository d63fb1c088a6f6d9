-- The partitions, at every level, that the partitioned tables among $1 stand for.
SELECT
    root.oid AS relation,
    c.oid,
    tree.isleaf AS leaf,
    n.nspname::text AS schema,
    c.relname::text AS name
FROM pg_class AS root
CROSS JOIN LATERAL pg_partition_tree(root.oid) AS tree
JOIN pg_class AS c ON c.oid = tree.relid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE root.oid = ANY ($1)
    AND root.relkind = 'p'
    AND tree.level > 0
ORDER BY root.oid, n.nspname, c.relname;
