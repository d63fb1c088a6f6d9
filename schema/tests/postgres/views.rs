//! What views show.

use umbel_schema::derive::complete;

use crate::database::{column, relation, schema};

const TABLES: &str = "
    CREATE DOMAIN code AS text NOT NULL;
    CREATE TABLE a (id int PRIMARY KEY, name text, code code);
    CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a, note text NOT NULL);
";

/// The columns of a view: which one each shows, with `!` where it cannot be NULL.
async fn check(query: &str, expect: &str) {
    let sql = format!("{TABLES} CREATE VIEW v AS {query}");
    let Some(schema) = schema(&sql).await else {
        return;
    };
    let relation = relation(&schema, "v");
    let view = relation.view.as_ref().expect("a view");
    let shown = relation
        .columns
        .iter()
        .zip(&view.columns)
        .map(|(column, shown)| {
            let from = shown.as_ref().map_or_else(
                || "-".to_owned(),
                |shown| format!("{}.{}", shown.relation.name, shown.column),
            );
            format!("{from}{}", if column.not_null { "!" } else { "" })
        });
    assert_eq!(shown.collect::<Vec<_>>().join(" "), expect, "{query}");
}

#[tokio::test]
async fn plain_columns() {
    check(
        "SELECT id AS number, upper(name), code FROM a",
        "a.id! - a.code!",
    )
    .await;
}

#[tokio::test]
async fn joins() {
    check(
        "SELECT a.id, b.note FROM a JOIN b ON b.a_id = a.id",
        "a.id! b.note!",
    )
    .await;
    check(
        "SELECT a.id, b.note FROM a, b WHERE b.a_id = a.id",
        "a.id! b.note!",
    )
    .await;
    check(
        "SELECT a.code, b.note FROM a LEFT JOIN b ON b.a_id = a.id",
        "a.code! b.note",
    )
    .await;
    check(
        "SELECT a.code, b.note FROM a RIGHT JOIN b ON b.a_id = a.id",
        "a.code b.note!",
    )
    .await;
    check(
        "SELECT a.code, b.note FROM a FULL JOIN b ON b.a_id = a.id",
        "a.code b.note",
    )
    .await;
    check(
        "SELECT a.id, c.note FROM a LEFT JOIN (b JOIN b c ON b.id = c.id) ON b.a_id = a.id",
        "a.id! b.note",
    )
    .await;
}

#[tokio::test]
async fn groups() {
    check("SELECT a_id, count(*) FROM b GROUP BY a_id", "b.a_id! -").await;
    check(
        "SELECT a_id, count(*) FROM b GROUP BY ROLLUP (a_id)",
        "b.a_id -",
    )
    .await;
}

#[tokio::test]
async fn subqueries_and_unions() {
    check("SELECT s.id FROM (SELECT id FROM a) s", "a.id").await;
    check("SELECT id FROM a UNION ALL SELECT id FROM b", "-").await;
    check("SELECT (SELECT max(id) FROM b) AS id FROM a", "-").await;
}

#[tokio::test]
async fn views_of_views() {
    let Some(schema) = schema(&format!(
        "{TABLES}
         CREATE VIEW v AS SELECT id, name FROM a;
         CREATE VIEW w AS SELECT v.id AS one, v.name, b.note FROM v LEFT JOIN b ON b.a_id = v.id;
         CREATE MATERIALIZED VIEW m AS SELECT one, note FROM w;
         CREATE UNIQUE INDEX ON m (one)"
    ))
    .await
    else {
        return;
    };
    let materialized = relation(&schema, "m");
    assert!(column(materialized, "one").not_null);
    assert!(!column(materialized, "note").not_null);
    assert_eq!(materialized.indexes.len(), 1);
    let view = materialized.view.as_ref().expect("a view");
    assert_eq!(view.sources[0].name, "w");
    assert_eq!(
        view.definition,
        "SELECT w.one,\n    w.note\n   FROM public.w"
    );
}

#[tokio::test]
async fn what_a_view_lets_through() {
    let Some(schema) = schema(&format!(
        "{TABLES}
         CREATE VIEW v AS SELECT id, upper(name) AS big FROM a;
         CREATE VIEW w AS SELECT count(*) FROM a"
    ))
    .await
    else {
        return;
    };
    let open = relation(&schema, "v");
    let view = open.view.as_ref().expect("a view");
    assert!(view.insertable && view.updatable && view.deletable);
    assert!(column(open, "id").can_update && !column(open, "big").can_update);
    let view = relation(&schema, "w").view.as_ref().expect("a view");
    assert!(!view.insertable && !view.updatable && !view.deletable);
}

/// The key, the foreign keys and the rules of a view, as far as they show through it, and what can be done with its rows.
async fn check_seen(statements: &str, expect: &str) {
    let Some(schema) = schema(&format!("{TABLES} {statements}")).await else {
        return;
    };
    let seen = complete(&schema);
    let relation = relation(&seen, "v");
    let view = relation.view.as_ref().expect("a view");
    let mut said = Vec::new();
    let keys = relation.primary_key.iter().map(|key| ("key", key));
    for (word, key) in keys.chain(relation.uniques.iter().map(|key| ("unique", key))) {
        said.push(format!("{word} {}", key.columns.join(",")));
    }
    for key in &relation.foreign_keys {
        said.push(format!("{} -> {}", key.columns.join(","), key.target.name));
    }
    let checks = relation.checks.iter();
    said.extend(checks.map(|check| format!("check {}", check.name)));
    let allowed = [
        (view.insertable, "insert"),
        (view.updatable, "update"),
        (view.deletable, "delete"),
    ];
    let allowed = allowed.iter().filter(|(is, _)| *is);
    said.extend(allowed.map(|(_, word)| (*word).to_owned()));
    assert_eq!(said.join("; "), expect, "{statements}");
}

#[tokio::test]
async fn what_shows_through_a_view_that_is_written() {
    check_seen(
        "ALTER TABLE b ADD CHECK (note <> ''), ADD UNIQUE (a_id, note);
         CREATE VIEW v AS SELECT id AS number, a_id, note FROM b",
        "key number; unique a_id,note; a_id -> a; check b_note_check; insert; update; delete",
    )
    .await;
    // The expression of the check speaks of a column that has another name here.
    check_seen(
        "ALTER TABLE b ADD CHECK (note <> '');
         CREATE VIEW v AS SELECT id, a_id, note AS text FROM b",
        "key id; a_id -> a; insert; update; delete",
    )
    .await;
    check_seen(
        "CREATE VIEW w AS SELECT id, a_id FROM b; CREATE VIEW v AS SELECT id FROM w",
        "key id; update; delete",
    )
    .await;
    check_seen(
        "CREATE TABLE c (a_id int REFERENCES a ON DELETE CASCADE); CREATE VIEW v AS SELECT * FROM a",
        "key id; insert; update",
    )
    .await;
}

#[tokio::test]
async fn what_shows_through_a_view_that_triggers_write() {
    const FUNCTION: &str =
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'";
    let check = async |statements: &str, events: &str, expect: &str| {
        let trigger = format!("CREATE TRIGGER t INSTEAD OF {events} ON v FOR EACH ROW");
        let statements = format!("{FUNCTION}; {statements}; {trigger} EXECUTE FUNCTION f()");
        check_seen(&statements, expect).await;
    };
    let simple = "CREATE VIEW v AS SELECT id, a_id, note FROM b WHERE id > 0";
    check(
        simple,
        "UPDATE",
        "key id; a_id -> a; insert; update; delete",
    )
    .await;
    // No default stands in for the number of a new row.
    let counted = "ALTER TABLE b ALTER id SET DEFAULT 7; CREATE VIEW v AS SELECT id, note FROM b";
    check(counted, "INSERT", "key id; update; delete").await;
    check(
        simple,
        "INSERT",
        "key id; a_id -> a; insert; update; delete",
    )
    .await;
    let joined = "CREATE VIEW v AS SELECT b.id, a.name FROM b JOIN a ON a.id = b.a_id";
    check(joined, "INSERT OR UPDATE", "id -> b; insert; update").await;
}

#[tokio::test]
async fn what_shows_through_a_view_that_is_read() {
    check_seen(
        "CREATE VIEW v AS SELECT a.id AS a, b.id AS b FROM a JOIN b ON b.a_id = a.id",
        "a -> a; b -> b",
    )
    .await;
    check_seen(
        "CREATE MATERIALIZED VIEW v AS SELECT id, a_id FROM b; CREATE UNIQUE INDEX ON v (id)",
        "key id; a_id -> a; id -> b",
    )
    .await;
    check_seen("CREATE VIEW v AS SELECT DISTINCT note FROM b", "").await;
    // What a rule does with a write, nobody can tell.
    check_seen(
        "CREATE VIEW v AS SELECT id, name FROM a;
         CREATE RULE ignore AS ON DELETE TO v DO INSTEAD NOTHING",
        "key id; id -> a",
    )
    .await;
}
