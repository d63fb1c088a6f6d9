-- Every type of PostgreSQL: in the model, in the form, in the list and on the page.
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION ltree;

CREATE TYPE mood AS ENUM ('so "so"', 'it''s <fine>', '🙂', ' spaced ');
CREATE TYPE point_of_sale AS (street text, floor integer);
CREATE DOMAIN percent AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN tags AS text[];
CREATE TYPE text_span AS RANGE (subtype = text);

CREATE TABLE number (
    number_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    small smallint,
    big bigint,
    single real,
    double double precision,
    price numeric(6,2),
    rough numeric(3,-2),
    fine numeric(2,4),
    exact numeric,
    wide numeric(200,100),
    share percent,
    account money,
    relation oid
);

CREATE TABLE sentence (
    sentence_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    line text,
    short varchar(5),
    code char(4),
    letter "char",
    label citext,
    mood mood,
    flag boolean,
    answer boolean NOT NULL,
    key uuid,
    content bytea,
    note json,
    tree jsonb,
    markup xml
);

CREATE TABLE moment (
    moment_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day date,
    clock time,
    clock_there timetz,
    local timestamp,
    instant timestamptz,
    lasting interval
);

CREATE TABLE place (
    place_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host inet,
    network cidr,
    card macaddr,
    long_card macaddr8,
    bits bit(5),
    more_bits varbit(10),
    spot point,
    area box,
    shop point_of_sale,
    pairs hstore,
    path ltree,
    search tsquery,
    log_position pg_lsn,
    steps jsonpath
);

CREATE TABLE span (
    span_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    numbers int4range,
    big_numbers int8range,
    amounts numrange,
    days daterange,
    locals tsrange,
    instants tstzrange,
    words text_span,
    many int4multirange
);

CREATE TABLE series (
    series_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    names text[] NOT NULL DEFAULT '{}',
    more_names text[] NOT NULL,
    numbers integer[],
    amounts numeric(6,2)[],
    exact numeric[],
    moods mood[],
    shares percent[],
    days date[],
    instants timestamptz[],
    flags boolean[],
    notes jsonb[],
    contents bytea[],
    hosts inet[],
    spans int4range[],
    lasting interval[],
    labels tags,
    shops point_of_sale[],
    codes bit(3)[]
);
