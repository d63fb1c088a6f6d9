//! Columns of every type that the server has: every filter, order and search that a list offers has an answer.

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::server::Server;

/// The ways in which a type makes a column: plain, as an array, under a domain, as an array of the domain.
const WAYS: [&str; 4] = ["plain", "list", "own", "owns"];

/// The types that a column can have, as SQL has them.
fn types(database: &Database) -> Vec<String> {
    let types = database.run(
        "SELECT format_type(t.oid, NULL) FROM pg_type AS t
         WHERE t.typtype IN ('b', 'r', 'm') AND t.typcategory <> 'A' AND t.typnamespace = 'pg_catalog'::regnamespace
             -- The server keeps these for itself: they cannot be typed.
             AND t.typcategory <> 'Z' AND t.typname NOT IN ('gtsvector', 'refcursor')
         ORDER BY t.typname",
    );
    let own = ["mood", "pair", "span", "spans"];
    let types = types.lines().map(str::to_owned);
    types.chain(own.map(str::to_owned)).collect()
}

/// A table for each way, with a column for each type.
fn schema(types: &[String]) -> String {
    let mut sql = String::from(
        "CREATE TYPE mood AS ENUM ('sad', 'great');
         CREATE TYPE pair AS (place point, label json);
         CREATE TYPE span AS RANGE (subtype = float8, multirange_type_name = spans);",
    );
    let mut columns = WAYS.map(|_| String::new());
    for (number, name) in types.iter().enumerate() {
        sql.push_str(&format!("CREATE DOMAIN domain_{number} AS {name};"));
        let own = format!("domain_{number}");
        let ways = [name.clone(), format!("{name}[]"), own.clone(), own + "[]"];
        for (columns, sql_type) in columns.iter_mut().zip(ways) {
            columns.push_str(&format!(", c_{number} {sql_type}"));
        }
    }
    for (way, columns) in WAYS.iter().zip(columns) {
        sql.push_str(&format!(
            "CREATE TABLE {way} ({way}_id serial PRIMARY KEY{columns});"
        ));
    }
    sql
}

#[test]
fn every_filter_order_and_search_that_a_list_offers_has_an_answer() {
    let database = Database::empty();
    let types = types(&database);
    assert!(types.len() > 60, "{types:?}");
    database.run(&schema(&types));
    let program = App::fresh("operators", &database.url).build();
    let server = Server::start(&program, &database.url);
    let http = Client::new(&server.url);
    database.run(FILL);
    let mut broken = Vec::new();
    for way in WAYS {
        for text in ["1", "a", "2024-01-01"] {
            http.open(&format!("/{way}?q={text}"));
        }
        http.open(&format!("/{way}/1/edit"));
        let held = (0..types.len())
            .map(|number| format!("encode(convert_to(c_{number}::text, 'UTF8'), 'hex')"));
        let held = held.collect::<Vec<_>>().join(", ");
        let held = database
            .run(&format!("SELECT {held} FROM {way}"))
            .replace('\n', "");
        let mut found = 0;
        for (number, held) in held.split('|').enumerate() {
            let mut ask = |query: String| {
                let page = http.get(&format!("/{way}?c_{number}.{query}"));
                if ![200, 400].contains(&page.status) {
                    broken.push(format!(
                        "{way} of {}: {query}: {}",
                        types[number], page.status
                    ));
                }
                page
            };
            let pairs = held
                .as_bytes()
                .chunks(2)
                .map(|pair| format!("%{}{}", char::from(pair[0]), char::from(pair[1])));
            let held: String = pairs.collect();
            for operator in ["not", "has", "starts", "min", "max"] {
                ask(format!("{operator}={held}"));
            }
            ask("is=sad".to_owned());
            ask("has=sad".to_owned());
            ask("null=0".to_owned());
            ask(format!("null=1&sort=-c_{number}"));
            // What the row shows finds it, where that can be asked at all.
            let same = ask(format!("is={held}"));
            if same.status == 200 && !held.is_empty() {
                found += 1;
                assert_eq!(same.rows().len(), 1, "{way} of {}: {same}", types[number]);
            }
            let sorted = http.get(&format!("/{way}?sort=c_{number}"));
            if ![200, 400].contains(&sorted.status) {
                broken.push(format!(
                    "{way} of {}: sorted: {}",
                    types[number], sorted.status
                ));
            }
        }
        assert!(
            found > 40 || way.starts_with("list") || way == "owns",
            "{way}: {found}"
        );
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Gives each column of a row the first of some texts that its type can read.
const FILL: &str = "DO $$
DECLARE
    own record;
    word text;
BEGIN
    INSERT INTO plain DEFAULT VALUES;
    INSERT INTO list DEFAULT VALUES;
    INSERT INTO own DEFAULT VALUES;
    INSERT INTO owns DEFAULT VALUES;
    FOR own IN
        SELECT attrelid::regclass AS place, attname FROM pg_attribute
        WHERE attrelid IN ('plain'::regclass, 'list'::regclass, 'own'::regclass, 'owns'::regclass) AND attnum > 1
    LOOP
        FOREACH word IN ARRAY ARRAY[
            '1', '2024-01-01', '12:00', 'sad', '1 day', '(1,2)', '127.0.0.1', '08:00:2b:01:02:03',
            '08:00:2b:01:02:03:04:05', '0/1', '[1,2)', '[2024-01-01,2024-02-01)', '{[1,2)}',
            '{[2024-01-01,2024-02-01)}', '((0,0),(1,1))', '{1,2,3}', '<(0,0),1>', '1:2:', 'postgres=r/postgres',
            '(\"(1,2)\",1)', '00000000-0000-0000-0000-000000000001', '<a/>', '{1}', '{2024-01-01}', '{sad}',
            '{127.0.0.1}', '{08:00:2b:01:02:03}', '{12:00}', '{\"(1,2)\"}', '{\"[1,2)\"}', '{}', 'a'
        ] LOOP
            BEGIN
                EXECUTE format('UPDATE %s SET %I = %L', own.place, own.attname, word);
                EXIT;
            EXCEPTION WHEN OTHERS THEN NULL;
            END;
        END LOOP;
    END LOOP;
END $$";
