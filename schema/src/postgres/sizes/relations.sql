-- How large the relations $1 are; a partitioned table is all of its partitions together.
SELECT
    root.oid AS relation,
    -- As the planner does it: as many rows to a page as when they were counted.
    coalesce(sum(CASE
        WHEN part.reltuples >= 0 AND part.relpages > 0
            THEN part.reltuples::float8 / part.relpages * size.main / current_setting('block_size')::int8
    END), 0)::float8 AS rows,
    -- Before 14, and where a table was empty when it was last looked at, 0 rows on 0 pages say nothing.
    coalesce(sum(size.main) FILTER (WHERE part.reltuples < 0 OR part.relpages = 0), 0)::int8 AS uncounted,
    coalesce(sum(size.main), 0)::int8 AS main,
    coalesce(sum(pg_table_size(part.oid)), 0)::int8 AS bytes,
    coalesce(sum(pg_indexes_size(part.oid)), 0)::int8 AS index_bytes,
    -- Nothing analyses a partitioned table by itself, only its partitions.
    root.relkind <> 'p' OR root.reltuples >= 0 AS analysed    -- since 14
    true AS analysed                                          -- before 14
FROM pg_class AS root
LEFT JOIN LATERAL (
    SELECT c.oid, c.reltuples, c.relpages
    FROM pg_class AS c
    WHERE c.oid = root.oid
        AND c.relkind <> 'p'
    UNION ALL
    SELECT c.oid, c.reltuples, c.relpages
    FROM pg_partition_tree(CASE WHEN root.relkind = 'p' THEN root.oid END) AS tree
    JOIN pg_class AS c ON c.oid = tree.relid
    WHERE c.relkind = 'r'
) AS part ON true
LEFT JOIN LATERAL (SELECT pg_relation_size(part.oid) AS main) AS size ON true
WHERE root.oid = ANY ($1)
    AND root.relkind IN ('r', 'p', 'm')
GROUP BY root.oid, root.relkind, root.reltuples;
