-- The triggers of the relations $1 that a person made; constraints keep theirs to themselves.
SELECT
    t.tgrelid AS relation,
    t.tgname::text AS name,
    pg_get_triggerdef(t.oid) AS definition,
    t.tgenabled <> 'D' AS enabled,
    -- Bits: 1 ROW, 2 BEFORE, 4 INSERT, 8 DELETE, 16 UPDATE, 32 TRUNCATE, 64 INSTEAD OF.
    t.tgtype::int4 AS bits,
    ARRAY(
        SELECT a.attname::text
        FROM unnest(t.tgattr::int2[]) WITH ORDINALITY AS k (number, position)
        JOIN pg_attribute AS a
            ON a.attrelid = t.tgrelid
            AND a.attnum = k.number
        ORDER BY k.position
    ) AS update_columns,
    n.nspname::text AS function_schema,
    p.proname::text AS function_name
FROM pg_trigger AS t
JOIN pg_proc AS p ON p.oid = t.tgfoid
JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE t.tgrelid = ANY ($1)
    AND NOT t.tgisinternal;
