-- What of the columns of the relations $1 only the statements of their tables say.
SELECT
    a.attrelid AS relation,
    a.attname::text AS name,
    a.attislocal AS local,
    a.attnotnull AS not_null,
    CASE WHEN q.oid IS NOT NULL THEN format('%I.%I', n.nspname, q.relname) END AS identity_sequence,
    'OPTIONS (' || (
        SELECT string_agg(format('%I %L', o.option_name, o.option_value), ', ')
        FROM pg_options_to_table(a.attfdwoptions) AS o
    ) || ')' AS foreign
FROM pg_attribute AS a
LEFT JOIN pg_depend AS own
    ON own.refclassid = 'pg_class'::regclass
    AND own.refobjid = a.attrelid
    AND own.refobjsubid = a.attnum
    AND own.classid = 'pg_class'::regclass
    AND own.deptype = 'i'
    AND a.attidentity <> ''
LEFT JOIN pg_class AS q
    ON q.oid = own.objid
    AND q.relkind = 'S'
LEFT JOIN pg_namespace AS n ON n.oid = q.relnamespace
WHERE a.attrelid = ANY ($1)
    AND a.attnum > 0
    AND NOT a.attisdropped;
