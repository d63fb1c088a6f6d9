-- Foreign keys: to a key that is not named, to itself, of several columns, one to one, by a junction; two that SQLite
-- takes and that cannot hold.
CREATE TABLE language (
    language_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE film (
    film_id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    language_id INTEGER NOT NULL REFERENCES language ON DELETE RESTRICT,
    sequel_of INTEGER REFERENCES film (film_id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE film_text (
    film_id INTEGER PRIMARY KEY REFERENCES film ON DELETE CASCADE,
    body TEXT NOT NULL
);

CREATE TABLE actor (
    actor_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE film_actor (
    film_id INTEGER NOT NULL REFERENCES film ON DELETE CASCADE,
    actor_id INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (film_id, actor_id)
) WITHOUT ROWID;

CREATE TABLE award (
    award_id INTEGER PRIMARY KEY,
    film_id INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    jury_id INTEGER REFERENCES jury (jury_id),
    place_id INTEGER REFERENCES language (place_id),
    FOREIGN KEY (film_id, actor_id) REFERENCES film_actor
);
