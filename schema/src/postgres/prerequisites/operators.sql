-- The operators that somebody made.
SELECT
    'operator' AS kind,
    n.nspname::text AS schema,
    concat(o.oprname, '(', nullif(o.oprleft, 0)::regtype, ', ', o.oprright::regtype, ')') AS name,
    format(
        'CREATE OPERATOR %I.%s (%s)',
        n.nspname,
        o.oprname,
        concat_ws(
            ', ',
            'FUNCTION = ' || o.oprcode,
            'LEFTARG = ' || nullif(o.oprleft, 0)::regtype,
            'RIGHTARG = ' || nullif(o.oprright, 0)::regtype,
            'COMMUTATOR = OPERATOR(' || quote_ident(cn.nspname) || '.' || c.oprname || ')',
            'NEGATOR = OPERATOR(' || quote_ident(nn.nspname) || '.' || g.oprname || ')',
            CASE WHEN o.oprrest <> 0 THEN 'RESTRICT = ' || o.oprrest END,
            CASE WHEN o.oprjoin <> 0 THEN 'JOIN = ' || o.oprjoin END,
            CASE WHEN o.oprcanhash THEN 'HASHES' END,
            CASE WHEN o.oprcanmerge THEN 'MERGES' END
        )
    ) AS statement,
    CASE WHEN d.description <> '' THEN format(
        'COMMENT ON OPERATOR %I.%s (%s, %s) IS %L',
        n.nspname,
        o.oprname,
        coalesce(nullif(o.oprleft, 0)::regtype::text, 'NONE'),
        coalesce(nullif(o.oprright, 0)::regtype::text, 'NONE'),
        d.description
    ) END AS comment
FROM pg_operator AS o
JOIN pg_namespace AS n ON n.oid = o.oprnamespace
LEFT JOIN pg_operator AS c ON c.oid = o.oprcom
LEFT JOIN pg_namespace AS cn ON cn.oid = c.oprnamespace
LEFT JOIN pg_operator AS g ON g.oid = o.oprnegate
LEFT JOIN pg_namespace AS nn ON nn.oid = g.oprnamespace
LEFT JOIN pg_description AS d
    ON d.classoid = 'pg_operator'::regclass
    AND d.objoid = o.oid
WHERE n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
    -- One that another names and nobody has made yet has no function.
    AND o.oprcode <> 0
    AND NOT EXISTS (
        SELECT
        FROM pg_depend AS e
        WHERE e.classid = 'pg_operator'::regclass
            AND e.objid = o.oid
            AND e.deptype = 'e'
    )
ORDER BY n.nspname, name;
