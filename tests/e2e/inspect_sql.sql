-- What no schema of the corpus has, and what makes statements wait for each other.
CREATE SCHEMA "Odd Names";
CREATE SCHEMA parts;
CREATE EXTENSION btree_gist WITH SCHEMA parts;
CREATE EXTENSION postgres_fdw;
COMMENT ON SCHEMA parts IS 'Back\slashes and ''quotes''';

-- Types that need each other, and functions that types need.
CREATE COLLATION parts.by_number (provider = icu, locale = 'en-u-kn-true', deterministic = false);
COMMENT ON COLLATION parts.by_number IS 'Numbers in order';
CREATE TYPE public.zz_state AS ENUM ('it''s', 'Übel', 'x\y', '');
CREATE DOMAIN public.z_base AS text COLLATE "C" NOT NULL DEFAULT 'a'::text;
CREATE FUNCTION parts.is_fine(value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length(value) < 80';
CREATE DOMAIN public.a_derived AS public.z_base CONSTRAINT fine CHECK (parts.is_fine(VALUE)) CHECK (VALUE <> 'b');
COMMENT ON CONSTRAINT fine ON DOMAIN public.a_derived IS 'Fine it is';
CREATE DOMAIN public.b_derived AS public.z_base NOT NULL;
COMMENT ON DOMAIN public.b_derived IS 'A domain';
ALTER DOMAIN public.b_derived ADD CONSTRAINT later CHECK (VALUE <> 'c') NOT VALID;
CREATE TYPE public.a_pair AS (state public.zz_state[], "The Text" public.a_derived, name text COLLATE "C");
COMMENT ON COLUMN public.a_pair."The Text" IS 'A text';
CREATE TYPE public.text_range AS RANGE (subtype = text, collation = "C", multirange_type_name = public.texts);
COMMENT ON TYPE public.text_range IS 'From text to text';

-- Sequences: of a column, of nobody, of an identity with another name.
CREATE SEQUENCE parts.numbers AS smallint START 7 INCREMENT -3 MINVALUE -100 MAXVALUE 100 CACHE 5 CYCLE;
COMMENT ON SEQUENCE parts.numbers IS 'Down';

CREATE TABLE public.base (
    id integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.base_numbers START WITH 10 INCREMENT BY 5),
    number smallint DEFAULT nextval('parts.numbers'),
    old serial,
    text public.a_derived,
    must public.a_derived NOT NULL,
    state public.zz_state DEFAULT 'it''s' NOT NULL,
    pair public.a_pair,
    ranges public.texts,
    natural_order text COLLATE parts.by_number,
    width numeric(6, 2) CONSTRAINT wide CHECK (width > 0) NO INHERIT,
    area numeric GENERATED ALWAYS AS (width * width) STORED,
    CONSTRAINT base_key PRIMARY KEY (id) INCLUDE (width) WITH (fillfactor = 80),
    CONSTRAINT base_number UNIQUE (number, old) DEFERRABLE INITIALLY DEFERRED
) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
ALTER TABLE public.base DROP COLUMN ranges;
ALTER TABLE public.base ADD COLUMN ranges public.texts;
ALTER TABLE public.base ADD CONSTRAINT not_yet CHECK (number <> 5) NOT VALID;
ALTER TABLE public.base ALTER COLUMN natural_order SET STORAGE EXTERNAL;
ALTER TABLE public.base ALTER COLUMN natural_order SET COMPRESSION pglz;
ALTER TABLE public.base ALTER COLUMN width SET STATISTICS 500;
ALTER TABLE public.base ALTER COLUMN width SET (n_distinct = -0.5);
COMMENT ON CONSTRAINT wide ON public.base IS 'Not narrow';
COMMENT ON CONSTRAINT base_key ON public.base IS 'The key';
COMMENT ON INDEX public.base_key IS 'The index of the key';
COMMENT ON COLUMN public.base.must IS '';
CREATE STATISTICS parts.together (dependencies) ON number, old FROM public.base;
COMMENT ON STATISTICS parts.together IS 'They go together';

-- A function that takes a row, used by a check and a default of the same table.
CREATE FUNCTION parts.score(of_row public.base) RETURNS integer LANGUAGE sql IMMUTABLE RETURN (of_row).number + 1;
CREATE FUNCTION parts.fresh() RETURNS text LANGUAGE sql AS 'SELECT ''new''::text';
COMMENT ON FUNCTION parts.fresh() IS 'Something new';
ALTER TABLE public.base ALTER COLUMN natural_order SET DEFAULT parts.fresh();
ALTER TABLE public.base ADD CONSTRAINT scored CHECK (parts.score(base.*) > 0) NO INHERIT;
CREATE FUNCTION parts.all_bases() RETURNS SETOF public.base LANGUAGE sql BEGIN ATOMIC SELECT * FROM public.base; END;
CREATE PROCEDURE parts.clean() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.base; END $$;
COMMENT ON PROCEDURE parts.clean() IS 'Cleans';
CREATE AGGREGATE parts.product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', PARALLEL = SAFE);
CREATE AGGREGATE parts.rows_of(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
COMMENT ON AGGREGATE parts.rows_of(*) IS 'How many';
CREATE OPERATOR parts.<<>> (FUNCTION = textne, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(parts.<<>>));
COMMENT ON OPERATOR parts.<<>> (text, text) IS 'Differs';
ALTER TABLE public.base ADD CONSTRAINT differs CHECK (natural_order OPERATOR(parts.<<>>) 'x');

-- Indexes of every form.
CREATE INDEX "Odd Index" ON public.base USING btree (lower(natural_order) COLLATE "C" text_pattern_ops DESC NULLS LAST)
    INCLUDE (width) WITH (fillfactor = 50) WHERE number > 3;
COMMENT ON INDEX public."Odd Index" IS 'Odd';
CREATE UNIQUE INDEX base_replica ON public.base (must);
CREATE INDEX base_sum ON public.base ((number + old));
ALTER INDEX public.base_sum ALTER COLUMN 1 SET STATISTICS 77;
ALTER TABLE public.base REPLICA IDENTITY USING INDEX base_replica;
ALTER TABLE public.base CLUSTER ON base_sum;

-- Inheritance: an own default, an own NOT NULL, a column of both, a check that stays with the parent.
CREATE TABLE public.a_child (number smallint DEFAULT 3, own text) INHERITS (public.base);
ALTER TABLE public.a_child ALTER COLUMN state SET DEFAULT '';
ALTER TABLE public.a_child ALTER COLUMN pair SET NOT NULL;
ALTER TABLE public.a_child ADD CONSTRAINT own_check CHECK (own <> '');
CREATE TABLE public.other_parent (own text, more integer DEFAULT 4 CHECK (more > 1));
CREATE TABLE public.grand_child () INHERITS (public.a_child, public.other_parent);
ALTER TABLE public.grand_child ALTER COLUMN more DROP DEFAULT;
CREATE TABLE public.another_child (more integer, second text NOT NULL) INHERITS (public.other_parent);
ALTER TABLE public.another_child ALTER COLUMN more DROP DEFAULT;

-- Partitions of partitions, in another schema, with indexes and rules of their own.
CREATE TABLE public.event (
    at timestamptz NOT NULL,
    kind text NOT NULL DEFAULT 'a',
    number integer CHECK (number > 0),
    base_id integer REFERENCES public.base ON DELETE SET NULL,
    PRIMARY KEY (at, kind)
) PARTITION BY RANGE (at);
CREATE TABLE parts.event_2024 PARTITION OF public.event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
    PARTITION BY LIST (kind);
CREATE TABLE parts.event_2024_a PARTITION OF parts.event_2024 (number DEFAULT 5) FOR VALUES IN ('a', 'it''s');
CREATE TABLE parts.event_2024_other (base_id integer, number integer NOT NULL CONSTRAINT event_number_check CHECK (number > 0),
    kind text NOT NULL, at timestamptz NOT NULL);
ALTER TABLE parts.event_2024 ATTACH PARTITION parts.event_2024_other DEFAULT;
CREATE TABLE public.event_rest PARTITION OF public.event DEFAULT;
CREATE INDEX event_number ON public.event (number);
CREATE INDEX own_index ON parts.event_2024_a (lower(kind));
ALTER TABLE parts.event_2024_a ADD CONSTRAINT small CHECK (number < 1000);
COMMENT ON TABLE parts.event_2024_a IS 'A part of a part';
CREATE TABLE public.seen (at timestamptz, kind text,
    CONSTRAINT seen_event FOREIGN KEY (at, kind) REFERENCES public.event MATCH FULL ON UPDATE CASCADE DEFERRABLE);
CREATE TABLE public.by_hash (id bigint) PARTITION BY HASH (id);
CREATE TABLE public.by_hash_0 PARTITION OF public.by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE public.by_expression (a text, b text) PARTITION BY RANGE (lower(a), b COLLATE "C");

-- Foreign keys.
CREATE TABLE public.link (
    a integer,
    b integer,
    "select" text,
    during tstzrange,
    CONSTRAINT pair_key UNIQUE (a, b),
    CONSTRAINT to_self FOREIGN KEY (a, b) REFERENCES public.link (a, b) ON DELETE RESTRICT ON UPDATE SET DEFAULT,
    CONSTRAINT apart EXCLUDE USING gist (a parts.gist_int4_ops WITH OPERATOR(pg_catalog.=), during WITH &&)
        WITH (fillfactor = 60) WHERE (b IS NOT NULL) DEFERRABLE INITIALLY DEFERRED
);
ALTER TABLE public.link ADD CONSTRAINT unchecked FOREIGN KEY (a) REFERENCES public.base NOT VALID;
COMMENT ON CONSTRAINT apart ON public.link IS 'Not at once';
COMMENT ON CONSTRAINT unchecked ON public.link IS 'Perhaps';

-- Names.
CREATE UNLOGGED TABLE "Odd Names"."Tab""le.1" ("Col""umn" integer PRIMARY KEY, "user" serial, "1st" text, "колонка" text);
COMMENT ON COLUMN "Odd Names"."Tab""le.1"."Col""umn" IS 'Line one
line two';
CREATE TABLE "Odd Names".nothing ();
CREATE TABLE "Odd Names".typed OF public.a_pair (state DEFAULT '{}');

-- Views.
CREATE VIEW public.a_view (first, second) WITH (security_barrier) AS
    SELECT id, parts.product(width) FROM public.base GROUP BY id;
CREATE FUNCTION parts.of_view() RETURNS SETOF public.a_view LANGUAGE sql AS 'SELECT * FROM public.a_view';
CREATE VIEW public.a_first_view AS SELECT first FROM parts.of_view();
CREATE VIEW public.checked AS SELECT id, number, state FROM public.base WHERE number > 1 WITH LOCAL CHECK OPTION;
ALTER VIEW public.checked ALTER COLUMN number SET DEFAULT 9;
COMMENT ON COLUMN public.checked.number IS 'A number';
CREATE RECURSIVE VIEW public.counted (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < 5;
CREATE MATERIALIZED VIEW public.kept WITH (fillfactor = 90) AS SELECT first AS id, second FROM public.a_view;
CREATE UNIQUE INDEX kept_id ON public.kept (id);
COMMENT ON MATERIALIZED VIEW public.kept IS 'Kept';
CREATE TABLE public.a_table_of_rows (seen public.a_view, kept public.kept[], base public.base);

-- Triggers, rules, policies.
CREATE FUNCTION parts.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touch BEFORE UPDATE OF number ON public.base FOR EACH ROW WHEN (NEW.number > 0) EXECUTE FUNCTION parts.touch();
CREATE TRIGGER off AFTER INSERT ON public.base FOR EACH STATEMENT EXECUTE FUNCTION parts.touch();
CREATE TRIGGER replica AFTER INSERT ON public.base FOR EACH STATEMENT EXECUTE FUNCTION parts.touch();
CREATE TRIGGER always AFTER INSERT ON public.base FOR EACH STATEMENT EXECUTE FUNCTION parts.touch();
CREATE CONSTRAINT TRIGGER deferred AFTER INSERT ON public.base DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION parts.touch();
ALTER TABLE public.base DISABLE TRIGGER off;
ALTER TABLE public.base ENABLE REPLICA TRIGGER replica;
ALTER TABLE public.base ENABLE ALWAYS TRIGGER always;
COMMENT ON TRIGGER touch ON public.base IS 'Touches';
CREATE TRIGGER of_parts AFTER INSERT ON public.event FOR EACH ROW EXECUTE FUNCTION parts.touch();
CREATE TRIGGER of_one AFTER INSERT ON parts.event_2024_a FOR EACH ROW EXECUTE FUNCTION parts.touch();
CREATE TRIGGER instead INSTEAD OF INSERT ON public.a_view FOR EACH ROW EXECUTE FUNCTION parts.touch();
CREATE RULE quiet AS ON DELETE TO public.base WHERE OLD.number = 1 DO INSTEAD NOTHING;
COMMENT ON RULE quiet ON public.base IS 'Silence';
ALTER TABLE public.base ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.base FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON public.base AS RESTRICTIVE FOR UPDATE TO CURRENT_USER, pg_monitor
    USING (number > 1) WITH CHECK (number > 2);
CREATE POLICY everybody ON public.base USING (true);
COMMENT ON POLICY own ON public.base IS 'Mine';

-- Text search.
CREATE TEXT SEARCH DICTIONARY parts.words (TEMPLATE = simple, accept = false, stopwords = 'english');
CREATE TEXT SEARCH CONFIGURATION public.words (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION public.words ADD MAPPING FOR asciiword, word WITH parts.words, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.words ADD MAPPING FOR host WITH simple;
COMMENT ON TEXT SEARCH DICTIONARY parts.words IS 'Words';
COMMENT ON TEXT SEARCH CONFIGURATION public.words IS 'All words';
CREATE TABLE public.article (
    body text,
    found tsvector GENERATED ALWAYS AS (to_tsvector('public.words', body)) STORED
);
CREATE INDEX article_found ON public.article USING gin (found);

-- Foreign tables.
CREATE SERVER "far away" TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'nowhere', dbname 'it''s');
COMMENT ON SERVER "far away" IS 'Far';
CREATE FOREIGN TABLE public.far (id integer OPTIONS (column_name 'ID') NOT NULL, name text DEFAULT 'x',
    CONSTRAINT positive CHECK (id > 0)) SERVER "far away" OPTIONS (schema_name 's', table_name 't');
COMMENT ON FOREIGN TABLE public.far IS 'Elsewhere';
