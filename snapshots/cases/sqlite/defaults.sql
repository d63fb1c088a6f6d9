-- Defaults: constants of several types, NULL, expressions that only the database can evaluate.
CREATE TABLE setting (
    setting_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL DEFAULT 'it''s new',
    count INTEGER NOT NULL DEFAULT 10,
    ratio NUMERIC(4, 2) NOT NULL DEFAULT 4.99,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    since DATE NOT NULL DEFAULT '2024-02-29',
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    code TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)))),
    note TEXT DEFAULT "none",
    "nothing" TEXT DEFAULT NULL,
    options JSON NOT NULL DEFAULT '{"dark": false}'
);
