SELECT
    'main',
    ?1,
    "column".name,
    "column".type,
    "column".type,
    "column"."notnull" AND "column".dflt_value IS NULL AND "column".pk = 0 AND "column".hidden = 0 AS required
FROM sqlite_schema AS relation
LEFT JOIN pragma_table_xinfo(relation.name) AS "column"
WHERE relation.type IN ('table', 'view') AND relation.name = ?1 COLLATE NOCASE
