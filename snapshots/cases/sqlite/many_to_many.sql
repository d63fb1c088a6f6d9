-- Junctions: a pure one (no page of its own), one that only adds a default (edited on both ends and a page of its own),
-- one with a payload that a person must give, and one of a table with itself.
CREATE TABLE film (film_id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE actor (actor_id INTEGER PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE film_genre (
    film_id INTEGER NOT NULL REFERENCES film ON DELETE CASCADE,
    genre_id INTEGER NOT NULL REFERENCES genre ON DELETE CASCADE,
    PRIMARY KEY (film_id, genre_id)
) WITHOUT ROWID;
CREATE TABLE genre (genre_id INTEGER PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE film_actor (
    film_id INTEGER NOT NULL REFERENCES film,
    actor_id INTEGER NOT NULL REFERENCES actor,
    last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (film_id, actor_id)
);

CREATE TABLE casting (
    film_id INTEGER NOT NULL REFERENCES film,
    actor_id INTEGER NOT NULL REFERENCES actor,
    part TEXT NOT NULL,
    PRIMARY KEY (film_id, actor_id)
);

CREATE TABLE sequel (
    film_id INTEGER NOT NULL REFERENCES film,
    sequel_id INTEGER NOT NULL REFERENCES film,
    PRIMARY KEY (film_id, sequel_id)
);
