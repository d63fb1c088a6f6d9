-- Lets another connection see what this transaction sees, and counts the relations of the schemas $1: where there are
-- few, no other is worth its while.
SELECT
    pg_export_snapshot() AS snapshot,
    (
        SELECT count(*)
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1)
            AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
            AND NOT c.relispartition
    ) AS relations;
