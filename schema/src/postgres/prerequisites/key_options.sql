-- The storage parameters of the indexes behind the keys of the relations $1.
SELECT
    con.conrelid AS relation,
    con.conname::text AS name,
    (
        SELECT string_agg(o.option_name || '=' || quote_literal(o.option_value), ', ')
        FROM pg_options_to_table(c.reloptions) AS o
        -- What a person can set: a server may keep something of its own beside it.
        WHERE o.option_name IN ('buffering', 'deduplicate_items', 'fillfactor')
    ) AS options
FROM pg_constraint AS con
JOIN pg_class AS c ON c.oid = con.conindid
WHERE con.conrelid = ANY ($1)
    AND con.contype IN ('p', 'u')
    AND c.reloptions IS NOT NULL;
