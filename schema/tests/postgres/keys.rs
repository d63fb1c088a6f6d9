//! Constraints and indexes.

use umbel_schema::derive::complete;
use umbel_schema::model::{Deferrable, Match, ObjectName, ReferenceAction};

use crate::database::{public, read_schemas, relation, schema};

#[tokio::test]
async fn keys_with_everything() {
    let Some(schema) = schema(
        "CREATE TABLE t (
             a int, b int, c text, d int4range,
             CONSTRAINT the_key PRIMARY KEY (b, a) INCLUDE (c),
             CONSTRAINT once UNIQUE (c) DEFERRABLE INITIALLY DEFERRED,
             CONSTRAINT apart EXCLUDE USING gist (d WITH &&) WHERE (a > 0),
             CONSTRAINT positive CHECK (a > 0 OR b > 0) NO INHERIT
         );
         COMMENT ON CONSTRAINT the_key ON t IS 'Why';
         CREATE UNIQUE INDEX active ON t (lower(c), b DESC) WHERE a > 0;
         CREATE INDEX searched ON t USING btree (c text_pattern_ops, a NULLS FIRST) INCLUDE (b)",
    )
    .await
    else {
        return;
    };
    let table = relation(&schema, "t");
    let key = table.primary_key.as_ref().expect("a key");
    assert_eq!(
        (key.columns.as_slice(), key.include.as_slice()),
        (&["b".to_owned(), "a".to_owned()][..], &["c".to_owned()][..])
    );
    assert_eq!(key.comment.as_deref(), Some("Why"));
    assert_eq!(
        table.uniques[0].deferrable,
        Some(Deferrable::InitiallyDeferred)
    );

    let exclusion = &table.exclusions[0];
    assert_eq!(exclusion.columns, ["d"]);
    assert_eq!(exclusion.operators, ["&&"]);
    assert_eq!(
        exclusion.definition,
        "EXCLUDE USING gist (d WITH &&) WHERE ((a > 0))"
    );

    let check = &table.checks[0];
    assert_eq!(check.expression, "((a > 0) OR (b > 0))");
    assert_eq!(check.columns, ["a", "b"]);
    assert!(check.no_inherit && check.validated);

    let index = |name| {
        table
            .indexes
            .iter()
            .find(|index| index.name == name)
            .expect("an index")
    };
    assert_eq!(index("the_key").constraint.as_deref(), Some("the_key"));
    assert_eq!(index("apart").constraint.as_deref(), Some("apart"));
    let active = index("active");
    assert_eq!(
        (active.unique, active.predicate.as_deref()),
        (true, Some("(a > 0)"))
    );
    assert_eq!(active.columns[0].expression.as_deref(), Some("lower(c)"));
    assert!(active.columns[1].descending && active.columns[1].nulls_first);
    let searched = index("searched");
    assert_eq!(
        searched.columns[0].operator_class.as_deref(),
        Some("text_pattern_ops")
    );
    assert!(searched.columns[1].nulls_first && !searched.columns[1].descending);
    assert_eq!(searched.include, ["b"]);
}

#[tokio::test]
async fn checks_of_whole_rows_and_none() {
    let sql = "CREATE TABLE t (
        a int, b int,
        CONSTRAINT none CHECK (1 < 2),
        CONSTRAINT whole CHECK (b > 0 OR t IS NOT NULL)
    )";
    let Some(schema) = schema(sql).await else {
        return;
    };
    let checks = &relation(&schema, "t").checks;
    let columns = |name| {
        let check = checks.iter().find(|check| check.name == name);
        check.expect("a check").columns.as_slice()
    };
    assert!(columns("none").is_empty());
    assert_eq!(columns("whole"), ["b"]);
}

#[tokio::test]
async fn foreign_keys_with_everything() {
    let Some(result) = read_schemas(
        "CREATE SCHEMA other;
         CREATE TABLE other.target (x int, y text, UNIQUE (y, x));
         CREATE TABLE t (
             id int PRIMARY KEY, parent int, u text, v int,
             CONSTRAINT up FOREIGN KEY (parent) REFERENCES t ON DELETE CASCADE DEFERRABLE,
             CONSTRAINT away FOREIGN KEY (v, u) REFERENCES other.target (x, y)
                 MATCH FULL ON DELETE SET NULL ON UPDATE RESTRICT
         );
         ALTER TABLE t ADD CONSTRAINT again FOREIGN KEY (parent) REFERENCES t NOT VALID",
        &["public", "other"],
    )
    .await
    else {
        return;
    };
    let schema = result.expect("a schema");
    let [again, away, up] = relation(&schema, "t").foreign_keys.as_slice() else {
        panic!("three keys")
    };
    assert!(!again.validated);
    assert_eq!(
        (up.on_delete, up.on_update),
        (ReferenceAction::Cascade, ReferenceAction::NoAction)
    );
    assert_eq!(up.deferrable, Some(Deferrable::InitiallyImmediate));
    assert_eq!(away.columns, ["v", "u"]);
    assert_eq!(away.target, ObjectName::new("other", "target"));
    assert_eq!(away.target_columns, ["x", "y"]);
    assert_eq!(away.match_type, Match::Full);
    assert_eq!(
        (away.on_delete, away.on_update),
        (ReferenceAction::SetNull, ReferenceAction::Restrict)
    );
}

#[tokio::test]
async fn a_foreign_key_to_partitions_is_one() {
    let Some(schema) = schema(
        "CREATE TABLE target (id int PRIMARY KEY) PARTITION BY RANGE (id);
         CREATE TABLE target_1 PARTITION OF target FOR VALUES FROM (0) TO (10);
         CREATE TABLE target_2 PARTITION OF target FOR VALUES FROM (10) TO (20);
         CREATE TABLE t (target int REFERENCES target)",
    )
    .await
    else {
        return;
    };
    let keys = &relation(&schema, "t").foreign_keys;
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].target, public("target"));
}

#[tokio::test]
async fn foreign_keys_of_partitions() {
    let Some(schema) = schema(
        "CREATE TABLE target (id int PRIMARY KEY);
         CREATE TABLE t (a int, b int, c int) PARTITION BY RANGE (a);
         CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
         CREATE TABLE t2 (c int, b int, a int);
         ALTER TABLE t ATTACH PARTITION t2 FOR VALUES FROM (10) TO (20);
         ALTER TABLE t1 ADD FOREIGN KEY (b) REFERENCES target, ADD FOREIGN KEY (c) REFERENCES target;
         ALTER TABLE t2 ADD FOREIGN KEY (b) REFERENCES target",
    )
    .await
    else {
        return;
    };
    let keys = &relation(&schema, "t").foreign_keys;
    let all: Vec<_> = keys
        .iter()
        .map(|key| (key.name.as_str(), key.validated))
        .collect();
    assert_eq!(all, [("t1_b_fkey", true)]);
    assert_eq!(schema.notes.len(), 1);
}

/// The key of a table `t`, whether declared or not.
async fn check_stand_in(statements: &str, expect: Option<&str>) {
    let Some(schema) = schema(statements).await else {
        return;
    };
    let complete = complete(&schema);
    let table = relation(&complete, "t");
    let key = table.primary_key.as_ref();
    let key = key.map(|key| format!("{} {}", key.name, key.columns.join(",")));
    assert_eq!(key.as_deref(), expect, "{statements}");
}

#[tokio::test]
async fn another_key_stands_in() {
    check_stand_in(
        "CREATE TABLE t (a int NOT NULL, b int NOT NULL, c text NOT NULL UNIQUE, UNIQUE (a, b))",
        Some("t_c_key c"),
    )
    .await;
    check_stand_in(
        "CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX ab ON t (a, b)",
        Some("ab a,b"),
    )
    .await;
    check_stand_in(
        "CREATE TABLE t (a int NOT NULL);
         CREATE UNIQUE INDEX a1 ON t (a) WHERE a > 1; CREATE UNIQUE INDEX a2 ON t (a)",
        Some("a2 a"),
    )
    .await;
}

#[tokio::test]
async fn the_address_stands_in_where_no_key_does() {
    for statements in [
        "CREATE TABLE t (a int UNIQUE)",
        "CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX ON t (a) WHERE a > 1",
        "CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX ON t ((a + 1))",
        "CREATE TABLE t (password text NOT NULL UNIQUE)",
        "CREATE TABLE base (a int); CREATE TABLE t () INHERITS (base)",
    ] {
        check_stand_in(statements, Some("ctid ctid")).await;
    }
    for statements in [
        "CREATE TABLE t (a int); CREATE TABLE other () INHERITS (t)",
        "CREATE TABLE t (a int) PARTITION BY LIST (a)",
        "CREATE VIEW t AS SELECT 1 AS a",
    ] {
        check_stand_in(statements, None).await;
    }
}
