-- Rows for the tables of the newsroom.
INSERT INTO section (section_id, parent_id, name, tone) VALUES (1, NULL, 'World', 'cool'), (2, 1, 'Asia', 'warm'), (3, NULL, 'Art', 'neutral');

INSERT INTO author (author_id, name, email, desk_id, editor_id) VALUES
    (1, 'Ada', 'ada@news.example', 1, NULL), (2, 'Bob', 'bob@news.example', 2, 1), (3, 'Cy', 'cy@news.example', NULL, 1);

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
INSERT INTO article (article_id, section_id, title, slug, state, body, published_at, fee, layout)
SELECT i, 1 + i % 3, 'Article ' || i, 'article-' || i, 'published', 'Body ' || i, datetime('2024-01-01', i || ' hours'), i * 1.5, '{"a":1}' FROM n;

INSERT INTO byline (article_id, author_id) SELECT article_id, 1 + article_id % 3 FROM article;
INSERT INTO tag (tag_id, name) VALUES (1, 'war'), (2, 'peace'), (3, 'tea');
INSERT INTO article_tag (article_id, tag_id) SELECT article_id, 1 + article_id % 3 FROM article;
INSERT INTO comment (article_id, author_name, body, rating) SELECT article_id, 'Eve', 'Well', 1 + article_id % 5 FROM article;
INSERT INTO subscriber (subscriber_id, name, email, born_on) SELECT article_id, 'Subscriber', 's' || article_id || '@x.example', '1990-02-28' FROM article;
INSERT INTO subscriber_section (subscriber_id, section_id) SELECT subscriber_id, 1 + subscriber_id % 3 FROM subscriber;
INSERT INTO edition (day, slot, section_id, article_id, goes_out_at)
SELECT date('2024-01-01', article_id || ' days'), 'morning', 1 + article_id % 3, article_id, '06:00:00' FROM article;
