-- Who reads, for messages, and which database it is.
SELECT
    current_user::text AS role,
    current_database()::text AS database,
    (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()) AS database_oid,
    -- What only speaks PostgreSQL's protocol may lack the function, and a provider may have revoked it.
    coalesce(
        has_function_privilege(to_regprocedure('pg_catalog.pg_control_system()'), 'EXECUTE'),
        false
    ) AS tells_system;
