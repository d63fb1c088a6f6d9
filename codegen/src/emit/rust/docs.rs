//! Every sentence that documents emitted Rust.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown;
use crate::plan::{Enum, Field, InsertMode, Table, TableKind, capitalised};

/// `/// …` for each line of a text.
pub(crate) fn doc(text: &str) -> TokenStream {
    let lines = markdown::lines(text).into_iter();
    let lines = lines.map(|line| match line.is_empty() {
        true => line,
        false => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// What the database says about the table, else what a value of its model is.
pub(crate) fn model(table: &Table) -> String {
    match &table.comment {
        Some(comment) => comment.clone(),
        None => format!("A row of {}.", markdown::code(&table.qualified_name())),
    }
}

/// The first line of a file about a table.
pub(crate) fn table(table: &Table) -> String {
    let kind = match table.kind {
        TableKind::Table | TableKind::PartialTable => "table",
        TableKind::ForeignTable => "foreign table",
        TableKind::View => "view",
        TableKind::MaterializedView => "materialized view",
    };
    format!("The {kind} {}", markdown::code(&table.qualified_name()))
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
        None => {
            let name = format!("{}.{}", enumeration.schema, enumeration.name);
            format!("The enum {}.", markdown::code(&name))
        }
    }
}

/// The comment of a column.
pub(crate) fn field(field: &Field) -> TokenStream {
    field.comment.as_deref().map(doc).unwrap_or_default()
}
