-- Ten million events of a hundred thousand accounts.
PRAGMA synchronous = OFF;
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    account INTEGER NOT NULL,
    text TEXT NOT NULL,
    amount INTEGER NOT NULL
);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000)
INSERT INTO event
SELECT
    i,
    datetime('2015-01-01', i * 30 || ' seconds'),
    CASE WHEN i % 5000000 = 0 THEN 'fraud' WHEN i % 2 = 0 THEN 'login' ELSE 'order' END,
    i * 7919 % 100003,
    'Event ' || i || ' happened as it was expected',
    i * 104729 % 1000003
FROM n;
CREATE INDEX event_happened_at ON event (happened_at);
CREATE INDEX event_account ON event (account);
ANALYZE;
