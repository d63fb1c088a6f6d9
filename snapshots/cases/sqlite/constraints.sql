-- What the usual tool loses: unique indexes that are partial or over an expression, two foreign keys on one column, a
-- composite one, a sub-type whose key refers.
CREATE TABLE place (
    place_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE venue (
    place_id INTEGER PRIMARY KEY REFERENCES place,
    seats INTEGER NOT NULL CHECK (seats > 0)
);

CREATE TABLE event (
    event_id INTEGER PRIMARY KEY,
    place_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    slug TEXT,
    code TEXT UNIQUE ON CONFLICT ABORT,
    cancelled BOOLEAN NOT NULL DEFAULT FALSE,
    CONSTRAINT event_place_fkey FOREIGN KEY (place_id) REFERENCES place,
    CONSTRAINT event_venue_fkey FOREIGN KEY (place_id) REFERENCES venue
);

CREATE UNIQUE INDEX event_title_key ON event (title) WHERE NOT cancelled;
CREATE UNIQUE INDEX event_slug_key ON event (lower(slug));

CREATE TABLE shift (
    person TEXT NOT NULL,
    day DATE NOT NULL,
    event_id INTEGER REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (person, day)
);

CREATE TABLE pay (
    pay_id INTEGER PRIMARY KEY,
    person TEXT,
    day DATE,
    FOREIGN KEY (person, day) REFERENCES shift ON UPDATE CASCADE ON DELETE SET NULL
);
