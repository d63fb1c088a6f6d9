//! What an application keeps for itself, in a schema of its own.

use umbel_schema::postgres::Error;
use umbel_schema::sql::{self, SqlFile};

use crate::database::{options, read_schemas};

/// As an application makes them.
const OWN: &str = concat!(
    "CREATE SCHEMA umbel; ",
    include_str!("../../../runtime/accounts/src/tables/0001.postgres.sql")
);

/// The names of the relations of some schemas, or else the schemas that are offered: of a server, and of the SQL alone.
async fn check(sql: &str, schemas: &[&str], expect: Result<&[&str], &[&str]>) {
    let file = SqlFile {
        name: "schema.sql".to_owned(),
        text: sql.to_owned(),
    };
    let expect = expect.map(<[&str]>::to_vec).map_err(<[&str]>::to_vec);
    let read = match sql::read(&[file], &options(schemas)) {
        Ok(reading) => Ok(reading.schema),
        Err(sql::Error::Empty { others, .. }) => Err(others),
        Err(error) => panic!("{error}"),
    };
    let named = |schema: &umbel_schema::Schema| {
        let names = schema
            .relations
            .iter()
            .map(|relation| relation.name.name.clone());
        names.collect::<Vec<_>>()
    };
    let found = read.as_ref().map(named).map_err(Clone::clone);
    assert!(is_equal(&found, &expect), "{found:?}");
    let Some(live) = read_schemas(sql, schemas).await else {
        return;
    };
    let found = match live {
        Ok(schema) => Ok(named(&schema)),
        Err(Error::Empty { others, .. }) => Err(others),
        Err(error) => panic!("{error}"),
    };
    assert!(is_equal(&found, &expect), "{found:?}");
}

fn is_equal(
    found: &Result<Vec<String>, Vec<String>>,
    expect: &Result<Vec<&str>, Vec<&str>>,
) -> bool {
    match (found, expect) {
        (Ok(found), Ok(expect)) | (Err(found), Err(expect)) => found == expect,
        _ => false,
    }
}

#[tokio::test]
async fn is_not_shown() {
    let sql = format!("{OWN}; CREATE TABLE film (id int PRIMARY KEY)");
    check(&sql, &[], Ok(&["film"])).await;
}

#[tokio::test]
async fn is_not_offered() {
    check(OWN, &[], Err(&[])).await;
    let sql = format!("{OWN}; CREATE SCHEMA a; CREATE TABLE a.film (id int PRIMARY KEY)");
    check(&sql, &[], Err(&["a"])).await;
}

#[tokio::test]
async fn is_shown_where_it_is_asked_for_by_name() {
    let tables = [
        "attempt",
        "column_rule",
        "group",
        "history",
        "identity",
        "membership",
        "migration",
        "passkey",
        "permission",
        "recovery_code",
        "session",
        "state",
        "token",
        "totp",
        "user",
    ];
    check(OWN, &["umbel"], Ok(&tables)).await;
}

#[tokio::test]
async fn is_known_by_its_ledger() {
    let sql = "CREATE SCHEMA umbel; CREATE TABLE umbel.stand (id int); CREATE TABLE umbel.migration (id int)";
    check(sql, &[], Err(&["umbel"])).await;
    check(sql, &["umbel"], Ok(&["migration", "stand"])).await;
}
