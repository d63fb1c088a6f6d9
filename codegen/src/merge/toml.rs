//! Three-way merge of TOML, key by key: the person's file stays as it is written, and takes the values
//! that changed.

use std::collections::BTreeSet;

use toml_edit::{Document, DocumentMut, Item, TableLike, Value};

use super::{Conflict, Did, Held, Language, Merged, Place, Rest, Versions, lines};

/// Merges documents that all parse; `None` where one does not.
pub(super) fn merge(versions: Versions<'_>) -> Option<Merged> {
    let nothing = Held::default();
    let (text, places) = merged(versions, &nothing)?;
    if places.is_empty() {
        return Some(Merged::Clean(text));
    }
    // Lines may tell more: an array, a key with a comment.
    let Merged::Conflict(conflict) = lines::merge(Language::Toml, versions) else {
        return None;
    };
    let held = Held(places.iter().map(|place| place.item.clone()).collect());
    Some(Merged::Conflict(Conflict {
        attempt: conflict.attempt,
        rest: Some(Rest { text, held }),
        places,
    }))
}

/// What is emitted now, with the held keys as they were.
pub(super) fn without_held(base: &str, theirs: &str, held: &Held) -> Option<String> {
    let versions = Versions {
        base,
        ours: base,
        theirs,
    };
    merged(versions, held).map(|(text, _)| text)
}

/// The line of a file on which a key stands, or the table that it would stand in.
pub(super) fn line(text: &str, way: &[String]) -> Option<usize> {
    let document = Document::parse(text).ok()?;
    let mut table: &dyn TableLike = document.as_table();
    let mut start = None;
    for key in way {
        let Some((key, item)) = table.get_key_value(key) else {
            break;
        };
        start = key.span().or_else(|| item.span()).map(|span| span.start);
        match item.as_table_like() {
            Some(inner) => table = inner,
            None => break,
        }
    }
    Some(text.get(..start?)?.matches('\n').count() + 1)
}

/// Ours with what changed from the base to theirs, and the keys that both changed, which stay as they are.
fn merged(versions: Versions<'_>, held: &Held) -> Option<(String, Vec<Place>)> {
    let base: DocumentMut = versions.base.parse().ok()?;
    let mut ours: DocumentMut = versions.ours.parse().ok()?;
    let theirs: DocumentMut = versions.theirs.parse().ok()?;
    let mut merge = Merge {
        held,
        way: Vec::new(),
        places: Vec::new(),
    };
    merge.table(
        Some(base.as_table()),
        ours.as_table_mut(),
        theirs.as_table(),
    );
    Some((ours.to_string(), merge.places))
}

/// A merge on its way through the tables.
struct Merge<'h> {
    held: &'h Held,
    /// The keys that lead to the table at work.
    way: Vec<String>,
    places: Vec<Place>,
}

impl Merge<'_> {
    /// Takes over what changed from `base` to `theirs`.
    fn table(
        &mut self,
        base: Option<&dyn TableLike>,
        ours: &mut dyn TableLike,
        theirs: &dyn TableLike,
    ) {
        let empty = toml_edit::Table::new();
        let base = base.unwrap_or(&empty);
        let keys: BTreeSet<String> = base
            .iter()
            .chain(theirs.iter())
            .map(|(key, _)| key.to_owned())
            .collect();
        for key in keys {
            self.way.push(key.clone());
            if !self.held.has(&self.way) {
                self.value(&key, base.get(&key), ours, theirs.get(&key));
            }
            self.way.pop();
        }
    }

    /// Takes over what became of one key.
    fn value(
        &mut self,
        key: &str,
        before: Option<&Item>,
        ours: &mut dyn TableLike,
        now: Option<&Item>,
    ) {
        let own = ours.get(key);
        if plain(before) == plain(now) || plain(own) == plain(now) {
            return;
        }
        if plain(own) == plain(before) && !self.held.is_within(&self.way) {
            match now {
                Some(item) => replace(ours, key, item),
                None => drop(ours.remove(key)),
            }
            return;
        }
        if let (Some(before), Some(now)) = (array(before), array(now))
            && let Some(own) = ours.get_mut(key).and_then(Item::as_array_mut)
        {
            merge_array(before, own, now);
            return;
        }
        let inner = before.and_then(Item::as_table_like);
        let own = ours.get_mut(key).and_then(Item::as_table_like_mut);
        match (own, now.and_then(Item::as_table_like)) {
            (Some(own), Some(now)) => self.table(inner, own, now),
            (own, _) => {
                let ours = own.is_some() || ours.get(key).is_some();
                let text = |is_there: bool| is_there.then_some("value");
                let before = text(before.is_some());
                self.places.push(Place {
                    item: self.way.clone(),
                    line: None,
                    ours: Did::of(before, text(ours)),
                    theirs: Did::of(before, text(now.is_some())),
                });
            }
        }
    }
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
