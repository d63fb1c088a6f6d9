//! What has another name than in the schema before, by the names that the files know it under.
//!
//! A folder of migrations tells it, since the statements that renamed something stay in it. A schema that was dumped
//! anew does not: it holds the last names alone.

use super::names::relation;
use super::{ColumnName, LabelName, Renames};
use crate::Schema;
use crate::model::{DataType, Enum, FormerNames, FormerPart, FormerWhole, ObjectName, Relation};

impl FormerNames {
    /// What has another name in `after`, which was read from the files, than in `before`: of the names that something had,
    /// the last one that is known there.
    pub fn renames(&self, before: &Schema, after: &Schema) -> Renames {
        let mut renames = Renames::default();
        for whole in &self.relations {
            let find = |name: &ObjectName| relation(before, name);
            let likeness = |name: &ObjectName| {
                let (old, new) = (find(name)?, relation(after, &whole.name)?);
                Some(alike(&columns(old), &columns(new), &whole.parts))
            };
            let went_round = |name: &ObjectName| was_another(&self.relations, name);
            let Some(old) = known(&whole.name, &whole.before, likeness, went_round) else {
                continue;
            };
            if *old != whole.name {
                let taken = renames.relations.entry(old.clone());
                taken.or_insert_with(|| whole.name.clone());
            }
            let before = find(old).map_or_else(Vec::new, columns);
            let after = relation(after, &whole.name).map_or_else(Vec::new, columns);
            for (column, new) in parts(&whole.parts, &before, &after) {
                let (relation, column) = (old.clone(), column.clone());
                let taken = renames.columns.entry(ColumnName { relation, column });
                taken.or_insert(new);
            }
        }
        for whole in &self.enums {
            let find = |name: &ObjectName| enumeration(before, name);
            let likeness = |name: &ObjectName| {
                let (old, new) = (find(name)?, enumeration(after, &whole.name)?);
                Some(alike(&labels(old), &labels(new), &whole.parts))
            };
            let went_round = |name: &ObjectName| was_another(&self.enums, name);
            let Some(old) = known(&whole.name, &whole.before, likeness, went_round) else {
                continue;
            };
            if *old != whole.name {
                let taken = renames.enums.entry(old.clone());
                taken.or_insert_with(|| whole.name.clone());
            }
            let before = find(old).map_or_else(Vec::new, labels);
            let after = enumeration(after, &whole.name).map_or_else(Vec::new, labels);
            for (label, new) in parts(&whole.parts, &before, &after) {
                let (enumeration, label) = (old.clone(), label.clone());
                let taken = renames.labels.entry(LabelName { enumeration, label });
                taken.or_insert(new);
            }
        }
        renames
    }
}

fn enumeration<'s>(schema: &'s Schema, name: &ObjectName) -> Option<&'s Enum> {
    schema.enums.iter().find(|item| item.name == *name)
}

/// A column or a label, with what it is besides its name.
type Item<'s> = (&'s str, Option<&'s DataType>);

fn columns(relation: &Relation) -> Vec<Item<'_>> {
    let columns = relation.columns.iter();
    columns
        .map(|column| (column.name.as_str(), Some(&column.data_type)))
        .collect()
}

fn labels(item: &Enum) -> Vec<Item<'_>> {
    item.labels
        .iter()
        .map(|label| (label.as_str(), None))
        .collect()
}

/// The parts that were called otherwise: their names before and now.
fn parts(parts: &[FormerPart], before: &[Item<'_>], after: &[Item<'_>]) -> Vec<(String, String)> {
    let place = |items: &[Item<'_>], name: &str| items.iter().position(|item| item.0 == name);
    let mut found = Vec::new();
    for part in parts {
        let likeness = |name: &String| {
            let old = place(before, name)?;
            let new = place(after, &part.name);
            let is_of_type = new.is_some_and(|new| before[old].1 == after[new].1);
            // A rename leaves a column where it stands.
            Some(i32::from(is_of_type) * 2 + i32::from(new == Some(old)))
        };
        let went_round = |name: &String| {
            let mut others = parts.iter();
            others.any(|other| other.name == *name && !other.before.is_empty())
        };
        if let Some(old) = known(&part.name, &part.before, likeness, went_round)
            && *old != part.name
        {
            found.push((old.clone(), part.name.clone()));
        }
    }
    found
}

/// How many parts two wholes share, less those that only one of them has; under whatever name.
fn alike(before: &[Item<'_>], after: &[Item<'_>], parts: &[FormerPart]) -> i32 {
    let was = |name: &str, old: &str| {
        let mut parts = parts.iter();
        name == old
            || parts.any(|part| part.name == name && part.before.iter().any(|before| before == old))
    };
    let shared = after.iter().filter(|(name, of_type)| {
        let mut before = before.iter();
        before.any(|(old, old_type)| was(name, old) && of_type == old_type)
    });
    let count = |items: usize| i32::try_from(items).unwrap_or(i32::MAX);
    2 * count(shared.count()) - count(before.len() + after.len())
}

/// Whether what has the name now was called otherwise: then the name may have changed hands.
fn was_another(wholes: &[FormerWhole], name: &ObjectName) -> bool {
    let mut wholes = wholes.iter();
    wholes.any(|whole| whole.name == *name && !whole.before.is_empty())
}

/// The name under which something was known: that of now, else the last of those before. Where names went round, what bears
/// each of them may be known under another: then that is it which is most alike. `likeness` has none of what is unknown.
fn known<'n, N>(
    now: &'n N,
    before: &'n [N],
    likeness: impl Fn(&N) -> Option<i32>,
    went_round: impl Fn(&N) -> bool,
) -> Option<&'n N> {
    let mut names = std::iter::once(now)
        .chain(before.iter().rev())
        .filter_map(|name| likeness(name).map(|likeness| (name, likeness)));
    let (mut best, mut most) = names.next()?;
    for (name, likeness) in names {
        if likeness > most && went_round(name) {
            (best, most) = (name, likeness);
        }
    }
    Some(best)
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
        let mut renames = after.former.renames(&before, &after.schema);
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

    /// By way of a name that nothing keeps; a sync after it finds nothing new.
    #[test]
    fn names_that_went_round() {
        let statements = [
            "CREATE TABLE a (x int); CREATE TABLE b (x int, y text); CREATE TABLE c (z text)",
            "ALTER TABLE a RENAME TO t; ALTER TABLE b RENAME TO a; ALTER TABLE t RENAME TO b",
            "ALTER TABLE a RENAME TO t; ALTER TABLE b RENAME TO a; ALTER TABLE c RENAME TO b;
             ALTER TABLE t RENAME TO c",
        ];
        check(
            &statements[..2],
            1,
            &["public.a public.b", "public.b public.a"],
        );
        check(&statements[..2], 2, &[]);
        let round = [
            "public.a public.c",
            "public.b public.a",
            "public.c public.b",
        ];
        check(&[statements[0], statements[2]], 1, &round);
        check(&[statements[0], statements[2]], 2, &[]);
        check_sqlite(&statements[..2], 1, &["main.a main.b", "main.b main.a"]);
        check_sqlite(&statements[..2], 2, &[]);
        let columns = [
            "CREATE TABLE a (x text, y text, z int)",
            "ALTER TABLE a RENAME x TO t; ALTER TABLE a RENAME y TO x; ALTER TABLE a RENAME t TO y",
        ];
        check(&columns, 1, &["public.a.x y", "public.a.y x"]);
        check(&columns, 2, &[]);
        check_sqlite(&columns, 1, &["main.a.x y", "main.a.y x"]);
        let labels = [
            "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE a (x mood)",
            "ALTER TYPE mood RENAME VALUE 'sad' TO 't'; ALTER TYPE mood RENAME VALUE 'glad' TO 'sad';
             ALTER TYPE mood RENAME VALUE 't' TO 'glad'",
        ];
        check(
            &labels,
            1,
            &["public.mood.glad sad", "public.mood.sad glad"],
        );
        check(&labels, 2, &[]);
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
