-- The sequences that columns of the relations $1 own: `i` for an identity, `a` for OWNED BY (serial).
-- A sequence that the column's default draws from comes before one that it merely owns.
SELECT
    own.refobjid AS relation,
    own.refobjsubid AS number,
    own.deptype = 'i' AS identity,
    n.nspname::text AS schema,
    c.relname::text AS name,
    s.seqstart AS start,
    s.seqincrement AS increment,
    s.seqmin AS min,
    s.seqmax AS max,
    s.seqcache AS cache,
    s.seqcycle AS cycle
FROM pg_depend AS own
JOIN pg_class AS c
    ON c.oid = own.objid
    AND c.relkind = 'S'
JOIN pg_sequence AS s ON s.seqrelid = c.oid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE own.classid = 'pg_class'::regclass
    AND own.refclassid = 'pg_class'::regclass
    AND own.refobjid = ANY ($1)
    AND own.refobjsubid > 0
    AND own.deptype IN ('a', 'i')
ORDER BY
    own.refobjid,
    own.refobjsubid,
    NOT EXISTS (
        SELECT
        FROM pg_attrdef AS ad
        JOIN pg_depend AS use
            ON use.classid = 'pg_attrdef'::regclass
            AND use.objid = ad.oid
        WHERE ad.adrelid = own.refobjid
            AND ad.adnum = own.refobjsubid
            AND use.refclassid = 'pg_class'::regclass
            AND use.refobjid = c.oid
    ),
    c.relname;
