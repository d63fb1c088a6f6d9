-- The query of each view among $1 as PostgreSQL stores it: a tree, in which the parser noted for every column
-- of the result which column of which relation it shows unchanged.
SELECT
    r.ev_class AS relation,
    r.ev_action::text AS tree
FROM pg_rewrite AS r
WHERE r.ev_class = ANY ($1)
    AND r.rulename = '_RETURN';
