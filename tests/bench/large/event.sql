-- Ten million events of a hundred thousand accounts.
CREATE TABLE event (
    id bigint PRIMARY KEY,
    happened_at timestamptz NOT NULL,
    kind text NOT NULL,
    account integer NOT NULL,
    text text NOT NULL,
    amount integer NOT NULL
);
INSERT INTO event
SELECT
    i,
    timestamptz '2015-01-01' + i * interval '30 seconds',
    CASE WHEN i % 5000000 = 0 THEN 'fraud' ELSE (ARRAY['login', 'logout', 'order', 'refund', 'view'])[1 + i % 5] END,
    i::bigint * 7919 % 100003,
    'Event ' || i || ' of ' || md5(i::text) || ' happened as it was expected',
    i::bigint * 104729 % 1000003
FROM generate_series(1, 10000000) AS i;
CREATE INDEX event_happened_at ON event (happened_at);
CREATE INDEX event_account ON event (account);
VACUUM ANALYZE event;
