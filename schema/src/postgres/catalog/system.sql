-- Which server it is, among all: made once, by initdb.
SELECT
    system_identifier::text AS identifier
FROM pg_control_system();
