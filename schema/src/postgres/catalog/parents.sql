-- From which tables the relations $1 inherit, in the order of their INHERITS clause.
SELECT
    i.inhrelid AS relation,
    n.nspname::text AS schema,
    c.relname::text AS name
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhparent
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE i.inhrelid = ANY ($1)
ORDER BY i.inhrelid, i.inhseqno;
