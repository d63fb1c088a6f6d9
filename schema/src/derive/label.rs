//! By which columns a person knows a row.

use super::key::unique_keys;
use super::words::{alike, snake, words};
use super::{base_type, is_sensitive, is_text};
use crate::model::{Column, Relation, Schema};

/// Names of two columns that are one name together.
const PAIRS: [[&str; 2]; 5] = [
    ["first_name", "last_name"],
    ["firstname", "lastname"],
    ["given_name", "family_name"],
    ["forename", "surname"],
    ["name", "surname"],
];

/// Names of columns that name a row, the best first.
const NAMES: [&str; 21] = [
    "full_name",
    "fullname",
    "display_name",
    "displayname",
    "name",
    "title",
    "label",
    "caption",
    "headline",
    "subject",
    "username",
    "user_name",
    "login",
    "email",
    "email_address",
    "mail",
    "code",
    "number",
    "reference",
    "symbol",
    "short_name",
];

/// The columns whose values, a space between, make the best label of a row; none where no column is fit.
pub fn label_columns<'a>(schema: &Schema, relation: &'a Relation) -> Vec<&'a Column> {
    let is_reference = |column: &Column| {
        let mut keys = relation.foreign_keys.iter();
        keys.any(|key| key.columns.contains(&column.name))
    };
    let fit: Vec<(&Column, String)> = relation
        .columns
        .iter()
        .filter(|column| is_text(base_type(schema, &column.data_type)))
        .filter(|column| {
            column.can_select && !is_reference(column) && !is_sensitive(relation, column)
        })
        .map(|column| (column, without_table(&column.name, relation)))
        .collect();
    let named = |name: &str| {
        fit.iter()
            .find(|(_, known)| known == name)
            .map(|(column, _)| *column)
    };

    let whole = NAMES[..4].iter().find_map(|name| named(name));
    let pair = || {
        PAIRS
            .iter()
            .find_map(|[first, last]| Some(vec![named(first)?, named(last)?]))
    };
    let first = |fits: &dyn Fn(&Column) -> bool| {
        let mut columns = fit.iter().map(|(column, _)| *column);
        columns.find(|column| fits(column))
    };
    let ends_with = |end: &str| {
        first(&|column| {
            words(&column.name)
                .last()
                .is_some_and(|word| word.ends_with(end))
        })
    };
    let keys = unique_keys(relation);
    let single = || {
        NAMES[4..]
            .iter()
            .find_map(|name| named(name))
            // `city.city`
            .or_else(|| first(&|column| alike(&column.name, &relation.name.name)))
            .or_else(|| ["name", "title", "label"].into_iter().find_map(ends_with))
            // People tell rows apart by what is unique and not a mere number.
            .or_else(|| first(&|column| keys.contains(&vec![column.name.as_str()])))
            .or_else(|| named("slug"))
    };
    whole
        .map(|column| vec![column])
        .or_else(pair)
        .or_else(|| single().map(|column| vec![column]))
        .unwrap_or_default()
}

/// `product_name` of `products` → `name`; `companyname` stays.
fn without_table(column: &str, relation: &Relation) -> String {
    let words = words(column);
    let split =
        (1..words.len()).find(|&split| alike(&words[..split].concat(), &relation.name.name));
    match split {
        Some(split) => words[split..].join("_"),
        None => snake(column),
    }
}
