-- Rows for every table of `forms/office.sql`, in both dialects: more than a page of some, texts that mean something in
-- an address among the keys.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
INSERT INTO oddity (note, "q", "after", "_charset_") SELECT 'Note ' || i, 'q' || i, i % 7, i % 2 = 0 FROM n;

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
INSERT INTO paper (title, pages) SELECT 'Paper ' || i, i % 40 FROM n;

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
INSERT INTO topic (name) SELECT 'Topic ' || i FROM n;

INSERT INTO paper_topic (paper_id, topic_id)
SELECT paper.id, topic.id FROM paper JOIN topic ON (paper.id + topic.id) % 9 = 0 WHERE paper.id > 2;

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
INSERT INTO blank (must, remark) SELECT 'Must ' || i, CASE WHEN i % 3 > 0 THEN 'remark' END FROM n;

INSERT INTO place (hall, number) VALUES ('a,b', 2), ('%2C', 3), ('new', 4), ('ü/🎬', -5), ('', 0);

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
INSERT INTO folder (title, shelf_id, hall, number)
SELECT 'Folder ' || i, 1, CASE WHEN i % 2 = 0 THEN 'a,b' END, CASE WHEN i % 2 = 0 THEN 2 END FROM n;
