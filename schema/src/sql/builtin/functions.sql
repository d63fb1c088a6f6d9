-- The name, the type of the result, the kind, whether it returns a set, whether it takes any number of arguments, how
-- many of the last have a default, and their types.
SELECT concat_ws(
    ' ',
    proname,
    prorettype::bigint,
    prokind,
    CASE WHEN proretset THEN 's' ELSE '-' END,
    CASE WHEN provariadic <> 0 THEN 'v' ELSE '-' END,
    pronargdefaults,
    coalesce(nullif(array_to_string(proargtypes::bigint[], ','), ''), '-')
)
FROM pg_proc
WHERE pronamespace = 'pg_catalog'::regnamespace
    AND oid < 16384
    -- What only the server itself can call takes or returns `internal` or `cstring`.
    AND NOT proargtypes::oid[] && ARRAY['internal', 'cstring']::regtype[]::oid[]
    AND prorettype NOT IN ('internal'::regtype, 'cstring'::regtype)
ORDER BY proname COLLATE "C", proargtypes::text COLLATE "C"
