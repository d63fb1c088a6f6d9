-- Keys of types that Rust's formatting does not know: an enum, bytes; and enum labels that are alike but for case or signs.
CREATE TYPE permission AS ENUM ('read', 'Read', 'READ', 'read!', '*', '**', '', '+');

CREATE TABLE grant_of (
    person integer,
    permission permission,
    PRIMARY KEY (person, permission)
);

CREATE TABLE chunk (
    digest bytea,
    number integer,
    size integer NOT NULL,
    PRIMARY KEY (digest, number)
);

-- Called like types that are made for others.
CREATE TABLE film (id integer PRIMARY KEY, title text NOT NULL);
CREATE TABLE film_row (id integer PRIMARY KEY, film integer REFERENCES film);
CREATE TABLE new_film (id integer PRIMARY KEY, film integer REFERENCES film);
CREATE TABLE film_form (id integer PRIMARY KEY, film integer REFERENCES film);

-- Rows without a key that belong to a row.
CREATE TABLE note (film integer NOT NULL REFERENCES film, text text);
