//! The lock is enough to emit again.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::{Lock, merge, parse, print};
use crate::cases::cases;
use crate::emit::{Content, emit};
use crate::generate;
use crate::plan::{App, Kept, plan};

fn printed(lock: &Lock) -> String {
    print(&lock.schema, &lock.names, &lock.gone)
}

fn lock(schema: umbel_schema::Schema) -> Lock {
    let names = Kept::of(&generate::app(&schema));
    let gone = ["column film.rating".to_owned()].into();
    Lock {
        schema,
        names,
        gone,
    }
}

/// What is emitted, before it is formatted.
fn texts(app: &App) -> Vec<(String, String)> {
    let files = emit(app).into_iter();
    files
        .map(|file| match file.content {
            Content::Rust(text) | Content::Text(text) => (file.path, text),
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn read_back(schema in generate::schema()) {
        let lock = lock(schema);
        let text = printed(&lock);
        let again = parse(&text).unwrap();
        prop_assert_eq!(&lock, &again);
        prop_assert_eq!(text, printed(&again));
    }

    #[test]
    fn emits_the_same_as_the_database(schema in generate::schema()) {
        let app = generate::app(&schema);
        let lock = parse(&printed(&lock(schema))).unwrap();
        let again = plan(&lock.schema, &generate::options(), &lock.names).unwrap();
        prop_assert_eq!(texts(&app), texts(&again));
    }

    #[test]
    fn a_later_collision_renames_nothing(
        (schema, changed) in generate::schema()
            .prop_flat_map(|schema| (Just(schema.clone()), generate::changed(schema)))
    ) {
        let before = Kept::of(&generate::app(&schema));
        let Ok(app) = plan(&changed, &generate::options(), &before) else { return Ok(()) };
        let after = Kept::of(&app);
        for (table, names) in &before.tables {
            let Some(now) = after.tables.get(table) else { continue };
            prop_assert_eq!(&names.own, &now.own);
            for (column, member) in &names.fields {
                if let Some(now) = now.fields.get(column) {
                    prop_assert_eq!(member, now);
                }
            }
            for (origin, member) in &names.relations {
                if let Some(now) = now.relations.get(origin) {
                    prop_assert_eq!(member, now);
                }
            }
        }
    }
}

#[test]
fn two_branches_are_read_together() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let schema = generate::schema().new_tree(&mut runner).unwrap().current();
    let text = printed(&lock(schema.clone()));
    let mut conflicted = String::new();
    for line in text.lines() {
        if line.starts_with("{\"column\"") && !conflicted.contains("<<<<<<<") {
            conflicted.push_str(&format!(
                "<<<<<<< ours\n{line}\n||||||| base\n=======\n{line}\n>>>>>>> theirs\n"
            ));
        } else {
            conflicted.push_str(&format!("{line}\n"));
        }
    }
    assert_eq!(parse(&conflicted).unwrap().schema, schema);
}

#[test]
fn what_is_no_line_is_said_with_its_place() {
    let error = parse("{\"lock\":{\"format\":1,\"dialect\":\"postgres\"}}\n{\"colour\":{}}\n");
    assert_eq!(
        error.unwrap_err().to_string(),
        ".umbel/schema.lock:2: `colour` is no kind of object"
    );
}

fn branches() -> impl Strategy<Value = [umbel_schema::Schema; 3]> {
    generate::schema().prop_flat_map(|schema| {
        let sides = (
            generate::changed(schema.clone()),
            generate::changed(schema.clone()),
        );
        sides.prop_map(move |(ours, theirs)| [schema.clone(), ours, theirs])
    })
}

#[test]
fn columns_that_one_branch_has_put_in_another_order_stay_in_it() {
    let relation = r#"{"relation":{"kind":"table","name":{"name":"film","schema":"public"}}}"#;
    let column =
        |name: &str| format!(r#"{{"column":{{"name":"{name}","relation":["public","film"]}}}}"#);
    let lock = |names: &str| {
        let columns = names.split(' ').map(column);
        let lines: Vec<String> = std::iter::once(relation.to_owned())
            .chain(columns)
            .collect();
        lines.join("\n") + "\n"
    };
    let check = |base: &str, ours: &str, theirs: &str, expect: &str| {
        assert_eq!(merge(&lock(base), &lock(ours), &lock(theirs)), lock(expect));
    };
    check("a b c", "a b c", "c a b", "c a b");
    check("a b c", "c a b", "a b c", "c a b");
    check("a b c", "a b c d", "c a b", "c d a b");
    check("a b c", "a b c", "a b d c", "a b d c");
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn locks_of_two_branches_become_one(schemas in branches()) {
        let [base, ours, theirs] = &schemas.clone().map(|schema| printed(&lock(schema)));
        prop_assert_eq!(&merge(base, base, theirs), theirs);
        prop_assert_eq!(&merge(base, ours, base), ours);
        prop_assert_eq!(&merge(base, ours, ours), ours);
        let merged = parse(&merge(base, ours, theirs));
        prop_assert!(merged.is_ok(), "{:?}", merged);
        let merged = merged.unwrap().schema;
        let [base, ours, theirs] = &schemas;
        let columns = |schema: &umbel_schema::Schema| {
            let relations = schema.relations.iter();
            let columns = relations.flat_map(|relation| {
                let columns = relation.columns.iter();
                columns.map(|column| format!("{}.{}", relation.name, column.name))
            });
            columns.collect::<BTreeSet<_>>()
        };
        let [base, ours, theirs, merged] = [base, ours, theirs, &merged].map(columns);
        for column in ours.union(&theirs) {
            let both_have_it = ours.contains(column) && theirs.contains(column);
            let table = format!("{}.", column.rsplit_once('.').map_or("", |(table, _)| table));
            let has_table = |columns: &BTreeSet<String>| {
                columns.iter().any(|column| column.starts_with(&table))
            };
            // A column that one side added to a table that the other dropped is gone with it.
            let was_dropped = has_table(&base) && !(has_table(&ours) && has_table(&theirs));
            if !was_dropped && (both_have_it || !base.contains(column)) {
                prop_assert!(merged.contains(column), "{}", column);
            }
        }
        for column in &merged {
            prop_assert!(ours.contains(column) || theirs.contains(column), "{}", column);
        }
    }
}
