-- What the usual tool loses: unique indexes that are partial, over an expression, with INCLUDE columns or NULLS NOT
-- DISTINCT, an exclusion, two foreign keys on one column, a composite one, a sub-type whose key refers, inheritance.
CREATE TABLE place (
    place_id integer PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE venue (
    place_id integer PRIMARY KEY REFERENCES place,
    seats integer NOT NULL CHECK (seats > 0)
);

CREATE TABLE event (
    event_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    place_id integer NOT NULL,
    title text NOT NULL,
    slug text,
    code text,
    cancelled boolean NOT NULL DEFAULT false,
    days daterange NOT NULL,
    length integer GENERATED ALWAYS AS (upper(days) - lower(days)) STORED,
    CONSTRAINT event_place_fkey FOREIGN KEY (place_id) REFERENCES place,
    CONSTRAINT event_venue_fkey FOREIGN KEY (place_id) REFERENCES venue,
    CONSTRAINT event_code_key UNIQUE NULLS NOT DISTINCT (code) INCLUDE (title),
    CONSTRAINT event_days_excl EXCLUDE USING gist (int4range(place_id, place_id, '[]') WITH =, days WITH &&)
        WHERE (NOT cancelled)
);

CREATE UNIQUE INDEX event_title_key ON event (title) WHERE NOT cancelled;
CREATE UNIQUE INDEX event_slug_key ON event (lower(slug));

CREATE TABLE shift (
    person text,
    during tsrange,
    event_id integer REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (person, during),
    EXCLUDE USING gist (during WITH &&)
);

CREATE TABLE pay (
    pay_id integer PRIMARY KEY,
    person text,
    during tsrange,
    FOREIGN KEY (person, during) REFERENCES shift MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL
);

CREATE TABLE concert (band text NOT NULL, PRIMARY KEY (event_id)) INHERITS (event);
