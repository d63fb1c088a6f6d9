-- The name, the types of both sides, the left one 0 before a prefix, and that of the result.
SELECT concat_ws(' ', oprname, oprleft::bigint, oprright::bigint, oprresult::bigint)
FROM pg_operator
WHERE oid < 16384
ORDER BY oprname COLLATE "C", oprleft, oprright
