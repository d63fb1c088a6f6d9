-- Junctions: a pure one (no page of its own), one that only adds a default (edited on both ends and a page of its own),
-- one with a payload that a person must give, and one of a table with itself.
CREATE TABLE film (film_id integer PRIMARY KEY, title text NOT NULL);
CREATE TABLE actor (actor_id integer PRIMARY KEY, name text NOT NULL);

CREATE TABLE film_genre (
    film_id integer REFERENCES film ON DELETE CASCADE,
    genre_id integer,
    PRIMARY KEY (film_id, genre_id)
);
CREATE TABLE genre (genre_id integer PRIMARY KEY, name text NOT NULL);
ALTER TABLE film_genre ADD FOREIGN KEY (genre_id) REFERENCES genre ON DELETE CASCADE;

CREATE TABLE film_actor (
    film_id integer REFERENCES film,
    actor_id integer REFERENCES actor,
    last_update timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (film_id, actor_id)
);

CREATE TABLE casting (
    film_id integer REFERENCES film,
    actor_id integer REFERENCES actor,
    part text NOT NULL,
    PRIMARY KEY (film_id, actor_id)
);

CREATE TABLE sequel (
    film_id integer REFERENCES film,
    sequel_id integer REFERENCES film,
    PRIMARY KEY (film_id, sequel_id)
);
