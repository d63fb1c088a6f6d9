-- The columns that tables have now, as far as they can be read, with the type below any domain.
SELECT
    n.nspname::text,
    c.relname::text,
    a.attname::text,
    format_type(a.atttypid, a.atttypmod),
    base.typname::text,
    a.attnum > 0 AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS required
FROM unnest($1::text[], $2::text[]) AS asked (schema, name)
JOIN pg_namespace AS n ON n.nspname = asked.schema
JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = asked.name
LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND NOT a.attisdropped
    -- The address of a row is the key where there is no other.
    AND (a.attnum > 0 OR a.attname = 'ctid')
LEFT JOIN LATERAL (
    WITH RECURSIVE below AS (
        SELECT t.typname, t.typbasetype FROM pg_type AS t WHERE t.oid = a.atttypid
        UNION ALL
        SELECT t.typname, t.typbasetype FROM pg_type AS t JOIN below ON t.oid = below.typbasetype
    )
    SELECT below.typname FROM below WHERE below.typbasetype = 0
) AS base ON true
