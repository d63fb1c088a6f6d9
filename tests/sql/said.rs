//! What the reader of SQL files does not take over is said, and what is not known is not guessed.

use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, Reading, SqlFile};

/// Reads a text as a file.
#[track_caller]
pub(crate) fn read(text: &str) -> Reading {
    let file = SqlFile {
        name: "a.sql".to_owned(),
        text: text.to_owned(),
    };
    sql::read(&[file], &ReadOptions::default()).unwrap_or_else(|error| panic!("{error:?}"))
}

fn notes(reading: &Reading) -> Vec<String> {
    let notes = reading.schema.notes.iter();
    notes
        .map(|note| format!("{}: {}", note.subject, note.message))
        .collect()
}

fn warnings(reading: &Reading) -> Vec<String> {
    reading.warnings.iter().map(ToString::to_string).collect()
}

/// Since PostgreSQL 18 constraints need not be kept, keys may be over periods, and every NOT NULL has a name.
#[test]
fn constraints_of_postgresql_18() {
    let reading = read(
        "CREATE TABLE room (
             id int4range,
             during daterange,
             price int CONSTRAINT cheap CHECK (price < 100) NOT ENFORCED,
             twice int GENERATED ALWAYS AS (price * 2),
             name text CONSTRAINT named NOT NULL,
             floor int NOT NULL,
             CONSTRAINT room_key PRIMARY KEY (id, during WITHOUT OVERLAPS),
             CONSTRAINT size NOT NULL price NO INHERIT
         );
         CREATE TABLE booking (
             id int PRIMARY KEY,
             room_id int4range,
             during daterange,
             room text,
             CONSTRAINT booked FOREIGN KEY (room_id, PERIOD during) REFERENCES room (id, PERIOD during),
             CONSTRAINT loose FOREIGN KEY (id) REFERENCES booking NOT ENFORCED
         );
         ALTER TABLE room DROP CONSTRAINT named;
         ALTER TABLE room DROP CONSTRAINT room_floor_not_null;
         ALTER TABLE booking ADD CONSTRAINT later NOT NULL room NOT VALID;
         ALTER TABLE room RENAME CONSTRAINT size TO sized;
         ALTER TABLE room DROP CONSTRAINT sized;",
    );
    assert_eq!(
        notes(&reading),
        [
            "public.booking: the constraint `loose` is NOT ENFORCED",
            "public.booking: the foreign key `booked` over PERIOD is left out",
            "public.room: the check `cheap` is NOT ENFORCED, and left out",
            "public.room: the key `room_key` WITHOUT OVERLAPS is read as a plain one",
        ]
    );
    let [booking, room] = reading.schema.relations.as_slice() else {
        panic!("two tables");
    };
    assert_eq!(booking.foreign_keys.len(), 1);
    assert_eq!(room.checks, []);
    assert_eq!(room.indexes[0].method, "gist");
    let not_null: Vec<_> = room
        .columns
        .iter()
        .filter(|column| column.not_null)
        .collect();
    let not_null: Vec<_> = not_null.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(not_null, ["id", "during"]);
    let stored = room.columns[3]
        .generated
        .as_ref()
        .map(|generated| generated.stored);
    assert_eq!(stored, Some(false));
    assert!(!booking.columns[3].not_null, "its rows were not looked at");
}

/// What cannot be decided without a server is a warning at its place, and the rest of the block is read.
#[test]
fn do_blocks_that_cannot_be_decided() {
    let reading = read(
        "CREATE TABLE film (id int);
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_stat_activity) THEN
        DROP TABLE film;
    END IF;
    ALTER TABLE film ADD COLUMN title text;
    EXECUTE (SELECT string_agg('DROP TABLE ' || relname, ';') FROM pg_class);
    LOOP
        ALTER TABLE film ADD COLUMN year int;
    END LOOP;
END
$$;
DO LANGUAGE plperl $$ spi_exec_query('DROP TABLE film') $$;",
    );
    let said =
        "whether this part of the DO block is run, and on what, cannot be told from the files";
    assert_eq!(
        warnings(&reading),
        [
            format!("a.sql:4:5: {said}"),
            format!("a.sql:8:5: {said}"),
            format!("a.sql:9:5: {said}"),
            "a.sql:14:1: a DO block is not run: what it does to the schema is missing".to_owned(),
        ]
    );
    let columns: Vec<_> = reading.schema.relations[0].columns.iter().collect();
    let columns: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(columns, ["id", "title"]);
}

/// A block that changes rows, roles or settings has nothing to do with the schema.
#[test]
fn do_blocks_without_structure_are_no_warning() {
    let reading = read(
        "CREATE TABLE film (id int);
         DO $$
         DECLARE total int; r record;
         BEGIN
             SELECT count(*) INTO total FROM film;
             IF total > 3 THEN RAISE NOTICE 'many'; END IF;
             FOR r IN SELECT * FROM film LOOP
                 UPDATE film SET id = r.id + 1 WHERE id = r.id;
             END LOOP;
             IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN
                 CREATE ROLE reader;
             END IF;
             EXECUTE format('GRANT SELECT ON %I TO reader', 'film');
             EXECUTE 'INSERT INTO film VALUES (1)';
             PERFORM setval('film_id_seq', 1);
         END $$;",
    );
    assert_eq!(warnings(&reading), [""; 0]);
    assert_eq!(reading.schema.relations.len(), 1);
}

/// A query that is not understood hides columns: what stands upon them is kept, with what is known of it.
#[test]
fn indexes_on_unknown_columns_are_kept() {
    let reading = read(
        "CREATE TABLE film (id int PRIMARY KEY, title text);
         CREATE MATERIALIZED VIEW totals AS
             SELECT * FROM XMLTABLE('/r' PASSING '<r/>' COLUMNS id int, total int) AS x;
         CREATE UNIQUE INDEX ON totals (id);
         CREATE INDEX ON totals (total DESC, lower(name));
         COMMENT ON COLUMN totals.total IS 'All of them';
         CREATE MATERIALIZED VIEW upon AS SELECT t.*, f.title FROM totals AS t JOIN film AS f USING (id);
         CREATE INDEX ON upon (id, title);
         CREATE VIEW last AS SELECT id, title, other FROM upon;",
    );
    let relation = |name: &str| {
        let mut relations = reading.schema.relations.iter();
        relations
            .find(|relation| relation.name.name == name)
            .expect("it is there")
    };
    let columns = |name: &str| {
        let columns = relation(name).columns.iter();
        columns
            .map(|column| column.name.as_str())
            .collect::<Vec<_>>()
    };
    let indexes = |name: &str| {
        let indexes = relation(name).indexes.iter();
        indexes.map(|index| index.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(columns("totals"), ["id", "total"]);
    assert_eq!(
        indexes("totals"),
        ["totals_id_idx", "totals_total_lower_idx"]
    );
    assert_eq!(columns("upon"), ["id", "total", "title"]);
    assert_eq!(indexes("upon"), ["upon_id_title_idx"]);
    assert_eq!(columns("last"), ["id", "title", "other"]);
    assert_eq!(relation("last").columns[1].sql_type, "text");
    assert!(notes(&reading).contains(
        &"public.totals.total: the type of this column cannot be told from the files".to_owned()
    ));
}

/// The second file is another session: what the first had for itself is gone, and so is its search path.
#[test]
fn each_file_is_a_session() {
    let files = [
        "CREATE SCHEMA app; SET search_path = app; CREATE TEMP TABLE t (a int); BEGIN;",
        "CREATE TABLE t (b int);",
    ];
    let files: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(number, text)| SqlFile {
            name: format!("{number}.sql"),
            text: (*text).to_owned(),
        })
        .collect();
    let reading = sql::read(&files, &ReadOptions::default()).expect("they are read");
    assert_eq!(reading.schema.relations[0].name.to_string(), "public.t");
}

/// What the parser does not know may be known to the server; what the server refuses spoils the transaction.
#[test]
fn what_cannot_be_parsed_takes_no_transaction_along() {
    let names = |reading: &Reading| {
        let relations = reading.schema.relations.iter();
        relations
            .map(|relation| relation.name.to_string())
            .collect::<Vec<_>>()
    };
    let unknown = read(
        "BEGIN; CREATE TABLE a (id int); CREATE THING b OF c; CREATE TABLE d (id int); COMMIT;",
    );
    assert_eq!(names(&unknown), ["public.a", "public.d"]);
    assert_eq!(unknown.warnings.len(), 1, "{:?}", warnings(&unknown));
    let refused = read(
        "CREATE TABLE kept (id int);
         BEGIN; CREATE TABLE a (id int); ALTER TABLE nowhere ADD COLUMN id int; CREATE TABLE d (id int); COMMIT;",
    );
    assert_eq!(names(&refused), ["public.kept"]);
}

/// A tool makes the schema of its migrations itself; one that the files drop is not there.
#[test]
fn schemas_that_no_file_makes_are_taken_to_be_there() {
    let files = |texts: &[&str]| {
        let files = texts.iter().enumerate().map(|(number, text)| SqlFile {
            name: format!("{number}.sql"),
            text: (*text).to_owned(),
        });
        let options = ReadOptions {
            schemas: vec!["app".to_owned()],
        };
        sql::read(&files.collect::<Vec<_>>(), &options)
    };
    let read = files(&[
        "CREATE TYPE app.mood AS ENUM ('good'); CREATE TABLE app.film (id int, mood app.mood);",
        "ALTER DATABASE shop SET search_path TO app, public;",
        "CREATE TABLE rental (id int);",
    ]);
    let reading = read.expect("the files are read");
    let names: Vec<String> = reading
        .schema
        .relations
        .iter()
        .map(|relation| relation.name.to_string())
        .collect();
    assert_eq!(names, ["app.film", "app.rental"]);
    assert_eq!(
        warnings(&reading),
        ["0.sql:1:13: no file makes the schema `app`: it is taken to be there"]
    );
    files(&["DROP SCHEMA IF EXISTS app; CREATE TABLE app.film (id int);"])
        .expect_err("there is no such schema");
}

/// What decides within a function is a table's row: what it does is not known, and said where it is called.
#[test]
fn calls_that_the_files_do_not_decide() {
    let reading = read(
        "CREATE TABLE version (number int);
         CREATE FUNCTION migrate() RETURNS void LANGUAGE plpgsql AS $$
         DECLARE next int;
         BEGIN
             SELECT number + 1 INTO next FROM version;
             IF next = 1 THEN EXECUTE 'CREATE TABLE film (id int)'; END IF;
         END $$;
         SELECT migrate();
         CREATE FUNCTION endless() RETURNS void LANGUAGE plpgsql AS $$
         BEGIN PERFORM endless(); PERFORM endless(); CREATE TABLE IF NOT EXISTS made (id int); END $$;
         SELECT endless();",
    );
    let names: Vec<&str> = reading
        .schema
        .relations
        .iter()
        .map(|relation| relation.name.name.as_str())
        .collect();
    assert_eq!(names, ["made", "version"]);
    let warnings = warnings(&reading);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(
        warnings
            .iter()
            .all(|warning| warning.contains("what the function that is called here does")),
        "{warnings:?}"
    );
}
