-- The row-level-security policies of the relations $1.
SELECT
    p.polrelid AS relation,
    p.polname::text AS name,
    CASE p.polcmd
        WHEN 'r' THEN 'SELECT'
        WHEN 'a' THEN 'INSERT'
        WHEN 'w' THEN 'UPDATE'
        WHEN 'd' THEN 'DELETE'
        ELSE 'ALL'
    END AS command,
    p.polpermissive AS permissive,
    -- Role 0 is PUBLIC.
    ARRAY(
        SELECT CASE WHEN k.role = 0 THEN 'public' ELSE pg_get_userbyid(k.role)::text END
        FROM unnest(p.polroles) WITH ORDINALITY AS k (role, position)
        ORDER BY 1
    ) AS roles,
    pg_get_expr(p.polqual, p.polrelid) AS using,
    pg_get_expr(p.polwithcheck, p.polrelid) AS check
FROM pg_policy AS p
WHERE p.polrelid = ANY ($1);
