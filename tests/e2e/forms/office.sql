-- What forms can get wrong, for both dialects: PostgreSQL has its own words for `integer primary key` and `blob`.

-- Columns that are called like the parts of a form, like parts of each other, and what browsers send otherwise.
CREATE TABLE oddity (
    id integer PRIMARY KEY,
    note text,
    "_version" text,
    "_original" text,
    ".version" text,
    ".original" text,
    "a.b" text,
    "a~2Eb" text,
    "say ""x""" text,
    "say %22x%22" text,
    "two
lines" text,
    "q" text,
    "sort" text,
    "after" integer,
    "_charset_" boolean NOT NULL,
    "photo" blob,
    "photo.clear" text,
    "[x]" text
);

CREATE TABLE paper (
    id integer PRIMARY KEY,
    title text NOT NULL,
    pages integer
);

CREATE TABLE topic (
    id integer PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE paper_topic (
    paper_id integer NOT NULL REFERENCES paper (id),
    topic_id integer NOT NULL REFERENCES topic (id),
    PRIMARY KEY (paper_id, topic_id)
);

INSERT INTO paper (title, pages) VALUES ('Fields', 7), ('Forests', 9);
INSERT INTO topic (name) VALUES ('Air'), ('Water'), ('Soil'), ('Fire');
INSERT INTO paper_topic (paper_id, topic_id) VALUES (1, 1), (1, 2);

-- Texts that are empty, and texts that are not there.
CREATE TABLE blank (
    id integer PRIMARY KEY,
    by_default text NOT NULL DEFAULT '',
    code varchar(8) DEFAULT '',
    remark text,
    kind text NOT NULL DEFAULT '' CHECK (kind IN ('', 'a', 'b')),
    filled text CHECK (filled <> ''),
    made text DEFAULT (lower('SOON')),
    due date DEFAULT (date('2026-01-02')),
    must text NOT NULL
);

-- References to rows that are not there: SQLite does not look, and PostgreSQL has not looked yet.
CREATE TABLE shelf (
    id integer PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE place (
    hall text NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (hall, number)
);

CREATE TABLE folder (
    id integer PRIMARY KEY,
    title text NOT NULL,
    shelf_id integer NOT NULL,
    other_id integer,
    hall text,
    number integer,
    FOREIGN KEY (shelf_id) REFERENCES shelf (id),
    FOREIGN KEY (other_id) REFERENCES shelf (id),
    FOREIGN KEY (hall, number) REFERENCES place (hall, number)
);

INSERT INTO shelf (name) VALUES ('Top');
INSERT INTO place (hall, number) VALUES ('North', 1);
