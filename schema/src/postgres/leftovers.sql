-- Temporary databases of this role that no run works at any more. Their names are made of letters, digits and underscores.
SELECT datname::text
FROM pg_database
WHERE datname ~ '^umbel_scratch_[0-9]+_[0-9]+$'
    AND datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user)
    AND NOT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE pg_stat_activity.application_name = pg_database.datname
            OR pg_stat_activity.datname = pg_database.datname
    )
