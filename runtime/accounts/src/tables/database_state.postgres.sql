-- What stands in the way of the own tables, and who could help. The catalog is asked, which everybody may read.
SELECT
    ledger.oid IS NOT NULL AS has_ledger,
    n.oid IS NOT NULL AS has_schema,
    -- Tables that are none of ours, where the schema is somebody else's.
    EXISTS (
        SELECT
        FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
    ) AS has_tables,
    CASE
        WHEN n.oid IS NULL THEN pg_catalog.has_database_privilege(d.oid, 'CREATE')
        ELSE pg_catalog.has_schema_privilege(n.oid, 'CREATE')
    END AS may_create,
    n.oid IS NULL OR pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS may_use,
    ledger.oid IS NULL OR pg_catalog.has_table_privilege(ledger.oid, 'SELECT') AS may_read,
    -- A standby is, and what was made so: that no right is lacked, its refusals do not tell.
    pg_catalog.current_setting('transaction_read_only')::boolean AS is_read_only,
    current_user::text AS role,
    pg_catalog.current_database()::text AS database,
    -- Who makes the schema, or has made it.
    pg_catalog.pg_get_userbyid(coalesce(n.nspowner, d.datdba))::text AS owner
FROM pg_catalog.pg_database AS d
LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = 'umbel'
LEFT JOIN pg_catalog.pg_class AS ledger
    ON ledger.relnamespace = n.oid AND ledger.relname = 'migration' AND ledger.relkind = 'r'
    -- Another one of that name has none.
    AND EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = ledger.oid AND a.attname = 'checksum' AND NOT a.attisdropped
    )
WHERE d.datname = pg_catalog.current_database()
