-- Keys of one column: a number from a sequence, a number given by hand, a text, a uuid; none is named `id`.
CREATE TABLE author (
    author_no serial PRIMARY KEY,
    name text NOT NULL,
    email varchar(80) UNIQUE
);

CREATE TABLE shelf (
    shelf_no bigint PRIMARY KEY,
    label text NOT NULL
);

CREATE TABLE country (
    code char(2) PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE device (
    token uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL
);

-- Without a primary key, another key stands in.
CREATE TABLE opening_hours (
    shelf_no bigint NOT NULL REFERENCES shelf,
    weekday smallint NOT NULL,
    opens time NOT NULL,
    UNIQUE (shelf_no, weekday)
);
