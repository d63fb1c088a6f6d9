-- Keys that count and keys that are given, without a rowid, of several columns; a table without any.
CREATE TABLE author (
    author_no INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email VARCHAR(80) UNIQUE
);

CREATE TABLE shelf (
    shelf_no INT PRIMARY KEY,
    label TEXT NOT NULL
);

CREATE TABLE country (
    code CHAR(2) PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) WITHOUT ROWID;

CREATE TABLE seat (
    hall TEXT NOT NULL,
    number INT NOT NULL,
    holder TEXT,
    PRIMARY KEY (hall, number)
);

CREATE TABLE log (
    at DATETIME,
    message TEXT
);

-- Without a primary key, another key stands in.
CREATE TABLE opening_hours (
    shelf_no INTEGER NOT NULL REFERENCES shelf,
    weekday INTEGER NOT NULL,
    opens TEXT NOT NULL,
    UNIQUE (shelf_no, weekday)
);
