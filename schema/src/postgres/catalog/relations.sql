-- The tables and views of the schemas $1, with what the catalog says of each as a whole.
-- A partition is left out when its topmost parent is among them, which stands for it. Where $2 asks for partitions,
-- it is not, wherever it stands.
SELECT
    c.oid,
    n.nspname::text AS schema,
    c.relname::text AS name,
    c.relkind::text AS kind,
    c.relpersistence::text AS persistence,
    d.description AS comment,
    c.relrowsecurity AS row_security,
    CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS view_definition,
    -- Bits by command number: 1 << 2 UPDATE, 1 << 3 INSERT, 1 << 4 DELETE; INSTEAD OF triggers count, rules do not,
    -- for few of them return the row that they write.
    CASE
        WHEN c.relkind <> 'v' THEN 0
        WHEN EXISTS (SELECT FROM pg_rewrite AS r WHERE r.ev_class = c.oid AND r.ev_type <> '1') THEN 0
        ELSE pg_relation_is_updatable(c.oid, true)::int4
    END AS view_commands,
    -- Where the rewriter could pass a DELETE on, whatever triggers do, each row is one of the table behind the view.
    c.relkind = 'v' AND pg_relation_is_updatable(c.oid, false) & (1 << 4) <> 0 AS view_simple,
    CASE
        -- Autovacuum never analyses a partitioned table, so its partitions are asked.
        WHEN c.relkind = 'p' THEN (
            SELECT sum(leaf.reltuples)
            FROM pg_partition_tree(c.oid) AS tree
            JOIN pg_class AS leaf ON leaf.oid = tree.relid
            WHERE tree.isleaf
                AND leaf.reltuples >= 0
        )::int8
        WHEN c.relkind = 'v' THEN NULL
        WHEN c.reltuples >= 0 THEN c.reltuples::int8    -- since 14
        WHEN c.reltuples > 0 THEN c.reltuples::int8     -- before 14
    END AS estimated_rows,
    has_table_privilege(c.oid, 'SELECT') AS can_select,
    has_table_privilege(c.oid, 'INSERT') AS can_insert,
    has_table_privilege(c.oid, 'UPDATE') AS can_update,
    has_table_privilege(c.oid, 'DELETE') AS can_delete
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_class'::regclass
    AND d.objoid = c.oid
    AND d.objsubid = 0
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
    AND c.relpersistence <> 't'
    AND CASE
        WHEN c.relispartition AND EXISTS (
            SELECT
            FROM pg_class AS root
            JOIN pg_namespace AS rn ON rn.oid = root.relnamespace
            WHERE root.oid = pg_partition_root(c.oid)
                AND rn.nspname = ANY ($1)
        ) THEN $2
        ELSE n.nspname = ANY ($1)
    END
    -- What an extension brought belongs to the extension.
    AND NOT EXISTS (
        SELECT
        FROM pg_depend AS e
        WHERE e.classid = 'pg_class'::regclass
            AND e.objid = c.oid
            AND e.deptype = 'e'
    );
