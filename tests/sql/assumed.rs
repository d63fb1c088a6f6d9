//! Types that no file makes lose nothing but what is not known of them.

use umbel_schema::model::{DataType, ObjectName};
use umbel_schema::sql::{Reading, Severity, SqlFile};

use crate::corpus::compare;
use crate::said::read;
use crate::statements::loaded;

/// What is said of the files, each with how much it matters.
#[track_caller]
fn check(text: &str, expect: &[(Severity, &str)]) -> Reading {
    let reading = read(text);
    let said: Vec<(Severity, String)> = reading
        .warnings
        .iter()
        .map(|warning| (warning.severity, warning.to_string()))
        .collect();
    let expect: Vec<(Severity, String)> = expect
        .iter()
        .map(|(severity, message)| (*severity, (*message).to_owned()))
        .collect();
    assert_eq!(said, expect);
    reading
}

fn types(reading: &Reading, table: &str) -> Vec<DataType> {
    let mut relations = reading.schema.relations.iter();
    let relation = relations.find(|relation| relation.name.name == table);
    let columns = relation.map_or(&[][..], |relation| &relation.columns);
    columns
        .iter()
        .map(|column| column.data_type.clone())
        .collect()
}

fn other(schema: &str, name: &str) -> DataType {
    DataType::Other(ObjectName::new(schema, name))
}

/// A dump of one schema has no CREATE EXTENSION: it means what it means where the extensions are.
#[test]
fn types_of_extensions_are_known_without_them() {
    const EXTENSIONS: &str = "CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION ltree;
CREATE EXTENSION cube;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION intarray;\n";
    const TEXT: &str = "CREATE DOMAIN public.email AS public.citext CHECK (VALUE ~ '@');
CREATE TYPE public.tagged AS (tags public.hstore, path public.ltree);
CREATE FUNCTION public.same(a citext, b citext) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a = b';
CREATE TABLE public.account (
    id integer PRIMARY KEY,
    email public.email NOT NULL,
    name public.citext DEFAULT 'nobody'::public.citext,
    names public.citext[] DEFAULT '{}'::public.citext[],
    path ltree,
    paths ltree[],
    size cube,
    extra public.hstore DEFAULT ''::public.hstore NOT NULL,
    tagged public.tagged,
    numbers integer[],
    CHECK (public.same(name, 'x'::citext))
);
ALTER TABLE public.account ADD COLUMN other text;
ALTER TABLE public.account ALTER COLUMN other TYPE citext;
CREATE TABLE public.child (more int) INHERITS (public.account);
CREATE TABLE public.likewise (LIKE public.account INCLUDING ALL);
CREATE INDEX account_path ON public.account USING gist (path);
CREATE INDEX account_paths ON public.account USING gist (paths gist__ltree_ops);
CREATE INDEX account_words ON public.account USING gin (other gin_trgm_ops);
CREATE INDEX account_numbers ON public.account USING gin (numbers gin__int_ops);
CREATE UNIQUE INDEX account_name ON public.account (name);
CREATE VIEW public.named AS SELECT id, name, 'x'::citext AS x, path FROM public.account;
COMMENT ON COLUMN public.account.path IS 'where it stands';\n";
    let database = loaded(&format!("{EXTENSIONS}{TEXT}"));
    let file = SqlFile {
        name: "a.sql".to_owned(),
        text: TEXT.to_owned(),
    };
    compare("assumed", file, &database);
}

#[test]
fn a_type_of_an_extension_is_said_once_and_with_its_place() {
    let reading = check(
        "CREATE TABLE place (id int PRIMARY KEY, at geometry(Point,4326), near public.geography);
CREATE TABLE item (id int PRIMARY KEY, at geometry, sense extensions.vector(3));",
        &[
            (
                Severity::Warning,
                "a.sql:1:44: type `geometry` is created by no file: it is taken for the one of the extension `postgis`",
            ),
            (
                Severity::Warning,
                "a.sql:1:71: type `public.geography` is created by no file: it is taken for the one of the extension `postgis`",
            ),
            (
                Severity::Warning,
                "a.sql:2:59: type `extensions.vector` is created by no file: it is taken for the one of the extension `vector`",
            ),
        ],
    );
    assert_eq!(types(&reading, "place")[1], other("public", "geometry"));
    assert_eq!(types(&reading, "item")[2], other("extensions", "vector"));
    let column = &reading.schema.relations[1].columns[1];
    assert_eq!(column.sql_type, "public.geometry(Point,4326)");
    assert!(reading.strictly().is_ok(), "nothing is lost");
}

#[test]
fn a_type_that_is_not_known_loses_no_table() {
    const TEXT: &str = "CREATE DOMAIN rank AS shop.grade;
CREATE TYPE pair AS (a shop.grade, b int);
CREATE TABLE film (
    id int PRIMARY KEY,
    mood shop.mood DEFAULT 'good'::shop.mood NOT NULL,
    moods shop.mood[] DEFAULT '{}'::shop.mood[],
    rank rank,
    pair pair,
    CHECK (mood <> 'bad'::shop.mood)
);
ALTER TABLE film ADD COLUMN size shop.dimension(3);
ALTER TABLE film ALTER COLUMN rank TYPE shop.mood USING NULL;
CREATE INDEX ON film (mood);
CREATE VIEW good AS SELECT id, mood FROM film;";
    let reading = check(
        TEXT,
        &[
            (
                Severity::Refused,
                "a.sql:1:23: type `shop.grade` is created by no file: it is known by its name alone, and its values as text",
            ),
            (
                Severity::Refused,
                "a.sql:5:10: type `shop.mood` is created by no file: it is known by its name alone, and its values as text",
            ),
            (
                Severity::Refused,
                "a.sql:11:34: type `shop.dimension` is created by no file: it is known by its name alone, and its values as text",
            ),
        ],
    );
    let mood = other("shop", "mood");
    let of_film = types(&reading, "film");
    assert_eq!(of_film[1], mood);
    assert_eq!(of_film[2], DataType::Array(Box::new(mood.clone())));
    assert_eq!(of_film[3], mood);
    assert_eq!(of_film[5], other("shop", "dimension"));
    assert_eq!(types(&reading, "good")[1], mood);
    let film = &reading.schema.relations[0];
    assert_eq!(
        film.columns[1].default.as_deref(),
        Some("'good'::shop.mood")
    );
    assert_eq!(film.indexes.len(), 2);
    assert_eq!(reading.schema.domains[0].base, other("shop", "grade"));
    assert!(reading.failed.is_empty());
    assert!(read(TEXT).strictly().is_err(), "a server refuses it");
}

/// psql would have refused what comes before; the table is there, and in the end it has the type.
#[test]
fn a_type_that_comes_later_is_said_and_becomes_that_type() {
    let reading = check(
        "CREATE TABLE film (id int PRIMARY KEY, mood public.mood, name citext, moods public.mood[]);
CREATE TYPE mood AS ENUM ('good', 'bad');
ALTER TYPE mood ADD VALUE 'none';
CREATE EXTENSION citext;
CREATE TABLE book (id int PRIMARY KEY, mood mood, name citext);",
        &[
            (Severity::Refused, "a.sql:1:45: type `public.mood` does not exist"),
            (
                Severity::Refused,
                "a.sql:1:63: type `citext` does not exist",
            ),
        ],
    );
    let mood = DataType::Enum(ObjectName::new("public", "mood"));
    assert_eq!(
        types(&reading, "film")[1..],
        [
            mood.clone(),
            DataType::Citext,
            DataType::Array(Box::new(mood.clone()))
        ]
    );
    assert_eq!(types(&reading, "book")[1..], [mood, DataType::Citext]);
    assert_eq!(reading.schema.enums[0].labels, ["good", "bad", "none"]);
}

/// What is only assumed is not there where a statement asks for it.
#[test]
fn a_type_that_is_assumed_answers_no_question() {
    let reading = read(
        "CREATE TABLE film (id int PRIMARY KEY, mood public.mood);
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
        CREATE TYPE mood AS ENUM ('good');
    END IF;
END $$;
DROP TYPE IF EXISTS citext;
DO $$ BEGIN
    ALTER TABLE film ADD COLUMN name citext;
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE film ADD COLUMN name text;
END $$;",
    );
    assert_eq!(
        types(&reading, "film")[1..],
        [
            DataType::Enum(ObjectName::new("public", "mood")),
            DataType::Text
        ]
    );
}
