//! Indexes of SQLite.

use umbel_schema::model::Dialect;

use super::check_in;

#[test]
fn sqlite_has_its_rows_in_the_order_of_their_key() {
    let check = |sql: &str, expect: &[&str]| check_in(Dialect::Sqlite, sql, expect);
    check("CREATE TABLE a (id INTEGER PRIMARY KEY)", &[]);
    check(
        "CREATE TABLE a (b TEXT, c TEXT, PRIMARY KEY (b, c)) WITHOUT ROWID",
        &[],
    );
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY);
         CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a, a INTEGER REFERENCES a) STRICT;",
        &["CREATE INDEX \"b_a_idx\" ON \"b\" (\"a\");"],
    );
}

#[test]
fn sqlite_compares_by_the_collation_of_the_column() {
    let check = |index: &str, expect: &[&str]| {
        let sql = format!(
            "CREATE TABLE a (code TEXT COLLATE NOCASE PRIMARY KEY);
             CREATE TABLE b (id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE REFERENCES a);
             {index};"
        );
        check_in(Dialect::Sqlite, &sql, expect);
    };
    let missing = ["CREATE INDEX \"b_code_idx\" ON \"b\" (\"code\");"];
    check("", &missing);
    check("CREATE INDEX i ON b (code)", &[]);
    check("CREATE INDEX i ON b (code COLLATE BINARY)", &missing);
    check("CREATE INDEX i ON b (code) WHERE code IS NOT NULL", &[]);
    check("CREATE INDEX i ON b (code) WHERE code > 'x'", &missing);
    check("CREATE INDEX i ON b (lower(code))", &missing);
}
