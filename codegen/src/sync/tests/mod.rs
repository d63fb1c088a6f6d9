//! The laws of syncing, over whole applications in memory.

mod edits;
mod layouts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;
use umbel_schema::Schema;
use umbel_schema::diff::{ColumnName, Renames};
use umbel_schema::model::ObjectName;

use edits::{Edited, edited, edits};

use super::{Content, Decision, Entry, Layout, Ours, Renaming, Status, decide};
use crate::cases::cases;
use crate::emit::{self, Content as Emitted};
use crate::generate;
use crate::plan::{App, Kept, plan};
use crate::write::Tree;

/// What is emitted, before it is formatted: rustfmt would only cost time.
fn tree(app: &App) -> Tree {
    let files = emit::emit(app).into_iter();
    files
        .map(|file| match file.content {
            Emitted::Rust(text) | Emitted::Text(text) => (file.path, text.into()),
        })
        .collect()
}

/// An application on disk.
#[derive(Debug, Clone, PartialEq)]
struct Disk {
    files: Tree,
    base: Tree,
    /// Orphans, and the versions of conflicts.
    set_aside: Vec<String>,
}

/// Syncs to what is emitted now.
fn sync(disk: &Disk, theirs: &Tree, renaming: &Renaming) -> (Disk, Vec<Decision>) {
    sync_in(&Layout::default(), disk, theirs, renaming)
}

/// The same in a project's layout.
fn sync_in(
    layout: &Layout,
    disk: &Disk,
    theirs: &Tree,
    renaming: &Renaming,
) -> (Disk, Vec<Decision>) {
    let mut theirs = theirs.clone();
    let mut entries = Vec::new();
    let sources: BTreeSet<&String> = disk.base.keys().chain(disk.files.keys()).collect();
    for from in sources {
        let path = renaming.path(from);
        let ours = disk
            .files
            .get(from)
            .map(|text| Ours::read(Arc::from(text.as_bytes()), |text| renaming.text(from, text)));
        entries.push(Entry {
            base: disk
                .base
                .get(from)
                .map(|text| renaming.text(from, text).into()),
            theirs: theirs.remove(&path),
            ours,
            from: from.clone(),
            moved: None,
            path,
        });
    }
    entries.extend(theirs.into_iter().map(|(path, text)| Entry {
        from: path.clone(),
        moved: None,
        path,
        base: None,
        ours: None,
        theirs: Some(text),
    }));
    let decisions = decide(entries, layout);
    let mut after = Disk {
        files: Tree::new(),
        base: Tree::new(),
        set_aside: Vec::new(),
    };
    for Decision { entry, outcome } in &decisions {
        let ours = entry.ours.as_ref().map(|ours| Arc::clone(&ours.bytes));
        let content = match &outcome.content {
            Some(Content::Text(text)) => {
                let ending = layout.ending(&entry.path, ours.as_deref());
                Some(Arc::from(ending.apply(text).as_bytes()))
            }
            Some(Content::AsItIs) => ours.clone(),
            None => None,
        };
        let as_text = |bytes: &Arc<[u8]>| Arc::from(String::from_utf8_lossy(bytes));
        let ours: Option<Arc<str>> = ours.as_ref().map(as_text);
        let content: Option<Arc<str>> = content.as_ref().map(as_text);
        if matches!(outcome.status, Status::Orphaned | Status::Conflicted) {
            after
                .set_aside
                .extend(ours.iter().map(|text| text.to_string()));
        }
        after
            .files
            .extend(content.map(|text| (entry.path.clone(), text)));
        let base = outcome.base.clone();
        after
            .base
            .extend(base.map(|text| (entry.path.clone(), text)));
    }
    (after, decisions)
}

/// The words of a person in any file, each with how often it stands there.
fn mine<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut words = BTreeMap::new();
    for text in texts {
        let found = text.split(|character: char| !character.is_alphanumeric() && character != '_');
        for word in found.filter(|word| word.starts_with("mine_")) {
            *words.entry(word).or_default() += 1;
        }
    }
    words
}

fn texts(disk: &Disk) -> impl Iterator<Item = &str> {
    let files = disk.files.values().map(|text| &**text);
    files.chain(disk.set_aside.iter().map(String::as_str))
}

fn changed_schemas() -> impl Strategy<Value = (Schema, Schema)> {
    generate::schema().prop_flat_map(|schema| (Just(schema.clone()), generate::changed(schema)))
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn nothing_is_lost_and_nothing_happens_twice(
        (before, after) in changed_schemas(),
        edits in edits(),
    ) {
        let app = generate::app(&before);
        let names = Kept::of(&app);
        let Edited { disk, deleted } = edited(&tree(&app), &edits);
        let app = plan(&after, &generate::options(), &names).unwrap();
        let theirs = tree(&app);
        let (synced, decisions) = sync(&disk, &theirs, &Renaming::default());
        check_nothing_lost(&disk, &synced, &decisions)?;
        for path in disk.base.keys().filter(|path| !disk.files.contains_key(*path)) {
            prop_assert!(!synced.files.contains_key(path), "{} is back", path);
        }
        for path in theirs.keys().filter(|path| !disk.base.contains_key(*path)) {
            prop_assert!(synced.files.contains_key(path), "{} is missing", path);
        }
        for (path, item) in deleted {
            let text = synced.files.get(&path).map_or("", |text| text);
            prop_assert!(!text.contains(&item), "{} is back in {}", item, path);
        }
        let (again, _) = sync(&synced, &theirs, &Renaming::default());
        prop_assert_eq!(&again.files, &synced.files);
        prop_assert_eq!(&again.base, &synced.base);
    }

}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn nothing_is_lost_where_renames_and_changes_meet(
        (schema, renames, after) in renamed_and_changed(),
        edits in edits(),
    ) {
        let before = generate::app(&schema);
        let Edited { disk, .. } = edited(&tree(&before), &edits);
        let names = Kept::of(&before).renamed(&renames, &schema);
        let renamed = plan(&renames.apply(&schema), &generate::options(), &names).unwrap();
        let renaming = Renaming::new(&before, &renamed, &renames, &tree(&renamed));
        let app = plan(&after, &generate::options(), &Kept::of(&renamed)).unwrap();
        let theirs = tree(&app);
        let (synced, decisions) = sync(&disk, &theirs, &renaming);
        check_nothing_lost(&disk, &synced, &decisions)?;
        let (again, _) = sync(&synced, &theirs, &Renaming::default());
        prop_assert_eq!(&again.files, &synced.files);
        prop_assert_eq!(&again.base, &synced.base);
    }

    #[test]
    fn an_unrelated_table_is_left_alone(schema in generate::schema(), edits in edits()) {
        let app = generate::app(&schema);
        let disk = edited(&tree(&app), &edits).disk;
        let mut after = schema.clone();
        let table = after.relations.last_mut().unwrap();
        let name = table.name.name.clone();
        table.columns.retain(|column| column.name.ends_with("_id"));
        let app = plan(&after, &generate::options(), &Kept::of(&app)).unwrap();
        let (synced, _) = sync(&disk, &tree(&app), &Renaming::default());
        // Nothing that this table refers to, or that refers to it, is unrelated.
        let is_related = |other: &umbel_schema::model::Relation| {
            let refers = |from: &umbel_schema::model::Relation, to: &ObjectName| {
                from.foreign_keys.iter().any(|key| key.target == *to)
            };
            let own = schema.relations.last().unwrap();
            refers(other, &own.name) || refers(own, &other.name)
        };
        for other in schema.relations.iter().filter(|other| other.name.name != name) {
            if is_related(other) {
                continue;
            }
            for folder in ["src", "templates"] {
                let folder = format!("{folder}/{}/", other.name.name);
                for (path, text) in disk.files.range(folder.clone()..) {
                    if path.starts_with(&folder) {
                        prop_assert_eq!(synced.files.get(path), Some(text), "{}", path);
                    }
                }
            }
        }
    }

    #[test]
    fn renamed_and_renamed_back(schema in generate::schema(), edits in edits()) {
        let before = generate::app(&schema);
        let disk = edited(&tree(&before), &edits).disk;
        let table = schema.relations[0].name.clone();
        let column = schema.relations[0].columns.last().unwrap().name.clone();
        // The same place in every list of tables: a line in such a list cannot tell which neighbour it
        // belongs to when they part.
        let other = ObjectName::new("public", format!("{}_other", table.name));
        let there = renames(&table, &other, &column, "another_one");
        let back = renames(&other, &table, "another_one", &column);

        let (now, app) = step(&disk, &before, &schema, &there);
        let words = mine(disk.files.values().map(|text| &**text));
        prop_assert_eq!(mine(now.files.values().map(|text| &**text)), words);
        let old = format!("/{}/", table.name);
        let left = now.files.keys().find(|path| path.contains(&old));
        prop_assert!(left.is_none(), "{:?}", left);
        let renamed = there.apply(&schema);
        let (returned, _) = step(&now, &app, &renamed, &back);
        prop_assert_eq!(returned.base, disk.base);
        let words = mine(disk.files.values().map(|text| &**text));
        prop_assert_eq!(mine(returned.files.values().map(|text| &**text)), words);
        for (path, text) in &disk.files {
            // A longer name may break a line: the layout is rustfmt's, which has no part in this test. And the name of
            // a column may decide where in a list it stands: what a person wrote between two of them stands by either.
            let comparable = |text: &str| match path.ends_with(".html") {
                true => plain(&without_mine(text)),
                false => plain(text),
            };
            let now = returned.files.get(path).map(|text| comparable(text));
            prop_assert_eq!(now, Some(comparable(text)), "{}", path);
        }
    }

}

proptest! {
    #![proptest_config(cases(40))]

    /// A later umbel may need a word that a table's module has.
    #[test]
    fn what_was_written_goes_along_with_a_name_that_became_reserved(
        schema in generate::schema(),
        edits in edits(),
    ) {
        let mut names = Kept::of(&generate::app(&schema));
        let own = &mut names.tables.values_mut().next().unwrap().own;
        own.module = Some("layout".to_owned());
        own.model = Some("Result".to_owned());
        let before = generate::app(&schema).called(&names);
        let disk = edited(&tree(&before), &edits).disk;
        let now = plan(&schema, &generate::options(), &names).unwrap();
        prop_assert!(names.differs(&Kept::of(&now)));
        let theirs = tree(&now);
        let renaming = Renaming::new(&before, &now, &Renames::default(), &theirs);
        let (synced, decisions) = sync(&disk, &theirs, &renaming);
        check_nothing_lost(&disk, &synced, &decisions)?;
        let orphaned = decisions.iter().find(|decision| decision.outcome.status == Status::Orphaned);
        prop_assert!(orphaned.is_none(), "{:?}", orphaned.map(|decision| &decision.entry.path));
        prop_assert!(!synced.files.keys().any(|path| path.contains("/layout/")));
        let again = Kept::of(&now);
        prop_assert!(!again.differs(&Kept::of(&plan(&schema, &generate::options(), &again).unwrap())));
    }

    #[test]
    fn the_order_of_tables_does_not_matter(schema in generate::schema()) {
        // A reader sorts; what is read twice is emitted once.
        let mut reversed = schema.clone();
        reversed.relations.reverse();
        reversed.relations.sort_by(|a, b| a.name.cmp(&b.name));
        prop_assert_eq!(tree(&generate::app(&schema)), tree(&generate::app(&reversed)));
    }
}

/// What a person wrote is there still, and what was merged cleanly is code.
fn check_nothing_lost(
    disk: &Disk,
    synced: &Disk,
    decisions: &[Decision],
) -> Result<(), TestCaseError> {
    let (had, has) = (mine(texts(disk)), mine(texts(synced)));
    for (word, count) in had {
        prop_assert!(has.get(word) >= Some(&count), "{} is lost", word);
    }
    for Decision { entry, outcome } in decisions {
        let parsed = |text: Option<&Arc<str>>| text.map(|text| syn::parse_file(text).is_ok());
        let path = &entry.path;
        if !path.ends_with(".rs") || outcome.status == Status::Conflicted {
            continue;
        }
        let was = disk.files.get(&entry.from);
        if parsed(was) != Some(false) {
            prop_assert!(
                parsed(synced.files.get(path)) != Some(false),
                "{} does not parse",
                path
            );
        }
    }
    Ok(())
}

/// A schema, what of it has other names now, and what else became of it.
fn renamed_and_changed() -> impl Strategy<Value = (Schema, Renames, Schema)> {
    (generate::schema(), any::<Index>(), any::<Index>(), 0..3_u8).prop_flat_map(
        |(schema, table, column, kind)| {
            let table = &schema.relations[table.index(schema.relations.len())];
            let column = &table.columns[column.index(table.columns.len())].name;
            // The table, the column, or both; the name may be a word of umbel's own.
            let new = match kind {
                0 => table.name.clone(),
                1 => ObjectName::new("public", "person"),
                _ => ObjectName::new("public", "routes"),
            };
            let new_column = if kind == 1 {
                column.as_str()
            } else {
                "version"
            };
            let mut renames = renames(&table.name, &new, column, new_column);
            renames.relations.retain(|old, new| old != new);
            renames.columns.retain(|old, new| old.column != *new);
            let changed = generate::changed(renames.apply(&schema));
            (Just(schema), Just(renames), changed)
        },
    )
}

/// The text without the lines that a person added.
fn without_mine(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.contains("mine_"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The text without what a layout may change.
fn plain(text: &str) -> String {
    let is_layout = |character: &char| character.is_whitespace() || *character == ',';
    text.chars()
        .filter(|character| !is_layout(character))
        .collect()
}

fn renames(table: &ObjectName, new: &ObjectName, column: &str, new_column: &str) -> Renames {
    let mut renames = Renames::default();
    renames.relations.insert(table.clone(), new.clone());
    let column = ColumnName {
        relation: table.clone(),
        column: column.to_owned(),
    };
    renames.columns.insert(column, new_column.to_owned());
    renames
}

/// A sync after a rename and nothing else.
fn step(disk: &Disk, before: &App, schema: &Schema, renames: &Renames) -> (Disk, App) {
    let names = Kept::of(before).renamed(renames, schema);
    let app = plan(&renames.apply(schema), &generate::options(), &names).unwrap();
    let emitted = tree(&app);
    let renaming = Renaming::new(before, &app, renames, &emitted);
    (sync(disk, &emitted, &renaming).0, app)
}
