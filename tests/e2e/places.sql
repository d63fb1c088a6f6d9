-- Every type in every place that a column can have. Types are alike that are one type in Rust: of those, one is a
-- sample. With `places.whole` every type is in every place, else the samples; every type has a plain column either way.
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION ltree;

CREATE TYPE mood AS ENUM ('glad', 'sad');
CREATE DOMAIN humour AS mood;
CREATE DOMAIN temper AS humour CHECK (VALUE::mood <> 'sad');
CREATE TYPE spot AS (x integer, y text);
CREATE TYPE speeds AS RANGE (subtype = float8);
CREATE DOMAIN digest AS bytea;
CREATE DOMAIN checksum AS digest CHECK (length(VALUE::bytea) < 100);
CREATE DOMAIN code AS text CHECK (VALUE IN ('a', 'b'));
CREATE DOMAIN counted AS integer CHECK (VALUE > 0);
CREATE DOMAIN tags AS text[];

CREATE TABLE tried (name text PRIMARY KEY, type text NOT NULL, sample boolean NOT NULL);
INSERT INTO tried VALUES
    ('bool', 'boolean', true), ('small', 'smallint', false), ('whole', 'integer', true), ('large', 'bigint', false),
    ('object', 'oid', false), ('single', 'real', true), ('twice', 'double precision', false),
    ('price', 'numeric(10,2)', true), ('amount', 'numeric', true), ('line', 'text', true), ('brief', 'varchar(10)', false),
    ('padded', 'char(3)', false), ('caseless', 'citext', false), ('bytes', 'bytea', true), ('hashed', 'digest', false),
    ('summed', 'checksum', true), ('ident', 'uuid', true), ('day', 'date', true), ('clock', 'time', true),
    ('moment', 'timestamp', true), ('instant', 'timestamptz', true), ('plainjson', 'json', true),
    ('document', 'jsonb', true), ('feeling', 'mood', true), ('humoured', 'humour', false), ('tempered', 'temper', true),
    ('span', 'interval', true), ('address', 'inet', true), ('network', 'cidr', false), ('numbers', 'int4range', true),
    ('longs', 'int8range', false), ('amounts', 'numrange', false), ('days', 'daterange', false),
    ('moments', 'tsrange', false), ('instants', 'tstzrange', true), ('speed', 'speeds', true),
    ('several', 'int4multirange', false), ('texts', 'text[]', true), ('feelings', 'mood[]', true),
    ('humours', 'humour[]', false), ('files', 'bytea[]', true), ('counts', 'integer[]', false),
    ('matrix', 'numeric(4,1)[][]', false), ('dates', 'date[]', false), ('macs', 'macaddr[]', false),
    ('spots', 'spot[]', false), ('ranges', 'int4range[]', false), ('tagged', 'tags', true), ('tables', 'code[]', false),
    ('cash', 'money', true), ('zoned', 'timetz', false), ('mac', 'macaddr', false), ('longmac', 'macaddr8', false),
    ('flags', 'bit(4)', true), ('manyflags', 'varbit(8)', false), ('markup', 'xml', true), ('words', 'tsvector', true),
    ('query', 'tsquery', false), ('place', 'spot', false), ('pairs', 'hstore', false), ('branch', 'ltree', false),
    ('coded', 'code', true), ('counter', 'counted', false), ('point', 'point', true), ('segment', 'lseg', false),
    ('shape', 'polygon', false), ('ring', 'circle', false), ('corners', 'box', false), ('way', 'path', false),
    ('straight', 'line', false), ('position', 'pg_lsn', false), ('snapshot', 'pg_snapshot', false),
    ('class', 'regclass', false), ('letter', '"char"', false), ('naming', 'name', false), ('jpath', 'jsonpath', false),
    ('tuple', 'tid', false), ('transaction', 'xid', false), ('wide', 'xid8', false), ('command', 'cid', false),
    ('objects', 'oidvector', false), ('shorts', 'int2vector', false);

-- What no server can have of a type, such as a key of points, is left out.
CREATE FUNCTION try(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN true;
EXCEPTION WHEN undefined_object OR undefined_table OR undefined_function OR datatype_mismatch THEN
    RETURN false;
END $$;

CREATE TABLE plain (id serial PRIMARY KEY, name text);
CREATE TABLE chosen (id serial PRIMARY KEY, name text);

DO $$
DECLARE
    t record;
    is_whole boolean := current_setting('places.whole')::boolean;
BEGIN
    FOR t IN SELECT * FROM tried LOOP
        EXECUTE format('ALTER TABLE plain ADD %1$s %2$s NOT NULL, ADD maybe_%1$s %2$s,
            ADD same_%1$s %2$s GENERATED ALWAYS AS (maybe_%1$s) STORED', t.name, t.type);
        CONTINUE WHEN NOT (is_whole OR t.sample);
        -- The first column of a list that links to nothing.
        EXECUTE format('CREATE VIEW %1$s_shown AS SELECT %1$s, maybe_%1$s FROM plain', t.name);
        -- The only column of a key, and all that a table has; and one key out of two that a name follows.
        IF NOT try(format('CREATE TABLE %1$s_key (%1$s %2$s PRIMARY KEY)', t.name, t.type)) THEN
            CONTINUE;
        END IF;
        EXECUTE format('CREATE VIEW %1$s_keys AS SELECT %1$s AS name FROM %1$s_key', t.name);
        PERFORM try(format('CREATE TABLE %1$s_unique (id serial PRIMARY KEY, title %2$s NOT NULL UNIQUE)', t.name, t.type));
        -- In keys of two, first and second, and as a reference that is a part of a key, or all of it.
        IF NOT try(format('CREATE TABLE %1$s_pair (a %2$s, b %2$s REFERENCES %1$s_key, PRIMARY KEY (a, b))', t.name, t.type)) THEN
            CONTINUE;
        END IF;
        EXECUTE format('CREATE TABLE %1$s_part (%1$s %2$s PRIMARY KEY REFERENCES %1$s_key, remark text)', t.name, t.type);
        -- A pure junction.
        EXECUTE format('CREATE TABLE %1$s_link (%1$s %2$s REFERENCES %1$s_key, plain integer REFERENCES plain, PRIMARY KEY (%1$s, plain))', t.name, t.type);
        -- Out of a key: what must be there, what may be missing, what refers to no primary key, and keys of two.
        EXECUTE format('ALTER TABLE chosen ADD %1$s %2$s NOT NULL REFERENCES %1$s_key, ADD other_%1$s %2$s REFERENCES %1$s_key,
            ADD titled_%1$s %2$s REFERENCES %1$s_unique (title), ADD FOREIGN KEY (%1$s, other_%1$s) REFERENCES %1$s_pair,
            ADD first_%1$s %2$s, ADD second_%1$s %2$s, ADD FOREIGN KEY (first_%1$s, second_%1$s) REFERENCES %1$s_pair,
            ADD third_%1$s %2$s NOT NULL, ADD fourth_%1$s %2$s NOT NULL, ADD FOREIGN KEY (third_%1$s, fourth_%1$s) REFERENCES %1$s_pair', t.name, t.type);
    END LOOP;
END $$;

DROP TABLE tried;

-- As many columns as a key can have.
DO $$
DECLARE
    columns text := (SELECT string_agg('c' || n, ', ') FROM generate_series(1, 32) AS n);
BEGIN
    EXECUTE format('CREATE TABLE widest (%s, PRIMARY KEY (%s))', replace(columns, ',', ' integer,') || ' integer', columns);
    EXECUTE format('CREATE TABLE of_widest (id serial PRIMARY KEY, %s, FOREIGN KEY (%s) REFERENCES widest)', replace(columns, ',', ' integer,') || ' integer', columns);
END $$;
