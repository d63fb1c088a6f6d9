CREATE TYPE rating AS ENUM ('G', 'PG-13', 'so "so"', 'it''s');
CREATE DOMAIN price AS numeric(6,2);
CREATE TABLE language (
    language_id serial PRIMARY KEY,
    name text NOT NULL,
    "type" text NOT NULL,
    password_hash text
);
CREATE TABLE film (
    film_id serial PRIMARY KEY,
    "Title of it" text NOT NULL,
    "fn" integer,
    "select" boolean NOT NULL DEFAULT true,
    language_id integer NOT NULL REFERENCES language,
    rating rating,
    ratings rating[],
    small smallint,
    big bigint,
    ratio double precision,
    narrow real,
    cost price,
    weight numeric,
    poster bytea,
    thumbs bytea[],
    code uuid,
    day date,
    clock time,
    moment timestamp,
    instant timestamptz,
    length interval,
    origin inet,
    within int4range,
    valid tstzrange,
    grid integer[],
    document jsonb,
    raw json,
    bits bit(3),
    xml xml,
    words tsvector,
    api_token text
);
CREATE TABLE note (film_id integer NOT NULL REFERENCES film, body text);
INSERT INTO language (name, "type", password_hash) VALUES ('Danish', 'living', 'secret');
INSERT INTO film VALUES (
    1, 'Babette "''s" Feast', 7, false, 1, 'PG-13', ARRAY['so "so"', NULL, 'G']::rating[], -1, 9007199254740993, 'NaN', 0.1,
    12.50, 0.000100, '\x00ff', ARRAY['\x01', NULL]::bytea[], '123e4567-e89b-12d3-a456-426614174000', 'infinity', '24:00',
    '2005-05-24 22:53:30', '2005-05-25 00:53:30.5+02', '1 year 2 mons', '10.0.0.0/8', '[1,5)', '[2005-05-24 22:53:30+00,)',
    '{{1,2},{3,NULL}}', '{"a": 1.50}', '{"b":  1,"b":2}', '101', '<a/>', 'feast', 'secret'
);
INSERT INTO film (film_id, "Title of it", language_id) VALUES (2, 'Ordet', 1);
INSERT INTO note VALUES (1, 'good');
