-- The words that need quotes to be a name.
SELECT word
FROM pg_get_keywords()
WHERE catcode <> 'U'
ORDER BY word COLLATE "C"
