-- Who reads, for messages.
SELECT
    current_user::text AS role,
    current_database()::text AS database;
