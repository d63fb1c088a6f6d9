-- What a database says for itself: triggers, rules, policies, and types without operators.

-- Each weight is refused in another way.
CREATE TABLE parcel (
    parcel_id serial PRIMARY KEY,
    weight integer,
    name text CONSTRAINT parcel_name_key UNIQUE,
    note text CONSTRAINT parcel_note_check CHECK (note <> 'bad')
);
CREATE FUNCTION without_return() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION weigh() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE new.weight
        WHEN 1 THEN RAISE EXCEPTION 'Parcels weigh more than that' USING ERRCODE = 'UX001';
        WHEN 2 THEN RAISE EXCEPTION 'Someone took this weight' USING ERRCODE = 'unique_violation';
        WHEN 3 THEN RAISE EXCEPTION 'Not three.' USING HINT = 'Take four.', DETAIL = 'Three is odd';
        WHEN 4 THEN RAISE EXCEPTION 'Five is right' USING ERRCODE = '45000', COLUMN = 'weight';
        WHEN 5 THEN
            RAISE EXCEPTION 'This name is reserved' USING ERRCODE = 'unique_violation', CONSTRAINT = 'parcel_name_key',
                TABLE = 'parcel', SCHEMA = 'public';
        WHEN 6 THEN RAISE EXCEPTION 'Say it more kindly' USING ERRCODE = 'check_violation', COLUMN = 'note';
        WHEN 7 THEN RAISE EXCEPTION 'Nobody lives there' USING ERRCODE = 'foreign_key_violation';
        WHEN 8 THEN RAISE EXCEPTION 'Only the owner weighs' USING ERRCODE = 'insufficient_privilege';
        WHEN 9 THEN RAISE EXCEPTION 'The scales are broken' USING ERRCODE = 'internal_error';
        WHEN 10 THEN RAISE EXCEPTION 'Own words' USING ERRCODE = 'U0001';
        WHEN 11 THEN ASSERT false, 'Never eleven';
        -- What nobody wrote for people.
        WHEN 20 THEN PERFORM count(*) FROM no_such_table;
        WHEN 21 THEN SELECT parcel_id INTO STRICT new.parcel_id FROM parcel WHERE false;
        WHEN 22 THEN PERFORM without_return();
        WHEN 23 THEN CASE new.weight WHEN 1 THEN NULL; END CASE;
        WHEN 24 THEN PERFORM (SELECT 1 FROM generate_series(1, 2));
        -- A column of another table is called as one of this.
        WHEN 25 THEN INSERT INTO tag (name) VALUES (NULL);
        WHEN 26 THEN PERFORM pg_sleep(60);
        ELSE NULL;
    END CASE;
    RETURN new;
END $$;
CREATE TRIGGER weigh BEFORE INSERT OR UPDATE ON parcel FOR EACH ROW EXECUTE FUNCTION weigh();
CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.weight = 40 THEN RAISE EXCEPTION 'It is on its way' USING ERRCODE = 'UX002', HINT = 'Call it back first.'; END IF;
    -- Kept without a word.
    IF old.weight = 41 THEN RETURN NULL; END IF;
    RETURN old;
END $$;
CREATE TRIGGER hold BEFORE DELETE ON parcel FOR EACH ROW EXECUTE FUNCTION hold();
CREATE FUNCTION seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.note = 'sealed' THEN RETURN NULL; END IF;
    RETURN new;
END $$;
CREATE TRIGGER seal BEFORE UPDATE ON parcel FOR EACH ROW EXECUTE FUNCTION seal();

-- Rows that are stored in a child, or left out.
CREATE TABLE reading (reading_id serial PRIMARY KEY, taken date NOT NULL, value integer);
CREATE TABLE reading_2024 (CHECK (taken >= '2024-01-01' AND taken < '2025-01-01')) INHERITS (reading);
CREATE FUNCTION route() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.taken >= '2024-01-01' THEN INSERT INTO reading_2024 VALUES (new.*); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER route BEFORE INSERT ON reading FOR EACH ROW EXECUTE FUNCTION route();

-- Rules that stand for a statement say nothing of the rows that it wrote. What is deleted is only marked.
CREATE TABLE ticket (ticket_id serial PRIMARY KEY, subject text NOT NULL, gone boolean NOT NULL DEFAULT false);
CREATE RULE ticket_insert AS ON INSERT TO ticket WHERE new.subject = 'spam' DO INSTEAD NOTHING;
CREATE RULE ticket_update AS ON UPDATE TO ticket WHERE old.subject = 'kept' AND new.subject <> 'kept' DO INSTEAD NOTHING;
CREATE RULE ticket_delete AS ON DELETE TO ticket DO INSTEAD
    UPDATE ticket SET gone = true WHERE ticket_id = old.ticket_id;
CREATE TABLE errand (errand_id serial PRIMARY KEY, subject text NOT NULL);
CREATE RULE errand_insert AS ON INSERT TO errand WHERE new.subject = 'spam' DO INSTEAD NOTHING;
CREATE RULE errand_update AS ON UPDATE TO errand WHERE old.subject = 'kept' AND new.subject <> 'kept' DO INSTEAD NOTHING;
-- What is archived is in another table, and the person who deleted it has got what was wanted.
CREATE TABLE letter (letter_id serial PRIMARY KEY, body text);
CREATE TABLE letter_archive (letter_id integer, body text);
CREATE FUNCTION archive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN RETURN old; END IF;
    INSERT INTO letter_archive VALUES (old.*);
    DELETE FROM letter WHERE letter_id = old.letter_id;
    RETURN NULL;
END $$;
CREATE TRIGGER archive BEFORE DELETE ON letter FOR EACH ROW EXECUTE FUNCTION archive();

-- Rows that a policy guards from the role of the application.
CREATE TABLE memo (memo_id serial PRIMARY KEY, owner text NOT NULL, body text);
ALTER TABLE memo ENABLE ROW LEVEL SECURITY;
CREATE POLICY memo_read ON memo FOR SELECT USING (true);
CREATE POLICY memo_write ON memo FOR INSERT WITH CHECK (owner = 'me');
CREATE POLICY memo_change ON memo FOR UPDATE USING (owner = 'me');
CREATE POLICY memo_remove ON memo FOR DELETE USING (owner = 'me');

-- Rows that may be added, and not be seen.
CREATE TABLE wish (wish_id serial PRIMARY KEY, owner text NOT NULL, body text);
ALTER TABLE wish ENABLE ROW LEVEL SECURITY;
CREATE POLICY wish_read ON wish FOR SELECT USING (owner = 'me');
CREATE POLICY wish_write ON wish FOR INSERT WITH CHECK (owner <> 'nobody');
-- A view that does not show what may be written through it.
CREATE TABLE task (task_id serial PRIMARY KEY, title text NOT NULL, done boolean NOT NULL DEFAULT false);
CREATE VIEW open_task AS SELECT task_id, title, done FROM task WHERE NOT done;

-- Rows that count others along, in an order that collides: those of the second table in a transaction.
CREATE TABLE tally (tally_id integer PRIMARY KEY, count integer NOT NULL);
INSERT INTO tally VALUES (1, 0), (2, 0);
CREATE FUNCTION tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tally SET count = count + 1 WHERE tally_id = 1;
    UPDATE tally SET count = count + 1 WHERE tally_id = 2;
    RETURN new;
END $$;
CREATE TABLE entry (entry_id serial PRIMARY KEY, note text);
CREATE TABLE receipt (receipt_id serial PRIMARY KEY, note text);
CREATE TRIGGER tally BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION tally();
CREATE TRIGGER tally BEFORE INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION tally();

-- Functions that know the types of another table by heart, as long as their connection lasts: of a record, of variables.
CREATE TABLE gauge (gauge_id integer PRIMARY KEY, most integer, code varchar(3));
CREATE TABLE crate (crate_id serial PRIMARY KEY, label text, height integer);
CREATE TABLE stack (stack_id serial PRIMARY KEY, label text, height integer);
CREATE FUNCTION measure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gauge record;
    code gauge.code%TYPE;
    most integer;
BEGIN
    SELECT * INTO gauge FROM public.gauge LIMIT 1;
    most := gauge.most;
    code := new.label;
    IF new.height > most THEN RAISE EXCEPTION 'Not higher than %', most; END IF;
    RETURN new;
END $$;
CREATE TRIGGER measure BEFORE INSERT OR UPDATE ON crate FOR EACH ROW EXECUTE FUNCTION measure();
CREATE TRIGGER measure BEFORE INSERT OR UPDATE ON stack FOR EACH ROW EXECUTE FUNCTION measure();
CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gauge record; most integer;
BEGIN
    SELECT * INTO gauge FROM public.gauge LIMIT 1;
    most := gauge.most;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER count_up AFTER UPDATE ON stack DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION count_up();

-- References, in both directions.
CREATE TABLE depot (code text PRIMARY KEY, main text REFERENCES depot ON UPDATE NO ACTION);
CREATE TABLE van (van_id serial PRIMARY KEY, depot text REFERENCES depot);

-- Not filled, and not to be read.
CREATE MATERIALIZED VIEW summary AS SELECT 1 AS summary_id WITH NO DATA;
CREATE TABLE question (question_id serial PRIMARY KEY, words tsquery);

-- Slow, and broken only when it is read.
CREATE VIEW slow AS SELECT 1 AS slow_id, pg_sleep(600)::text AS nothing;
CREATE VIEW bulky AS SELECT bulky_id, 1 AS nothing FROM generate_series(1, 100000) AS bulky_id;
CREATE VIEW broken AS SELECT parcel_id, 1 / (parcel_id - parcel_id) AS nothing FROM parcel;

-- Texts that are equal although they differ.
CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN loose_text AS text COLLATE loose;
CREATE TABLE member (member_id serial PRIMARY KEY, mail text COLLATE loose NOT NULL UNIQUE, nick loose_text, plain text);

-- A domain over an enum, in a key and as an element; PostgreSQL lets nothing refer to one.
CREATE TYPE mood AS ENUM ('sad', 'fair', 'great');
CREATE DOMAIN temper AS mood;
CREATE TABLE face (face_id integer, temper temper, name text NOT NULL, PRIMARY KEY (face_id, temper));
CREATE TABLE guest (
    guest_id serial PRIMARY KEY,
    temper temper,
    known temper[],
    plain mood
);

-- Saved together with its tags, in a transaction.
CREATE TABLE tag (tag_id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE parcel_tag (
    parcel_id integer REFERENCES parcel ON DELETE CASCADE,
    tag_id integer REFERENCES tag,
    PRIMARY KEY (parcel_id, tag_id)
);
CREATE TABLE stack_tag (
    stack_id integer REFERENCES stack ON DELETE CASCADE,
    tag_id integer REFERENCES tag,
    PRIMARY KEY (stack_id, tag_id)
);
CREATE TABLE receipt_tag (
    receipt_id integer REFERENCES receipt ON DELETE CASCADE,
    tag_id integer REFERENCES tag,
    PRIMARY KEY (receipt_id, tag_id)
);
CREATE TABLE errand_tag (
    errand_id integer REFERENCES errand ON DELETE CASCADE,
    tag_id integer REFERENCES tag,
    PRIMARY KEY (errand_id, tag_id)
);
