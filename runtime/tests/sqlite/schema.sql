CREATE TABLE language (
    language_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE film (
    film_id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    year INT,
    length INT CHECK (length > 0),
    price DECIMAL(6, 2) CONSTRAINT cheap CHECK (price < 100),
    seen DATETIME,
    language_id INT NOT NULL REFERENCES language,
    sequel_of INT REFERENCES film ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (title, year)
);

CREATE UNIQUE INDEX by_lower_title ON film (lower(title)) WHERE year IS NULL;

INSERT INTO language VALUES (1, 'English'), (2, 'Italian'), (3, 'Latin');

INSERT INTO film VALUES
    (1, 'Alien', 1979, 117, 2.5, '1979-05-25 20:00:00', 1, NULL),
    (2, 'Brazil', 1985, NULL, 0.99, NULL, 1, NULL),
    (3, 'Casanova', 1976, 155, 7, NULL, 2, NULL),
    (4, '50% off', NULL, NULL, NULL, NULL, 2, NULL);
