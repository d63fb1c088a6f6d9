//! What an input stands for that is left empty: nothing, a text without characters, or the column's default.

use proc_macro2::Ident;
use umbel_schema::model::Column;

use super::rules::Limits;
use super::value::Family;
use super::{Blank, Entry, default};

/// The widgets into which values are typed, so that there can be nothing in them.
const TYPED: [&str; 12] = [
    "Code",
    "Date",
    "DateTime",
    "Email",
    "Json",
    "List",
    "Number",
    "Text",
    "Textarea",
    "Time",
    "Timestamp",
    "Url",
];

/// Whether an empty text, or an empty array, is a value of a column: of a type that is read by the database alone, if
/// the column's default says so.
pub(super) fn takes_empty(family: &Family, limits: &Limits, constant: Option<&str>) -> bool {
    let is_default = constant == Some("");
    match family {
        Family::Text { .. } if !limits.options.is_empty() => {
            limits.options.iter().any(String::is_empty)
        }
        Family::Text { .. } => !limits.filled,
        Family::Markup | Family::Raw => is_default,
        Family::List(_) => true,
        _ => false,
    }
}

/// The default that an input says it is left to; an array that is empty by default, or missing, says so itself.
pub(super) fn default(column: &Column, entry: Entry, nullable: bool) -> Option<String> {
    let default = column.default.clone()?;
    let is_said = entry == Entry::List && nullable && is_empty(&default);
    (!is_said).then_some(default)
}

/// What an input can stand for if it is left empty, where that can be several things: what is meant by itself first.
pub(super) fn blanks(
    nullable: bool,
    takes_empty: bool,
    widget: &Ident,
    column: &Column,
    has_default: bool,
) -> Vec<Blank> {
    if !TYPED.iter().any(|typed| widget == typed) {
        return Vec::new();
    }
    let null = nullable.then_some(Blank::Null);
    let empty = takes_empty.then_some(Blank::Empty);
    let blanks: Vec<Blank> = match column.default.as_deref().is_some_and(is_empty) {
        true => empty.into_iter().chain(null).collect(),
        false => null.into_iter().chain(empty).collect(),
    };
    match blanks.len() + usize::from(has_default) {
        0 | 1 => Vec::new(),
        _ => blanks,
    }
}

/// `''::text`, `'{}'::text[]`
fn is_empty(default: &str) -> bool {
    matches!(default::constant(default).as_deref(), Some("" | "{}"))
}
