//! The parts of an application that is too large for one crate.
//!
//! The compiler takes some 10 MB for a table of a crate. Models refer to each other and share one crate; pages refer to
//! models only, and are told apart by how the names of their tables begin: `pages/st` has those of `staff` and `student`.

use std::collections::{BTreeMap, BTreeSet};

use umbel_schema::model::Relation;

use super::{Kept, PlanError, TableNames};

/// The most tables of an application of one crate, where nobody says otherwise.
const ONE_CRATE: usize = 300;
/// The most tables of a part, as far as their names tell them apart.
const PART: usize = 150;
/// Stands for names without a letter that the name of a crate may have.
const OTHER: &str = "x";

/// Whether the application is made of several crates: as it is said, else by its size.
///
/// # Errors
/// It was made otherwise: no file would stay where it is.
pub(super) fn is_split(said: Option<bool>, tables: usize, kept: &Kept) -> Result<bool, PlanError> {
    let split = said.unwrap_or(tables > ONE_CRATE);
    let mut own = kept.tables.values().map(|table| &table.own);
    let is_other = own.any(|own| own.module.is_some() && own.part.is_some() != split);
    match (is_other, split) {
        (false, split) => Ok(split),
        (true, true) => Err(PlanError::OneCrate),
        (true, false) => Err(PlanError::SeveralCrates),
    }
}

/// Puts every table into a part; one that has a part stays in it.
pub(super) fn divide(names: &mut [TableNames], relations: &[&Relation], kept: &Kept) {
    for (names, relation) in names.iter_mut().zip(relations) {
        names.part = kept.own(&relation.name).and_then(|own| own.part.clone());
    }
    let known: BTreeSet<String> = names.iter().filter_map(|own| own.part.clone()).collect();
    let all: Vec<String> = names.iter().map(module).collect();
    let prefix = common_words(&all);
    let new = names.iter_mut().filter(|names| names.part.is_none());
    let new: Vec<&mut TableNames> = new.collect();
    let letters = new
        .iter()
        .map(|names| letters(&module(names)[prefix..]))
        .collect();
    for (names, part) in new.into_iter().zip(divided(letters, &known)) {
        names.part = Some(part);
    }
}

/// The parts of tables that have none yet, by the letters of their names.
fn divided(tables: Vec<String>, known: &BTreeSet<String>) -> Vec<String> {
    let mut parts = Vec::new();
    let mut new = Vec::new();
    for (at, letters) in tables.into_iter().enumerate() {
        let known = known.iter().filter(|part| letters.starts_with(*part));
        match known.max_by_key(|part| part.len()) {
            Some(part) => parts.push((at, part.clone())),
            None => new.push((at, letters)),
        }
    }
    by_letters(new, 1, &mut parts);
    parts.sort();
    parts.into_iter().map(|(_, part)| part).collect()
}

/// Tells the tables apart by their first letters, of which there are as many as it takes.
fn by_letters(tables: Vec<(usize, String)>, count: usize, parts: &mut Vec<(usize, String)>) {
    let mut groups: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (at, letters) in tables {
        let start = letters.get(..count).unwrap_or(&letters).to_owned();
        groups.entry(start).or_default().push((at, letters));
    }
    for (start, group) in groups {
        if group.len() > PART && group.iter().any(|(_, letters)| letters.len() > count) {
            by_letters(group, count + 1, parts);
        } else {
            parts.extend(group.into_iter().map(|(at, _)| (at, start.clone())));
        }
    }
}

/// How many bytes of the names are words that all of them begin with: `tbl_film`, `tbl_language`.
fn common_words(names: &[String]) -> usize {
    let [first, others @ ..] = names else {
        return 0;
    };
    let words = first.match_indices('_').map(|(at, _)| at + 1);
    let is_common = |end: &usize| others.iter().all(|name| name.starts_with(&first[..*end]));
    match others {
        [] => 0,
        _ => words.take_while(is_common).last().unwrap_or_default(),
    }
}

fn module(names: &TableNames) -> String {
    let module = names.module.last().map(ToString::to_string);
    module.unwrap_or_default()
}

/// The letters that the name of a crate may have; some, whatever the name is.
fn letters(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    if letters.is_empty() {
        OTHER.to_owned()
    } else {
        letters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of tables that have none, by the names of their modules; those that have one are `name:part`.
    #[track_caller]
    fn check(names: &[&str], expect: &[&str]) {
        let (known, new): (Vec<&str>, Vec<&str>) =
            names.iter().partition(|name| name.contains(':'));
        let known = known.iter().filter_map(|name| name.split_once(':'));
        let known: Vec<(&str, &str)> = known.collect();
        let all = new
            .iter()
            .copied()
            .chain(known.iter().map(|(name, _)| *name));
        let all: Vec<String> = all.map(str::to_owned).collect();
        let prefix = common_words(&all);
        let new = new.iter().map(|name| letters(&name[prefix..])).collect();
        let known = known.iter().map(|(_, part)| (*part).to_owned()).collect();
        assert_eq!(divided(new, &known), expect, "{names:?}");
    }

    #[test]
    fn first_letters() {
        check(&["actor", "film", "film_actor"], &["a", "f", "f"]);
        check(
            &["tbl_actor", "tbl_film", "tbl_film_actor"],
            &["a", "f", "f"],
        );
        check(&["film_actor"], &["f"]);
        check(&["дом", "_", "r2_d2"], &["x", "x", "r"]);
    }

    #[test]
    fn a_table_goes_to_the_part_that_is_there() {
        check(&["actor:a", "film:f", "fee", "zone"], &["f", "z"]);
        check(&["actor:a", "film:f", "film_actor"], &["f"]);
        check(&["staff:st", "session:se", "student", "shop"], &["st", "s"]);
    }

    #[test]
    fn as_many_letters_as_it_takes() {
        let names: Vec<String> = (0..400)
            .map(|at| format!("student{}{at}", ["a", "b", "c"][at % 3]))
            .chain(["staff".to_owned()])
            .collect();
        let parts = divided(names, &BTreeSet::new());
        assert_eq!(parts[..3], ["studenta", "studentb", "studentc"]);
        assert_eq!(parts[400], "sta");
    }
}
