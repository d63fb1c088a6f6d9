//! A column of every type in every place: in keys, as a reference, in junctions, views, checks, generated; the
//! application keeps its promises, and what a form lets choose stays chosen.

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;

const POSTGRES: &str = include_str!("places.sql");
const SQLITE: &str = include_str!("places_sqlite.sql");

#[track_caller]
fn check(app: &App) {
    for promise in [app.check_format(), app.check_own_warnings()] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
}

#[test]
fn a_sample_of_the_types_of_postgresql() {
    let database = Database::with(&format!("SET places.whole = 'false';\n{POSTGRES}"));
    let keys =
        database.run("SELECT count(*) FROM pg_class WHERE relname LIKE '%_key' AND relkind = 'r'");
    assert!(
        keys.parse::<usize>().unwrap() > 25,
        "{keys} types have keys"
    );
    check(&App::fresh("places", &database.url));
}

#[test]
#[ignore = "hundreds of tables: tests/run --all"]
fn every_type_of_postgresql() {
    let database = Database::with(&format!("SET places.whole = 'true';\n{POSTGRES}"));
    let app = App::fresh_with("places_whole", &database.url, &["--split"]);
    check(&app);
    let tests = app.check_tests(&database);
    assert_eq!(tests.code, Some(0), "{tests}");
}

#[test]
fn every_declared_type_of_sqlite() {
    let file = File::with(SQLITE);
    check(&App::fresh("places_sqlite", &file.url));
}

/// Of each kind of key whose text in an option differs from what people type: the type, and two values.
const KEYS: [(&str, &str, [&str; 2]); 12] = [
    ("bytes", "bytea", ["'\\x00ff'", "'\\x'"]),
    ("blank", "text", ["''", "'%00'"]),
    ("percent", "varchar(9)", ["'%25'", "' a '"]),
    ("numbers", "integer[]", ["'{1,2}'", "'{}'"]),
    ("single", "real", ["0.1", "3e20"]),
    ("twice", "double precision", ["0.30000000000000004", "-2"]),
    ("clock", "time", ["'09:57'", "'10:00:00.5'"]),
    (
        "moment",
        "timestamp",
        ["'2024-02-29 09:57'", "'2024-03-01 10:00:00.25'"],
    ),
    (
        "instant",
        "timestamptz",
        ["'2024-02-29 09:57Z'", "'2024-03-01 10:00Z'"],
    ),
    ("ranged", "tstzrange", ["'[2024-02-29 09:57Z,)'", "'empty'"]),
    ("flag", "boolean", ["true", "false"]),
    ("mood", "mood", ["'glad'", "'sad, or so'"]),
];

#[test]
fn a_reference_by_any_key_is_chosen_and_stays() {
    let mut sql = "CREATE TYPE mood AS ENUM ('glad', 'sad, or so');\n".to_owned();
    for (name, ty, [first, second]) in KEYS {
        sql += &format!(
            "CREATE TABLE {name}_key (k {ty} PRIMARY KEY); INSERT INTO {name}_key VALUES ({first}), ({second});
             CREATE TABLE {name}_pair (n integer, k {ty}, PRIMARY KEY (n, k));
             INSERT INTO {name}_pair VALUES (1, {first}), (1, {second});
             CREATE TABLE of_{name} (id serial PRIMARY KEY, remark text, k {ty} NOT NULL REFERENCES {name}_key,
                 maybe {ty} REFERENCES {name}_key, n integer, part {ty}, FOREIGN KEY (n, part) REFERENCES {name}_pair);
             INSERT INTO of_{name} (remark, k, maybe, n, part) VALUES ('old', {first}, {second}, 1, {second});\n"
        );
    }
    let database = Database::with(&sql);
    let app = App::fresh("places_chosen", &database.url);
    let server = Server::start(&app.build(), &database.url);
    let http = Client::new(&server.url);
    for (name, ..) in KEYS {
        let row = format!("SELECT k, maybe, n, part FROM of_{name} WHERE id = ");
        let before = database.run(&format!("{row} 1"));
        let mut form = http.open(&format!("/of_{name}/1/edit")).form();
        form.set("remark", "new");
        let answer = http.submit(&form);
        assert_eq!(answer.status, 303, "{name}: {answer}");
        assert_eq!(database.run(&format!("{row} 1")), before, "{name}");
        // What the options of a new row say is what they mean.
        let chosen = form;
        let mut form = http.open(&format!("/of_{name}/new")).form();
        let fields: Vec<String> = chosen
            .fields
            .iter()
            .map(|(field, _)| field.clone())
            .collect();
        let said = |field: &&String| !field.starts_with('_') || field.starts_with("_.blank");
        for field in fields.iter().filter(said) {
            form.set_all(field, &chosen.values(field));
        }
        let answer = http.submit(&form);
        assert_eq!(answer.status, 303, "{name}: {answer}");
        assert_eq!(database.run(&format!("{row} 2")), before, "{name}");
        let list = http.open(&format!("/{name}_key"));
        assert_eq!(list.rows().len(), 2, "{list}");
        // The page of a row leads to all that refers to it, and to nothing else.
        let mut referring = Vec::new();
        for href in list.attributes("tbody tr > :first-child a", "href") {
            let links = http.open(&href).attributes("main h2 a", "href");
            referring.extend(links.iter().map(|link| http.open(link).rows().len()));
        }
        referring.sort_unstable();
        assert_eq!(referring, [0, 0, 2, 2], "{name}");
    }
}
