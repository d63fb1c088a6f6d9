//! What the database refuses → errors of fields, in words. The only place where that is decided.

use crate::catalog::{Constraint, ConstraintRule, Link, Table, TableKind};
use crate::database::{Refusal, Rule};
use crate::error::{Error, FieldErrors};

/// A refused INSERT or UPDATE in words; without a table, as the columns named by the database allow.
pub(crate) fn explain(refusal: &Refusal, table: Option<&'static Table>) -> Error {
    if refusal.rule == Rule::Policy {
        return Error::Forbidden(
            "a row-level security policy of the database does not allow a row with these values"
                .to_owned(),
        );
    }
    if let Some(name) = refusal
        .table
        .as_deref()
        .filter(|name| is_elsewhere(refusal, table, name))
    {
        let message = sentence(&refusal.message);
        return FieldErrors::at(
            "",
            format!("what the database does along with it in `{name}` is refused: {message}"),
        )
        .into();
    }
    let constraint = table.and_then(|table| known(refusal, table));
    let columns = columns(refusal, constraint, table);
    if let (Rule::NotNull, Some(table), [column]) = (refusal.rule, table, columns.as_slice())
        && refusal.table.as_deref() == Some(table.name)
        && table.column(column).is_none()
    {
        let Table { schema, name, .. } = table;
        return Error::Drifted(format!("{schema}.{name}.{column} is new and must be given"));
    }
    let errors = match refusal.rule {
        Rule::Raised => raised(refusal, &columns),
        Rule::Unique => unique(&columns, table),
        Rule::ForeignKey => at(&columns, "refers to a row that does not exist"),
        Rule::Referenced => at(
            &columns,
            "cannot be changed, because other rows refer to it",
        ),
        Rule::NotNull => at(&columns, "is required"),
        Rule::Check | Rule::Exclusion => rule(refusal, constraint, &columns),
        Rule::TooLong => at(&columns, "is too long"),
        Rule::OutOfRange => at(&columns, "is out of range"),
        Rule::Unreadable | Rule::Silent | Rule::Policy | Rule::Value => {
            at(&columns, sentence(&refusal.message))
        }
    };
    // Where the database does not say which column it is about, its own words say most.
    match columns.is_empty()
        && matches!(
            refusal.rule,
            Rule::TooLong | Rule::OutOfRange | Rule::NotNull
        ) {
        true => FieldErrors::at("", sentence(&refusal.message)).into(),
        false => errors.into(),
    }
}

/// Whether it is a row of another table that a function was refused: its columns are none of this one, though they may
/// be called alike. The rows of a view are those of another table.
fn is_elsewhere(refusal: &Refusal, table: Option<&'static Table>, name: &str) -> bool {
    let is_table = |table: &Table| {
        matches!(table.kind, TableKind::Table | TableKind::PartialTable) && table.name != name
    };
    let is_said = !matches!(
        refusal.rule,
        Rule::Raised | Rule::ForeignKey | Rule::Referenced
    );
    refusal.within && is_said && table.is_some_and(is_table)
}

/// A refused DELETE in words.
pub(crate) fn explain_delete(refusal: &Refusal, table: &'static Table) -> Error {
    let singular = table.singular;
    if !matches!(refusal.rule, Rule::ForeignKey | Rule::Referenced) {
        let reason = match refusal.rule {
            Rule::Raised => said(refusal),
            _ => refusal.message.clone(),
        };
        return Error::Conflict(format!("this {singular} cannot be deleted: {reason}"));
    }
    let by = match refusal.table.as_deref() {
        Some(name) => referrer(table, name),
        None => "other rows".to_owned(),
    };
    referred(table, &format!("{by} refer"))
}

/// A DELETE that was refused, because `other rows refer` to the row.
pub(crate) fn referred(table: &'static Table, by: &str) -> Error {
    Error::Conflict(format!(
        "this {} cannot be deleted, because {by} to it",
        table.singular
    ))
}

/// What a person calls the rows of a table that refers to this one.
fn referrer(table: &'static Table, name: &str) -> String {
    let found = (table.referrers.iter()).find(|referrer| referrer.place().1 == name);
    match found.map(|referrer| (referrer.link, (referrer.table)())) {
        Some((Link::Direct { .. }, other)) => other.plural.to_owned(),
        Some((Link::Junction(_), other)) => format!("its links to {}", other.plural),
        None => format!("rows of `{name}`"),
    }
}

/// The constraint that was broken, if it is one of the table.
pub(crate) fn known(refusal: &Refusal, table: &'static Table) -> Option<&'static Constraint> {
    let name = refusal.constraint.as_deref()?;
    table
        .constraints
        .iter()
        .find(|constraint| constraint.name == name)
}

/// The columns that a refusal is about: as the database names one, as the constraint has them, or as DETAIL lists them.
fn columns(
    refusal: &Refusal,
    constraint: Option<&'static Constraint>,
    table: Option<&'static Table>,
) -> Vec<String> {
    let known = constraint.map_or(&[] as &[&str], |constraint| constraint.columns);
    // Who other rows refer to has broken no constraint of its own; an author says which column is meant.
    let is_said =
        matches!(refusal.rule, Rule::Referenced | Rule::Raised) && !refusal.columns.is_empty();
    if !known.is_empty() && !is_said {
        return known.iter().map(|name| (*name).to_owned()).collect();
    }
    if !refusal.columns.is_empty() {
        return refusal.columns.clone();
    }
    refusal
        .detail
        .as_deref()
        .map_or_else(Vec::new, |detail| key_columns(detail, table))
}

/// `Key (customer_id, lower(email::text))=(7, a@b) already exists.` → `customer_id`, `email`, whatever the language.
fn key_columns(detail: &str, table: Option<&'static Table>) -> Vec<String> {
    let Some((list, _)) = detail
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(")=("))
    else {
        return Vec::new();
    };
    let words =
        list.split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '$'));
    let words = words.filter(|word| !word.is_empty());
    match table {
        Some(table) => words
            .filter(|word| table.column(word).is_some())
            .map(str::to_owned)
            .collect(),
        None if list.contains('(') => Vec::new(),
        None => list
            .split(", ")
            .map(|name| name.trim_matches('"').to_owned())
            .collect(),
    }
}

fn unique(columns: &[String], table: Option<&'static Table>) -> FieldErrors {
    let noun = table.map_or("row", |table| table.singular);
    match columns {
        [] => FieldErrors::at("", format!("there is another such {noun} already")),
        [column] => FieldErrors::at(column, format!("another {noun} has the same value")),
        [first, others @ ..] => {
            let others: Vec<String> = others.iter().map(|name| label(table, name)).collect();
            FieldErrors::at(
                first,
                format!(
                    "another {noun} has the same value together with {}",
                    and(&others)
                ),
            )
        }
    }
}

fn rule(
    refusal: &Refusal,
    constraint: Option<&'static Constraint>,
    columns: &[String],
) -> FieldErrors {
    match constraint.map(|constraint| constraint.rule) {
        Some(ConstraintRule::Check(words) | ConstraintRule::Exclusion(words)) => at(
            columns.get(..1).unwrap_or_default(),
            &format!("breaks a rule: {words}"),
        ),
        _ if refusal.rule == Rule::Exclusion => at(
            columns.get(..1).unwrap_or_default(),
            "conflicts with another row",
        ),
        _ => at(
            columns.get(..1).unwrap_or_default(),
            sentence(&refusal.message),
        ),
    }
}

/// What an author says, at the column that is meant, or of the whole form.
fn raised(refusal: &Refusal, columns: &[String]) -> FieldErrors {
    at(columns.get(..1).unwrap_or_default(), &said(refusal))
}

/// All that an author says: the message, what more there is to know, and what to do.
fn said(refusal: &Refusal) -> String {
    let parts = [
        Some(&refusal.message),
        refusal.detail.as_ref(),
        refusal.hint.as_ref(),
    ];
    let parts = parts
        .into_iter()
        .flatten()
        .map(|part| sentence(part.trim()));
    let mut text = String::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            let stop = if text.ends_with(['!', '?', ':', ';', ',']) {
                " "
            } else {
                ". "
            };
            text.push_str(stop);
        }
        text.push_str(part);
    }
    text
}

/// The same error at every column, or at the form as a whole.
fn at(columns: &[String], message: &str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if columns.is_empty() {
        errors.add("", message);
    }
    for column in columns {
        errors.add(column, message);
    }
    errors
}

fn label(table: Option<&'static Table>, name: &str) -> String {
    let column = table.and_then(|table| table.column(name));
    column.map_or_else(|| name.to_owned(), |column| column.label.to_owned())
}

fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The message of the database as it stands beside other errors: without a full stop.
fn sentence(message: &str) -> &str {
    message.trim_end_matches('.')
}
