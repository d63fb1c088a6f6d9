//! Every sentence that documents emitted Rust.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Enum, Field, InsertMode, Table, TableKind, capitalised};

/// `/// …` for each line of a text.
pub(crate) fn doc(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| match line.trim() {
        "" => String::new(),
        line => format!(" {}", escape(&printable(line))),
    });
    quote!(#(#[doc = #lines])*)
}

/// A blank for each character that Rust refuses in a comment: a carriage return, what turns the direction of a text.
pub(crate) fn printable(text: &str) -> String {
    let is_refused = |character: char| {
        character.is_control()
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(is_refused, " ")
}

/// What the database says about the table, else what a value of its model is.
pub(crate) fn model(table: &Table) -> String {
    match &table.comment {
        Some(comment) => comment.clone(),
        None => format!("A row of `{}`.", table.qualified_name()),
    }
}

/// The first line of a file about a table.
pub(crate) fn table(table: &Table) -> String {
    let kind = match table.kind {
        TableKind::Table => "table",
        TableKind::ForeignTable => "foreign table",
        TableKind::View => "view",
        TableKind::MaterializedView => "materialized view",
    };
    format!("The {kind} `{}`", printable(&table.qualified_name()))
}

pub(crate) fn row(table: &Table) -> String {
    format!(
        "{} with the labels of the rows that it refers to.",
        capitalised(&table.names.with_article)
    )
}

pub(crate) fn new(table: &Table) -> String {
    let names = &table.names;
    let has_defaults = table
        .fields
        .iter()
        .any(|field| field.insert == InsertMode::OrDefault);
    let what = capitalised(&names.with_article);
    if !table.pages.new {
        return format!("What a form says {} is to be.", names.with_article);
    }
    if has_defaults {
        format!("{what} to be inserted; `None` leaves a column to its default.")
    } else {
        format!("{what} to be inserted.")
    }
}

pub(crate) fn patch(table: &Table) -> String {
    format!(
        "Changes to {}; `None` leaves a column as it is.",
        table.names.with_article
    )
}

pub(crate) fn form(table: &Table) -> String {
    format!(
        "What a person typed into the form of {}.",
        table.names.with_article
    )
}

pub(crate) fn enumeration(enumeration: &Enum) -> String {
    match &enumeration.comment {
        Some(comment) => comment.clone(),
        None => format!("The enum `{}.{}`.", enumeration.schema, enumeration.name),
    }
}

/// The comment of a column.
pub(crate) fn field(field: &Field) -> TokenStream {
    field.comment.as_deref().map(doc).unwrap_or_default()
}

/// Comments are text, not Markdown: brackets and angle brackets would become links and tags.
fn escape(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let mut in_code = false;
    for character in line.chars() {
        in_code ^= character == '`';
        if !in_code && matches!(character, '[' | ']' | '<' | '>') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
