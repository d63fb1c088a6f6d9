-- Every database schema that is not the system's, so that a misspelt name can be answered with the right ones.
-- `relations` leaves out what extensions brought, and what an application keeps for itself: a schema with nothing else is
-- not worth offering.
SELECT
    n.nspname::text AS name,
    has_schema_privilege(n.oid, 'USAGE') AS usable,
    (
        SELECT count(*)
        FROM pg_class AS c
        WHERE c.relnamespace = n.oid
            AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
            AND NOT c.relispartition
            AND NOT EXISTS (
                SELECT
                FROM pg_depend AS e
                WHERE e.classid = 'pg_class'::regclass
                    AND e.objid = c.oid
                    AND e.deptype = 'e'
            )
            -- The schema `umbel` is an application's where it has the ledger of its versions.
            AND NOT (
                n.nspname = 'umbel'
                AND 3 = (
                    SELECT count(*)
                    FROM pg_class AS l
                    JOIN pg_attribute AS a ON a.attrelid = l.oid
                    WHERE l.relnamespace = n.oid
                        AND l.relname = 'migration'
                        AND a.attname IN ('version', 'checksum', 'applied_at')
                        AND NOT a.attisdropped
                )
            )
    ) AS relations
FROM pg_namespace AS n
-- The prefix `pg_` is reserved: catalogs, TOAST and the temporary tables of every session.
WHERE n.nspname !~ '^pg_'
    AND n.nspname NOT IN ('information_schema', 'crdb_internal')
ORDER BY n.nspname;
