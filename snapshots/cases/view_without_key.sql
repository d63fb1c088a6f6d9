-- Read-only pages: a view, a materialized view, a table without a key.
CREATE TABLE city (city_id integer PRIMARY KEY, name text NOT NULL, country text NOT NULL);

CREATE VIEW city_of_norway AS
    SELECT city_id, name FROM city WHERE country = 'Norway';

CREATE MATERIALIZED VIEW country_size AS
    SELECT country, count(*) AS cities FROM city GROUP BY country;

CREATE TABLE log (
    at timestamptz NOT NULL DEFAULT now(),
    message text NOT NULL
);
