//! Three-way merge of TOML, key by key: the person's file stays as it is written, and takes the values
//! that changed.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::{Merged, Versions};

/// Merges documents that all parse; `None` where one does not, or where both changed the same key.
pub(super) fn merge(versions: Versions<'_>) -> Option<Merged> {
    let base: DocumentMut = versions.base.parse().ok()?;
    let mut ours: DocumentMut = versions.ours.parse().ok()?;
    let theirs: DocumentMut = versions.theirs.parse().ok()?;
    table(
        Some(base.as_table()),
        ours.as_table_mut(),
        theirs.as_table(),
    )?;
    Some(Merged::Clean(ours.to_string()))
}

/// Takes over what changed from `base` to `theirs`.
fn table(
    base: Option<&dyn TableLike>,
    ours: &mut dyn TableLike,
    theirs: &dyn TableLike,
) -> Option<()> {
    let empty = toml_edit::Table::new();
    let base = base.unwrap_or(&empty);
    let keys: BTreeSet<String> = base
        .iter()
        .chain(theirs.iter())
        .map(|(key, _)| key.to_owned())
        .collect();
    for key in keys {
        let (before, now) = (base.get(&key), theirs.get(&key));
        if plain(before) == plain(now) {
            continue;
        }
        let own = ours.get(&key);
        if plain(own) == plain(now) {
            continue;
        }
        if plain(own) == plain(before) {
            match now {
                Some(item) => replace(ours, &key, item),
                None => drop(ours.remove(&key)),
            }
            continue;
        }
        if let (Some(before), Some(now)) = (array(before), array(now))
            && let Some(own) = ours.get_mut(&key).and_then(Item::as_array_mut)
        {
            merge_array(before, own, now);
            continue;
        }
        let before = before.and_then(Item::as_table_like);
        match (ours.get_mut(&key), now.and_then(Item::as_table_like)) {
            (Some(own), Some(now)) => table(before, own.as_table_like_mut()?, now)?,
            _ => return None,
        }
    }
    Some(())
}

/// Puts a value in the place of another, whose comments stay.
fn replace(ours: &mut dyn TableLike, key: &str, item: &Item) {
    match (ours.get_mut(key), item) {
        (Some(Item::Value(own)), Item::Value(value)) => {
            let decor = own.decor().clone();
            *own = value.clone();
            *own.decor_mut() = decor;
        }
        _ => {
            ours.insert(key, item.clone());
        }
    }
}

/// Lists as sets: what was added is added, what was taken out is taken out.
fn merge_array(base: &toml_edit::Array, ours: &mut toml_edit::Array, theirs: &toml_edit::Array) {
    let texts =
        |array: &toml_edit::Array| -> BTreeSet<String> { array.iter().map(plain_value).collect() };
    let (before, now) = (texts(base), texts(theirs));
    ours.retain(|value| {
        let text = plain_value(value);
        now.contains(&text) || !before.contains(&text)
    });
    for value in theirs {
        let text = plain_value(value);
        if !before.contains(&text) && !texts(ours).contains(&text) {
            ours.push(value.clone().decorated(" ", ""));
        }
    }
}

fn array(item: Option<&Item>) -> Option<&toml_edit::Array> {
    item.and_then(Item::as_array)
}

/// A value without its comments and layout, to be compared.
fn plain(item: Option<&Item>) -> Option<String> {
    let item = item?;
    if let Some(value) = item.as_value() {
        return Some(plain_value(value));
    }
    if let Some(table) = item.as_table_like() {
        return Some(plain_table(table));
    }
    let tables = item.as_array_of_tables()?.iter();
    let tables: Vec<String> = tables.map(|table| plain_table(table)).collect();
    Some(format!("[{}]", tables.join(",")))
}

fn plain_table(table: &dyn TableLike) -> String {
    let mut members: Vec<String> = table
        .iter()
        .map(|(key, item)| format!("{key}={}", plain(Some(item)).unwrap_or_default()))
        .collect();
    members.sort();
    format!("{{{}}}", members.join(","))
}

fn plain_value(value: &Value) -> String {
    match value {
        Value::Array(array) => {
            let items: Vec<String> = array.iter().map(plain_value).collect();
            format!("[{}]", items.join(","))
        }
        Value::InlineTable(table) => plain_table(table),
        // The text of a string, however it is quoted.
        Value::String(text) => format!("{:?}", text.value()),
        other => other.clone().decorated("", "").to_string(),
    }
}
