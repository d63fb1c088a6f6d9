//! Values of every type, through an application: listed, shown, opened in a form, saved, filtered by, refused.

mod values;

use std::fs;

use umbel_tests::any_rows;
use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::workspace;

use values::{FILTERS, TABLES, Values, WRONG};

/// The application over `snapshots/cases/types.sql`.
struct Types {
    http: Client,
    app: App,
    database: Database,
    _server: Server,
}

const CASE: &str = "snapshots/cases/types.sql";

fn database() -> Database {
    Database::with(&fs::read_to_string(workspace::root().join(CASE)).unwrap())
}

impl Types {
    fn open() -> Self {
        let database = database();
        let case = workspace::root().join(CASE);
        let app = App::emitted("case_types", &[case], &database);
        any_rows::add(&app);
        Self::over(app, database)
    }

    fn over(app: App, database: Database) -> Self {
        let server = Server::start(&app.build(), &database.url);
        Self {
            app,
            http: Client::new(&server.url),
            database,
            _server: server,
        }
    }

    /// The text of the first row of a table.
    fn row(&self, table: &str) -> String {
        self.database
            .run(&format!("SELECT t FROM {table} t WHERE {table}_id = 1"))
    }
}

/// Sets the columns of the first row, of which each has its `index`th value, or its last.
fn fill(types: &Types, table: &str, columns: &[Values], index: usize) {
    let set = columns.iter().map(|(column, values)| {
        format!(
            "{column} = {}",
            values.get(index).or(values.last()).unwrap()
        )
    });
    let set = set.collect::<Vec<_>>().join(", ");
    types
        .database
        .run(&format!("UPDATE {table} SET {set} WHERE {table}_id = 1"));
}

/// The columns that cannot be null, as they are in a new row.
fn insert(types: &Types, table: &str) {
    let given = match table {
        "sentence" => "(answer) VALUES (false)",
        "series" => "(more_names) VALUES ('{}')",
        _ => "DEFAULT VALUES",
    };
    types.database.run(&format!("INSERT INTO {table} {given}"));
}

fn most_values(columns: &[Values]) -> usize {
    columns
        .iter()
        .map(|(_, values)| values.len())
        .max()
        .unwrap_or_default()
}

#[test]
fn every_value_is_listed_shown_and_saved_as_it_was() {
    save_each(&Types::open());
}

fn save_each(types: &Types) {
    for (table, columns) in TABLES {
        insert(types, table);
        for index in 0..most_values(columns) {
            fill(types, table, columns, index);
            let before = types.row(table);
            let list = types.http.open(&format!("/{table}"));
            assert_eq!(list.rows().len(), 1, "{list}");
            types.http.open(&format!("/{table}/1"));
            let form = types.http.open(&format!("/{table}/1/edit")).form();
            let answer = types.http.submit(&form);
            assert_eq!(answer.status, 303, "{before}: {answer}");
            assert_eq!(types.row(table), before);
        }
    }
}

#[test]
fn without_its_type_every_value_is_shown_as_with_it() {
    let types = Types::open();
    for (table, columns) in TABLES {
        insert(&types, table);
        for index in 0..most_values(columns) {
            fill(&types, table, columns, index);
            let differences = any_rows::differences(&types.http, &types.app);
            assert_eq!(differences, [""; 0], "{}", types.row(table));
        }
    }
}

#[test]
fn every_value_is_typed_into_a_new_row() {
    type_each(&Types::open());
}

#[test]
fn without_its_type_every_value_is_stored_as_with_it() {
    send_each(&Types::open(), |table| format!("/~untyped?/{table}"));
}

/// A form that is typed off another row's, as one that is new: every value is read, sent and stored.
fn type_each(types: &Types) {
    send_each(types, |table| format!("/{table}"));
}

/// The same, sent to another address.
fn send_each(types: &Types, address: fn(&str) -> String) {
    for (table, columns) in TABLES {
        insert(types, table);
        for index in 0..most_values(columns) {
            fill(types, table, columns, index);
            let shown = types.http.open(&format!("/{table}/1/edit")).form();
            let mut form = types.http.open(&format!("/{table}/new")).form();
            let names: Vec<String> = form.fields.iter().map(|(name, _)| name.clone()).collect();
            for name in names.iter().filter(|name| !name.starts_with('_')) {
                form.set_all(name, &shown.values(name));
            }
            form.action = address(table);
            let answer = types.http.submit(&form);
            assert_eq!(answer.status, 303, "{}: {answer}", types.row(table));
            // An empty text is no text in a form, and files are not typed.
            let compared = columns.iter().filter(|(column, values)| {
                let value = values.get(index).or(values.last()).unwrap();
                !["''", "'{}'"].contains(value) && !["content", "line"].contains(column)
            });
            let differences = compared.map(|(column, _)| {
                format!(
                    "CASE WHEN a.{column}::text IS DISTINCT FROM b.{column}::text
                     THEN format('{column}: %s became %s', a.{column}, b.{column}) END"
                )
            });
            let differences = format!(
                "SELECT concat_ws('; ', {}) FROM {table} a, {table} b WHERE a.{table}_id = 1
                 AND b.{table}_id = (SELECT max({table}_id) FROM {table})",
                differences.collect::<Vec<_>>().join(", ")
            );
            assert_eq!(types.database.run(&differences), "", "{table}");
        }
    }
}

#[test]
fn every_value_can_be_cleared() {
    clear_each(&Types::open());
}

fn clear_each(types: &Types) {
    for (table, columns) in TABLES {
        insert(types, table);
        fill(types, table, columns, 0);
        let mut form = types.http.open(&format!("/{table}/1/edit")).form();
        let names: Vec<String> = form.fields.iter().map(|(name, _)| name.clone()).collect();
        for name in names.iter().filter(|name| !name.starts_with('_')) {
            form.set(name, "");
        }
        let answer = types.http.submit(&form);
        assert_eq!(answer.status, 303, "{answer}");
        // Files are cleared by a box of their own; an empty text may stay as it was.
        let columns = columns.iter().filter(|(column, _)| *column != "content");
        let left = columns.map(|(column, _)| {
            format!(
                "CASE WHEN {column}::text <> '{{}}' AND {column}::text <> '' THEN '{column}' END"
            )
        });
        let left = format!(
            "SELECT concat_ws(', ', {}) FROM {table} WHERE {table}_id = 1",
            left.collect::<Vec<_>>().join(", ")
        );
        assert_eq!(types.database.run(&left), "", "{table}");
    }
}

#[test]
fn with_hooks_every_value_is_saved_typed_and_cleared() {
    let first = database();
    let app = App::fresh("hooked_types", &first.url);
    app.customise(&first.url);
    for each in [save_each, type_each, clear_each] {
        each(&Types::over(app.clone(), database()));
    }
}

#[test]
fn every_byte_is_uploaded() {
    let types = Types::open();
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"answer\"\r\n\r\ntrue\r\n\
        --x\r\nContent-Disposition: form-data; name=\"content\"; filename=\"all\"\r\n\r\n"
        .to_vec();
    body.extend((0..=255).chain([13, 10, 45, 45]));
    body.extend(b"\r\n--x--\r\n");
    let answer = types
        .http
        .post_bytes("/sentence", "multipart/form-data; boundary=x", &body);
    assert_eq!(answer.status, 303, "{answer}");
    let expected: String = (0..=255_u8).map(|byte| format!("{byte:02x}")).collect();
    let stored = types
        .database
        .run("SELECT encode(content, 'hex') FROM sentence");
    assert_eq!(stored.replace('\n', ""), expected + "0d0a2d2d");
    let before = types.row("sentence");
    let form = types.http.open("/sentence/1/edit").form();
    assert_eq!(types.http.submit(&form).status, 303);
    assert_eq!(
        types.row("sentence"),
        before,
        "a file that is not sent again stays"
    );
}

#[test]
fn wrong_values_are_refused_at_their_field() {
    let types = Types::open();
    for (table, inputs) in WRONG {
        for (input, typed) in *inputs {
            let mut form = types.http.open(&format!("/{table}/new")).form();
            form.set(input, typed);
            let page = types.http.submit(&form);
            assert_eq!(page.status, 422, "{table}.{input}: {page}");
            let field = input.split('.').next().unwrap();
            let said = page.texts(&format!(".field.invalid #f-{field}-error"));
            assert!(!said.is_empty(), "{table}.{input}: {page}");
            assert!(page.form().values(input).contains(typed), "{page}");
        }
        let count = format!("SELECT count(*) FROM {table}");
        assert_eq!(types.database.run(&count), "0", "{table}");
    }
}

#[test]
fn filters_find_the_value() {
    let types = Types::open();
    for (table, _) in TABLES {
        // A row without any value, which no filter finds.
        insert(&types, table);
    }
    for (table, column, value, query) in FILTERS {
        types
            .database
            .run(&format!("DELETE FROM {table} WHERE {table}_id > 1"));
        insert(&types, table);
        types.database.run(&format!(
            "UPDATE {table} SET {column} = {value} WHERE {table}_id > 1"
        ));
        let page = types.http.open(&format!("/{table}?{query}"));
        assert_eq!(page.rows().len(), 1, "{query}: {page}");
        let none = types.http.open(&format!("/{table}?{column}.null=0"));
        assert_eq!(none.rows().len(), 1, "{column}: {none}");
    }
}

#[test]
fn wrong_filters_are_refused() {
    let types = Types::open();
    for (table, inputs) in WRONG {
        for (input, typed) in *inputs {
            let column = input.split('.').next().unwrap();
            let typed: String = typed.bytes().map(|byte| format!("%{byte:02x}")).collect();
            for operator in ["is", "not", "has", "starts", "min", "max"] {
                let page = types
                    .http
                    .get(&format!("/{table}?{column}.{operator}={typed}"));
                assert!(
                    [200, 400].contains(&page.status),
                    "{column}.{operator}={typed}: {page}"
                );
            }
        }
    }
}

#[test]
fn every_column_is_sorted_by() {
    let types = Types::open();
    for (table, columns) in TABLES {
        for index in 0..2 {
            insert(&types, table);
            fill(&types, table, columns, index);
        }
        for (column, _) in *columns {
            for sort in [(*column).to_owned(), format!("-{column}")] {
                let page = types.http.get(&format!("/{table}?sort={sort}"));
                assert!(
                    [200, 400].contains(&page.status),
                    "{table}.{column}: {page}"
                );
            }
        }
    }
}

#[test]
fn a_row_that_cannot_be_read_does_not_fail_the_list() {
    let types = Types::open();
    insert(&types, "sentence");
    insert(&types, "sentence");
    types.database.run("ALTER TYPE mood ADD VALUE 'new'");
    types
        .database
        .run("UPDATE sentence SET mood = 'new' WHERE sentence_id = 1");
    let page = types.http.open("/sentence");
    assert_eq!(page.rows().len(), 1, "{page}");
    let said = page.text("main [role=status]");
    assert!(
        said.contains("sentence 1") && said.contains("new"),
        "{said}"
    );
}
