-- Rules: of domains and of columns, on numbers, lengths, patterns and choices; across columns; one that only the
-- database can check.
CREATE DOMAIN year AS integer CHECK (VALUE >= 1901 AND VALUE <= 2155);
CREATE DOMAIN email AS text NOT NULL CHECK (VALUE ~ '^[^@ ]+@[^@ ]+$');

CREATE TABLE event (
    event_id integer PRIMARY KEY,
    title varchar(40) NOT NULL CHECK (length(title) >= 3),
    founded year,
    contact email,
    price numeric(6, 2) CHECK (price > 0),
    percent smallint CHECK (percent BETWEEN 0 AND 100),
    kind text NOT NULL CHECK (kind IN ('talk', 'course')),
    starts date NOT NULL,
    ends date,
    CONSTRAINT ends_after_start CHECK (ends >= starts),
    CONSTRAINT weekday CHECK (extract(isodow FROM starts) < 6)
);
