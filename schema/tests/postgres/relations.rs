//! Tables of every kind, and what belongs to them.

use umbel_schema::model::{Persistence, RelationKind};

use crate::database::{column, public, relation, schema};

#[tokio::test]
async fn kinds() {
    let Some(schema) = schema(
        "CREATE TABLE plain (a int);
         CREATE UNLOGGED TABLE quick (a int);
         CREATE TEMPORARY TABLE passing (a int);
         CREATE FOREIGN DATA WRAPPER nothing;
         CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
         CREATE FOREIGN TABLE remote (a int) SERVER nowhere;
         CREATE SEQUENCE numbers;
         COMMENT ON TABLE plain IS 'Plain
         words'",
    )
    .await
    else {
        return;
    };
    let all: Vec<_> = schema
        .relations
        .iter()
        .map(|relation| {
            (
                relation.name.name.as_str(),
                relation.kind,
                relation.persistence,
            )
        })
        .collect();
    assert_eq!(
        all,
        [
            ("plain", RelationKind::Table, Persistence::Permanent),
            ("quick", RelationKind::Table, Persistence::Unlogged),
            ("remote", RelationKind::ForeignTable, Persistence::Permanent),
        ]
    );
    let comment = relation(&schema, "plain").comment.as_deref();
    assert_eq!(comment, Some("Plain\n         words"));
}

#[tokio::test]
async fn partitions_stand_behind_their_parent() {
    let Some(schema) = schema(
        "CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
         CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST (b);
         CREATE TABLE t1_1 PARTITION OF t1 FOR VALUES IN (1);
         CREATE TABLE t2 PARTITION OF t DEFAULT",
    )
    .await
    else {
        return;
    };
    let [table] = schema.relations.as_slice() else {
        panic!("one relation")
    };
    assert_eq!(table.kind, RelationKind::PartitionedTable);
    assert_eq!(table.partition_key.as_deref(), Some("RANGE (a)"));
    assert_eq!(
        table.partitions,
        [public("t1"), public("t1_1"), public("t2")]
    );
}

#[tokio::test]
async fn inheritance() {
    let Some(schema) = schema(
        "CREATE TABLE a (x int CHECK (x > 0));
         CREATE TABLE b (y int);
         CREATE TABLE c (z int) INHERITS (b, a)",
    )
    .await
    else {
        return;
    };
    let child = relation(&schema, "c");
    assert_eq!(child.parents, [public("b"), public("a")]);
    assert!(column(child, "x").inherited && !column(child, "z").inherited);
    assert_eq!(child.checks.len(), 1);
}

#[tokio::test]
async fn triggers_and_policies() {
    let Some(schema) = schema(
        "CREATE TABLE t (a int, b int);
         CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER before BEFORE INSERT OR UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION touch();
         CREATE TRIGGER after AFTER DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION touch();
         ALTER TABLE t DISABLE TRIGGER after;
         ALTER TABLE t ENABLE ROW LEVEL SECURITY;
         CREATE POLICY own ON t AS RESTRICTIVE FOR UPDATE USING (a = 1) WITH CHECK (a = 2);
         CREATE RULE quiet AS ON DELETE TO t DO INSTEAD NOTHING",
    )
    .await
    else {
        return;
    };
    let table = relation(&schema, "t");
    let [after, before] = table.triggers.as_slice() else {
        panic!("two triggers")
    };
    assert!(!after.enabled && !after.before && after.on_delete && !after.on_insert);
    assert!(before.enabled && before.before && before.on_insert && before.on_update);
    assert_eq!(before.update_columns, ["b"]);
    assert_eq!(before.function, public("touch"));
    assert!(table.row_security);
    let policy = &table.policies[0];
    assert_eq!(
        (policy.command.as_str(), policy.permissive),
        ("UPDATE", false)
    );
    assert_eq!(policy.roles, ["public"]);
    assert_eq!(policy.using.as_deref(), Some("(a = 1)"));
    assert_eq!(policy.check.as_deref(), Some("(a = 2)"));
    assert_eq!(schema.notes[0].subject, "public.t");
}

#[tokio::test]
async fn any_name() {
    let names = [
        "select",
        "2024 sales",
        "таблица",
        "a\"b",
        "O'Neil",
        "😀",
        "%s {}",
        "$1",
        "tab\there",
    ];
    let tables: String = names
        .iter()
        .map(|name| {
            let quoted = format!("\"{}\"", name.replace('"', "\"\""));
            format!("CREATE TABLE {quoted} ({quoted} int PRIMARY KEY REFERENCES {quoted});")
        })
        .collect();
    let Some(schema) = schema(&tables).await else {
        return;
    };
    for name in names {
        let table = relation(&schema, name);
        assert_eq!(column(table, name).name, name);
        let key = table.primary_key.as_ref().expect("a key");
        assert_eq!(key.columns, [name]);
        assert_eq!(table.foreign_keys[0].target_columns, [name]);
    }
}

/// The letters of a newer server: what they stand for is said to be unknown, and nothing else is made of them.
#[tokio::test]
async fn letters_that_are_not_known_are_said() {
    let Some(schema) = schema(
        "CREATE TABLE lender (id int PRIMARY KEY, CONSTRAINT odd CHECK (id > 0));
         CREATE TABLE book (
             id int GENERATED ALWAYS AS IDENTITY,
             lender_id int CONSTRAINT lent REFERENCES lender ON DELETE CASCADE
         );
         CREATE TABLE graph (id int);
         SET allow_system_table_mods = on;
         UPDATE pg_constraint SET contype = 'z' WHERE conname = 'odd';
         UPDATE pg_constraint SET confdeltype = 'z', confmatchtype = 'y' WHERE conname = 'lent';
         UPDATE pg_class SET relkind = 'z' WHERE relname = 'graph'",
    )
    .await
    else {
        return;
    };
    let notes: Vec<_> = schema
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.subject, note.message))
        .collect();
    assert_eq!(
        notes,
        [
            "public.book.lent: the action ON DELETE `z` is not known here, and left out",
            "public.book.lent: the kind of MATCH `y` is not known here, and left out",
            "public.graph: a relation of the kind `z`, which is not known here, is left out",
            "public.lender: the constraint `odd` is of the kind `z`, which is not known here, and left out",
        ]
    );
    let names: Vec<_> = schema
        .relations
        .iter()
        .map(|relation| &*relation.name.name)
        .collect();
    assert_eq!(names, ["book", "lender"]);
}
