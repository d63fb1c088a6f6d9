-- The index method, the type, and the operator class that it has by default.
SELECT concat_ws(' ', m.amname, c.opcintype::bigint, c.opcname)
FROM pg_opclass AS c
JOIN pg_am AS m ON m.oid = c.opcmethod
WHERE c.opcdefault
    AND c.oid < 16384
ORDER BY m.amname COLLATE "C", c.opcintype
