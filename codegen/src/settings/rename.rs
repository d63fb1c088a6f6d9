//! Renames of the database carried into `umbel.toml`; everything else in it stays as it is, byte by byte.

use std::collections::BTreeSet;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Key, Table, Value};
use umbel_schema::diff::Renames;
use umbel_schema::model::ObjectName;

use crate::plan::glob;

/// The lists of columns of a table.
const LISTS: [&str; 5] = ["key", "label_columns", "list", "order", "sort"];

/// The text with the new names of tables and columns.
///
/// `text` has been read before, and so is TOML.
pub(crate) fn rename(text: &str, renames: &Renames) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return text.to_owned();
    };
    let relations: BTreeSet<&ObjectName> = renames
        .relations
        .keys()
        .chain(renames.columns.keys().map(|column| &column.relation))
        .collect();
    for relation in relations {
        let entry = document
            .get_mut("table")
            .into_iter()
            .find_map(|tables| named(tables, relation));
        if let Some(table) = entry {
            columns(table, |column| renames.column(relation, column).to_owned());
        }
    }
    if let Some(tables) = document.get_mut("table") {
        keys(tables, |name| renamed_table(name, renames));
    }
    for (part, list) in [("source", "only"), ("source", "except"), ("app", "pages")] {
        let patterns = document
            .get_mut(part)
            .and_then(|source| source.get_mut(list));
        if let Some(patterns) = patterns.and_then(Item::as_array_mut) {
            tables(patterns, renames);
        }
    }
    document.to_string()
}

/// Renames tables of a list, which a glob may mean, too: whichever was meant still is.
fn tables(patterns: &mut Array, renames: &Renames) {
    let means = |patterns: &Array, name: &ObjectName| {
        let mut patterns = patterns.iter().filter_map(Value::as_str);
        patterns.any(|pattern| glob(pattern, &name.name) || glob(pattern, &name.to_string()))
    };
    let before = renames.relations.iter();
    let meant: Vec<&ObjectName> = before
        .filter(|(old, _)| means(patterns, old))
        .map(|(_, new)| new)
        .collect();
    strings(patterns, |name| renamed_table(name, renames));
    for new in meant {
        if !means(patterns, new) {
            patterns.push(new.to_string());
        }
    }
}

/// What is said about a table.
fn named<'a>(tables: &'a mut Item, name: &ObjectName) -> Option<&'a mut Item> {
    let qualified = name.to_string();
    let key = [qualified.as_str(), &name.name]
        .into_iter()
        .find(|key| tables.get(key).is_some())?;
    tables.get_mut(key)
}

fn columns(table: &mut Item, new: impl Fn(&str) -> String + Copy) {
    for list in LISTS {
        if let Some(columns) = table.get_mut(list).and_then(Item::as_array_mut) {
            strings(columns, |column| renamed_column(column, new));
        }
    }
    if let Some(columns) = table.get_mut("column") {
        keys(columns, |column| renamed_column(column, new));
    }
}

/// `-title` → `-name`
fn renamed_column(said: &str, new: impl Fn(&str) -> String) -> Option<String> {
    let whole = new(said);
    if whole != said {
        return Some(whole);
    }
    let column = said.strip_prefix('-')?;
    let now = new(column);
    (now != column).then(|| format!("-{now}"))
}

/// `film` → `movie`, `public.film` → `public.movie`
fn renamed_table(said: &str, renames: &Renames) -> Option<String> {
    renames.relations.iter().find_map(|(old, new)| {
        if *said == old.to_string() {
            Some(new.to_string())
        } else {
            (*said == old.name).then(|| new.name.clone())
        }
    })
}

/// Renames strings of a list; what stands around them stays.
fn strings(list: &mut Array, new: impl Fn(&str) -> Option<String>) {
    for value in list.iter_mut() {
        if let Some(new) = value.as_str().and_then(&new) {
            let decor = value.decor().clone();
            *value = Value::from(new);
            *value.decor_mut() = decor;
        }
    }
}

/// Renames keys of a table; their order and what stands around them stay.
fn keys(table: &mut Item, new: impl Fn(&str) -> Option<String>) {
    match table {
        Item::Table(table) => keys_of_table(table, new),
        Item::Value(Value::InlineTable(table)) => keys_of_inline(table, new),
        _ => {}
    }
}

fn keys_of_table(table: &mut Table, new: impl Fn(&str) -> Option<String>) {
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    // All are taken out before the first is put back: two may have changed places.
    let entries = names.iter().map(|name| table.remove_entry(name));
    let entries: Vec<(Key, Item)> = entries.flatten().collect();
    for (key, item) in entries {
        table.insert_formatted(&renamed(key, &new), item);
    }
}

fn keys_of_inline(table: &mut InlineTable, new: impl Fn(&str) -> Option<String>) {
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let entries = names.iter().map(|name| table.remove_entry(name));
    let entries: Vec<(Key, Value)> = entries.flatten().collect();
    for (key, value) in entries {
        table.insert_formatted(&renamed(key, &new), value);
    }
}

fn renamed(key: Key, new: impl Fn(&str) -> Option<String>) -> Key {
    match new(key.get()) {
        Some(name) => Key::new(name)
            .with_leaf_decor(key.leaf_decor().clone())
            .with_dotted_decor(key.dotted_decor().clone()),
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use umbel_schema::diff::ColumnName;

    use super::*;

    #[test]
    fn names_change_and_nothing_else() {
        let film = ObjectName::new("public", "film");
        let mut renames = Renames::default();
        renames
            .relations
            .insert(film.clone(), ObjectName::new("public", "movie"));
        renames.columns.insert(
            ColumnName {
                relation: film,
                column: "title".to_owned(),
            },
            "full title".to_owned(),
        );
        let text = r#"# The shop.
[source]
only = ["film", "film*"] # all of them

[table.film] # the best
sort = [ "-title", "film_id" ]
column.length = { hidden = true }
column.title = { label = "Name" } # short

[table."public.actor".column]
title.hidden = true

[table.film.other]
help = "title"
"#;
        let expect = r#"# The shop.
[source]
only = ["movie", "film*"] # all of them

[table.movie] # the best
sort = [ "-full title", "film_id" ]
column.length = { hidden = true }
column."full title" = { label = "Name" } # short

[table."public.actor".column]
title.hidden = true

[table.movie.other]
help = "title"
"#;
        assert_eq!(rename(text, &renames), expect);
    }

    #[test]
    fn a_table_that_a_glob_meant_is_still_meant() {
        let mut renames = Renames::default();
        renames.relations.insert(
            ObjectName::new("public", "film"),
            ObjectName::new("public", "movie"),
        );
        let check = |before: &str, after: &str| {
            let pages = |globs: &str| format!("[app]\npages = [{globs}]\n");
            assert_eq!(rename(&pages(before), &renames), pages(after));
        };
        check(r#""film""#, r#""movie""#);
        check(r#""f*""#, r#""f*", "public.movie""#);
        check(r#""*m*""#, r#""*m*""#);
        check(r#""actor""#, r#""actor""#);
    }

    #[test]
    fn names_that_changed_places() {
        let (film, actor) = (
            ObjectName::new("public", "film"),
            ObjectName::new("public", "actor"),
        );
        let mut renames = Renames::default();
        renames.relations.insert(film.clone(), actor.clone());
        renames.relations.insert(actor, film);
        let text = "[table.actor]\nhooks = true\n\n[table.film]\nsort = [\"a\"]\n";
        let expect = "[table.film]\nhooks = true\n\n[table.actor]\nsort = [\"a\"]\n";
        assert_eq!(rename(text, &renames), expect);
    }
}
