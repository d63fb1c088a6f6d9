//! Names over the years of a schema: whatever comes, goes, is renamed or changes places, names differ, and what is there
//! keeps its own.

mod world;

use std::collections::BTreeMap;
use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::Index;
use umbel_schema::diff::Renames;
use umbel_schema::model::Schema;

use super::{check, options};
use crate::cases::cases;
use crate::plan::{Kept, plan};
use world::{Change, KINDS, World};

/// What is in both under the same name has the same names.
fn keeps(before: &Kept, after: &Kept) {
    for (table, names) in &before.tables {
        let Some(now) = after.tables.get(table) else {
            continue;
        };
        assert_eq!(names.own, now.own, "{table}");
        let keep = |before: &BTreeMap<String, _>, after: &BTreeMap<String, _>| {
            for (thing, name) in before {
                assert!(
                    after.get(thing).is_none_or(|now| now == name),
                    "{table}: {thing}: {name:?} is now {after:?}"
                );
            }
        };
        keep(&names.fields, &now.fields);
        keep(&names.relations, &now.relations);
        for (origin, constant) in &names.rows {
            let now = now.rows.get(origin);
            assert!(now.is_none_or(|now| now == constant), "{table}: {origin}");
        }
    }
    for (name, item) in &before.enums {
        let Some(now) = after.enums.get(name) else {
            continue;
        };
        assert_eq!(item.model, now.model);
        for (label, variant) in &item.variants {
            assert!(now.variants.get(label).is_none_or(|now| now == variant));
        }
    }
}

/// The names without those of what a rename may touch.
fn untouched(kept: &Kept, renames: &Renames, schema: &Schema) -> Kept {
    let mut kept = kept.renamed(renames, schema);
    for names in kept.tables.values_mut() {
        if names.own.model.is_none() {
            names.relations.clear();
        }
    }
    kept.tables.retain(|_, names| names.own.model.is_some());
    kept.enums.retain(|_, names| names.model.is_some());
    kept
}

/// The names of two branches, as git merges the lines of their locks: what is in both has the last.
fn united(one: &Kept, other: &Kept) -> Kept {
    let mut united = one.clone();
    for (table, names) in &other.tables {
        let table = united.tables.entry(table.clone()).or_default();
        table.own = names.own.clone();
        table.fields.extend(names.fields.clone());
        table.relations.extend(names.relations.clone());
        table.rows.extend(names.rows.clone());
    }
    for (name, names) in &other.enums {
        let item = united.enums.entry(name.clone()).or_default();
        item.model = names.model.clone();
        item.variants.extend(names.variants.clone());
    }
    united
}

fn changes(count: Range<usize>) -> impl Strategy<Value = Vec<Change>> {
    proptest::collection::vec(
        (0..KINDS, any::<Index>(), any::<Index>(), any::<Index>()),
        count,
    )
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn names_differ_and_stay(
        first in changes(2..12),
        steps in proptest::collection::vec(changes(1..5), 1..5),
    ) {
        let mut world = World::new();
        for change in first {
            world.change(change);
        }
        world.renames();
        let mut before = world.schema();
        prop_assume!(!before.relations.is_empty());
        let app = plan(&before, &options(), &Kept::default()).unwrap();
        check(&app);
        let mut kept = Kept::of(&app);
        let first = kept.clone();
        for step in steps {
            for change in step {
                world.change(change);
            }
            let after = world.schema();
            if after.relations.is_empty() {
                break;
            }
            let renames = world.renames().making_way(&before, &after);
            let renamed = renames.apply(&before);
            let app = plan(&renamed, &options(), &kept.renamed(&renames, &before)).unwrap();
            check(&app);
            keeps(&untouched(&kept, &renames, &before), &Kept::of(&app));
            let names = Kept::of(&app);
            let app = plan(&after, &options(), &names).unwrap();
            check(&app);
            kept = Kept::of(&app);
            keeps(&names, &kept);
            check(&plan(&after, &options(), &united(&kept, &first)).unwrap());
            before = after;
        }
    }
}
