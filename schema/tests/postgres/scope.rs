//! Which schemas are read, and what is said where they cannot be.

use umbel_schema::Schema;
use umbel_schema::postgres::Error;

use crate::database::read_schemas;

const SCHEMAS: &str = "
    CREATE SCHEMA a;
    CREATE SCHEMA b;
    CREATE TYPE b.mood AS ENUM ('x');
    CREATE TYPE b.unused AS ENUM ('y');
    CREATE TABLE a.t (id int PRIMARY KEY, mood b.mood[]);
    CREATE TABLE b.t (id int PRIMARY KEY REFERENCES a.t);
";

fn error(result: Result<Schema, Error>) -> (String, String) {
    let error = result.expect_err("an error");
    (error.to_string(), error.hint().unwrap_or_default())
}

#[tokio::test]
async fn types_of_other_schemas() {
    let Some(result) = read_schemas(SCHEMAS, &["a"]).await else {
        return;
    };
    let schema = result.expect("a schema");
    assert_eq!(schema.relations.len(), 1);
    let enums: Vec<_> = schema
        .enums
        .iter()
        .map(|item| item.name.to_string())
        .collect();
    assert_eq!(enums, ["b.mood"]);
}

#[tokio::test]
async fn several_schemas() {
    let Some(result) = read_schemas(SCHEMAS, &["b", "a", "b"]).await else {
        return;
    };
    let schema = result.expect("a schema");
    let names: Vec<_> = schema
        .relations
        .iter()
        .map(|item| item.name.to_string())
        .collect();
    assert_eq!(names, ["a.t", "b.t"]);
}

#[tokio::test]
async fn unknown_schema() {
    let Some(result) = read_schemas(SCHEMAS, &["c"]).await else {
        return;
    };
    let (message, _) = error(result);
    assert_eq!(
        message,
        "schema `c` does not exist; the database has: a, b, public"
    );
}

#[tokio::test]
async fn empty_schema() {
    let Some(result) = read_schemas(SCHEMAS, &[]).await else {
        return;
    };
    let (message, hint) = error(result);
    assert!(
        message
            .starts_with("nothing to read in the schema `public` of the database `umbel_schema_"),
        "{message}"
    );
    assert_eq!(hint, "these schemas hold tables: a, b");
}

#[tokio::test]
async fn extensions_are_left_out() {
    let Some(result) = read_schemas(
        "DO $$ BEGIN CREATE EXTENSION citext; CREATE EXTENSION pg_stat_statements;
             EXCEPTION WHEN OTHERS THEN RAISE EXCEPTION 'contrib is needed: %', SQLERRM; END $$;
         CREATE TABLE t (a citext)",
        &[],
    )
    .await
    else {
        return;
    };
    let schema = result.expect("a schema");
    let names: Vec<_> = schema
        .relations
        .iter()
        .map(|item| item.name.to_string())
        .collect();
    assert_eq!(names, ["public.t"]);
    let column = &schema.relations[0].columns[0];
    assert_eq!(column.data_type, umbel_schema::model::DataType::Citext);
}
