-- Cells as converters, mappers and people leave them in files: of another storage class than their column says, or of
-- one of several notations.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    label TEXT,
    done BOOLEAN NOT NULL,
    open BOOLEAN,
    at DATETIME,
    day DATE,
    code VARCHAR(3),
    amount DECIMAL(10, 2),
    size INTEGER,
    mail VARCHAR(20),
    email TEXT,
    state TEXT CHECK (state IN ('new', 'old')),
    free
);

-- As Prisma writes it: milliseconds.
CREATE TABLE stamp (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    deleted_at DATETIME,
    active BOOLEAN NOT NULL DEFAULT 1
);

-- DESC makes the key no name of the rowid: it does not count, and may be null.
CREATE TABLE descending (
    id INTEGER PRIMARY KEY DESC,
    name TEXT NOT NULL
);

-- Rows without a key, which only SQLite keeps.
CREATE TABLE ticket (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE stroke (note TEXT, weight INTEGER);

PRAGMA ignore_check_constraints = ON;
INSERT INTO entry VALUES
    (1, 'plain', 1, 0, '2025-01-02 03:04:05', '2025-01-02', 'abc', 1.5, 7, 'a@example.org', 'a@example.org', 'new', 7),
    (2, 'bits', x'01', x'00', 1735787045000, 1735776000000, 'abcdef', 'much', 'many', ' a@example.org ', 'no address', 'gone', x'ff'),
    (3, 'words', 't', 'Y', '0000-00-00 00:00:00', 'soon', x'616263', 9e999, 7.5, 'one' || char(10) || 'two', x'00', x'01', 7.5),
    (4, 'odd', 'maybe', 2, '2025-01-02T03:04:05.000Z', '2025-01-02 00:00:00', 7, 12.345, 9e999, '', '', '', '7'),
    (5, 'broken', 1.0, 'perhaps', 2460677.5, 2460677.5, CAST(x'ff41' AS TEXT), x'01', x'01', 'a' || char(0) || 'b', CAST(x'ff' AS TEXT), 'a' || char(0) || 'b', 'a' || char(0) || 'b');
INSERT INTO stamp VALUES (1, 'Old', 1706745600000, NULL, 1), (2, 'New', 1738368000000, NULL, 'f'), (3, 'Other', 1706745600001, NULL, 0);
INSERT INTO descending VALUES (1, 'First'), (NULL, 'Nameless');
INSERT INTO ticket VALUES ('a', 'Ada'), (NULL, 'Bob'), (NULL, 'Cy');
