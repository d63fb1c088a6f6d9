//! What objects were called before, as `ALTER … RENAME` says in the files.
//!
//! A folder of migrations tells it, since the statements that renamed something stay in it. A schema that was dumped
//! anew does not: it holds the last names alone.

use std::collections::BTreeMap;

use super::builtin::Oid;
use crate::Schema;
use crate::diff::{ColumnName, LabelName, Renames};
use crate::model::ObjectName;

/// The former names of what the files make.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormerNames {
    /// In the order in which they were made, as the enums are.
    pub(super) relations: Vec<Whole>,
    pub(super) enums: Vec<Whole>,
}

/// A relation or an enum, with those of its columns or labels that were called otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) name: ObjectName,
    /// The oldest first.
    pub(super) before: Vec<ObjectName>,
    pub(super) parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) before: Vec<String>,
}

impl FormerNames {
    /// What has another name than in `before`: of the names that something had, the last one that is known there.
    pub fn renames(&self, before: &Schema) -> Renames {
        let mut renames = Renames::default();
        for whole in &self.relations {
            let find = |name: &ObjectName| {
                let mut relations = before.relations.iter();
                relations.find(|relation| relation.name == *name)
            };
            let Some(old) = known(&whole.name, &whole.before, |name| find(name).is_some()) else {
                continue;
            };
            if *old != whole.name {
                let taken = renames.relations.entry(old.clone());
                taken.or_insert_with(|| whole.name.clone());
            }
            let columns = find(old).map_or(&[][..], |relation| &relation.columns);
            for part in &whole.parts {
                let is_known = |name: &String| columns.iter().any(|column| column.name == *name);
                if let Some(column) = known(&part.name, &part.before, is_known)
                    && *column != part.name
                {
                    let (relation, column) = (old.clone(), column.clone());
                    let taken = renames.columns.entry(ColumnName { relation, column });
                    taken.or_insert_with(|| part.name.clone());
                }
            }
        }
        for whole in &self.enums {
            let find = |name: &ObjectName| before.enums.iter().find(|item| item.name == *name);
            let Some(old) = known(&whole.name, &whole.before, |name| find(name).is_some()) else {
                continue;
            };
            if *old != whole.name {
                let taken = renames.enums.entry(old.clone());
                taken.or_insert_with(|| whole.name.clone());
            }
            let labels = find(old).map_or(&[][..], |item| &item.labels);
            for part in &whole.parts {
                if let Some(label) = known(&part.name, &part.before, |name| labels.contains(name))
                    && *label != part.name
                {
                    let (enumeration, label) = (old.clone(), label.clone());
                    let taken = renames.labels.entry(LabelName { enumeration, label });
                    taken.or_insert_with(|| part.name.clone());
                }
            }
        }
        renames
    }
}

/// The name under which something is known: that of now, else the last of those before.
fn known<'n, N>(now: &'n N, before: &'n [N], is_known: impl Fn(&N) -> bool) -> Option<&'n N> {
    std::iter::once(now)
        .chain(before.iter().rev())
        .find(|name| is_known(name))
}

/// Former names by the numbers of what had them, as the statements are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    relations: BTreeMap<Oid, Vec<ObjectName>>,
    columns: BTreeMap<Oid, BTreeMap<i32, Vec<String>>>,
    types: BTreeMap<Oid, Vec<ObjectName>>,
    /// By the label as it is now.
    labels: BTreeMap<Oid, BTreeMap<String, Vec<String>>>,
}

impl Record {
    pub(super) fn relation(&mut self, oid: Oid, old: ObjectName) {
        self.relations.entry(oid).or_default().push(old);
    }

    pub(super) fn ty(&mut self, oid: Oid, old: ObjectName) {
        self.types.entry(oid).or_default().push(old);
    }

    pub(super) fn column(&mut self, relation: Oid, number: i32, old: &str) {
        let columns = self.columns.entry(relation).or_default();
        columns.entry(number).or_default().push(old.to_owned());
    }

    pub(super) fn label(&mut self, oid: Oid, old: &str, new: &str) {
        let labels = self.labels.entry(oid).or_default();
        let mut names = labels.remove(old).unwrap_or_default();
        names.push(old.to_owned());
        labels.insert(new.to_owned(), names);
    }

    /// What is recorded of the relation with a number; its columns are named by theirs.
    pub(super) fn of_relation(
        &self,
        oid: Oid,
        name: &ObjectName,
        column: impl Fn(i32) -> Option<String>,
    ) -> Option<Whole> {
        let columns = self.columns.get(&oid).into_iter().flatten();
        let parts = columns.filter_map(|(number, before)| {
            let before = before.clone();
            column(*number).map(|name| Part { name, before })
        });
        whole(name, self.relations.get(&oid), parts.collect())
    }

    /// What is recorded of the enum with a number.
    pub(super) fn of_enum(&self, oid: Oid, name: &ObjectName) -> Option<Whole> {
        let labels = self.labels.get(&oid).into_iter().flatten();
        let parts = labels.map(|(name, before)| Part {
            name: name.clone(),
            before: before.clone(),
        });
        whole(name, self.types.get(&oid), parts.collect())
    }
}

/// Nothing where it and its parts were never called otherwise.
fn whole(name: &ObjectName, before: Option<&Vec<ObjectName>>, parts: Vec<Part>) -> Option<Whole> {
    let before = before.cloned().unwrap_or_default();
    let was_renamed = !before.is_empty() || !parts.is_empty();
    was_renamed.then(|| Whole {
        name: name.clone(),
        before,
        parts,
    })
}

#[cfg(test)]
mod tests {
    use crate::model::Dialect;
    use crate::postgres::ReadOptions;
    use crate::sql::{Reading, SqlFile, read_as};

    fn read(dialect: Dialect, statements: &[&str]) -> Reading {
        let files = statements.iter().map(|text| SqlFile {
            name: "a.sql".to_owned(),
            text: (*text).to_owned(),
        });
        let files: Vec<_> = files.collect();
        read_as(dialect, &files, &ReadOptions::default()).unwrap()
    }

    /// What the statements after the first `applied` of them rename.
    #[track_caller]
    fn check_in(dialect: Dialect, statements: &[&str], applied: usize, expect: &[&str]) {
        let before = read(dialect, &statements[..applied]).schema;
        let after = read(dialect, statements);
        let mut renames = after.former.renames(&before);
        renames.keep_possible(&before, &after.schema);
        let relations = renames.relations.iter().chain(&renames.enums);
        let mut found: Vec<String> = relations.map(|(old, new)| format!("{old} {new}")).collect();
        let columns = renames.columns.iter();
        found.extend(columns.map(|(old, new)| format!("{}.{} {new}", old.relation, old.column)));
        let labels = renames.labels.iter();
        found.extend(labels.map(|(old, new)| format!("{}.{} {new}", old.enumeration, old.label)));
        assert_eq!(found, expect, "{statements:?}");
    }

    #[track_caller]
    fn check(statements: &[&str], applied: usize, expect: &[&str]) {
        check_in(Dialect::Postgres, statements, applied, expect);
    }

    #[track_caller]
    fn check_sqlite(statements: &[&str], applied: usize, expect: &[&str]) {
        check_in(Dialect::Sqlite, statements, applied, expect);
    }

    #[test]
    fn everything_that_has_a_name() {
        let statements = [
            "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE film (a int, b mood)",
            "ALTER TABLE film RENAME TO movie; ALTER TABLE movie RENAME a TO c",
            "ALTER TYPE mood RENAME VALUE 'glad' TO 'happy'; ALTER TYPE mood RENAME TO feeling",
        ];
        let film = ["public.film public.movie", "public.film.a c"];
        let mood = ["public.mood public.feeling", "public.mood.glad happy"];
        check(&statements, 1, &[film[0], mood[0], film[1], mood[1]]);
        check(&statements, 2, &mood);
        check(&statements, 3, &[]);
    }

    #[test]
    fn schemas() {
        let statements = [
            "CREATE SCHEMA a; CREATE TABLE t (x int); CREATE TABLE u (x int)",
            "ALTER TABLE t SET SCHEMA a",
            "ALTER TABLE a.t SET SCHEMA public; ALTER TABLE t RENAME TO v",
        ];
        check(&statements, 1, &["public.t public.v"]);
    }

    #[test]
    fn several_times() {
        let statements = [
            "CREATE TABLE a (x int)",
            "ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME x TO y",
            "ALTER TABLE b RENAME TO c; ALTER TABLE c RENAME y TO z",
        ];
        check(&statements, 1, &["public.a public.c", "public.a.x z"]);
        check(&statements, 2, &["public.b public.c", "public.b.y z"]);
        check_sqlite(&statements, 1, &["main.a main.c", "main.a.x z"]);
        check_sqlite(&statements, 2, &["main.b main.c", "main.b.y z"]);
    }

    /// The name went to something else: what had it before has it no longer.
    #[test]
    fn names_that_are_given_again() {
        let statements = [
            "CREATE TABLE a (x int)",
            "ALTER TABLE a RENAME TO b; CREATE TABLE a (y int); ALTER TABLE a RENAME TO c",
        ];
        check(&statements, 1, &["public.a public.b"]);
        check_sqlite(&statements, 1, &["main.a main.b"]);
        let statements = [
            "CREATE TABLE a (x int, y int)",
            "ALTER TABLE a RENAME x TO z; ALTER TABLE a DROP COLUMN z; ALTER TABLE a ADD COLUMN z int",
        ];
        check(&statements, 1, &[]);
        check_sqlite(&statements, 1, &[]);
        let statements = [
            "CREATE TABLE a (x int); CREATE TABLE k (x int)",
            "ALTER TABLE a RENAME TO b; DROP TABLE b; CREATE TABLE b (x int)",
        ];
        check(&statements, 1, &[]);
        check_sqlite(&statements, 1, &[]);
    }

    #[test]
    fn as_sqlite_spells_it() {
        let statements = [
            "CREATE TABLE Film (Title TEXT, [a b] TEXT)",
            "ALTER TABLE main.\"film\" RENAME TITLE TO 'name'; ALTER TABLE FILM RENAME COLUMN `A B` TO c;
             ALTER TABLE film RENAME TO Movie",
        ];
        let expect = [
            "main.Film main.Movie",
            "main.Film.Title name",
            "main.Film.a b c",
        ];
        check_sqlite(&statements, 1, &expect);
        // How SQLite changes a table that ALTER TABLE cannot change.
        let statements = [
            "CREATE TABLE film (a INT)",
            "CREATE TABLE new_film (a TEXT); DROP TABLE film; ALTER TABLE new_film RENAME TO film",
        ];
        check_sqlite(&statements, 1, &[]);
    }
}
