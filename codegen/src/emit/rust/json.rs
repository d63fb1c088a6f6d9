//! What makes models and enums ones that can be written as JSON, where the application is to have such.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::plan::{App, Field};

/// What a file imports to derive it.
pub(super) const IMPORT: &str = "serde::Serialize";

/// `, Serialize`, behind the other traits of a `derive`.
pub(super) fn derive(app: &App) -> Option<TokenStream> {
    app.serialized.then(|| quote!(, Serialize))
}

/// `#[serde(…)]` above a field; nothing above most.
pub(super) fn field(app: &App, field: &Field) -> Option<TokenStream> {
    if !app.serialized {
        return None;
    }
    if field.secret {
        return Some(quote!(#[serde(skip)]));
    }
    let hex = (field.is_hex).then(|| quote!(#[serde(serialize_with = "umbel::json::hex")]));
    let name = name(app, &field.name, &field.column);
    (hex.is_some() || name.is_some()).then(|| quote!(#name #hex))
}

/// `#[serde(rename = "type")]`, where JSON has another name than Rust.
pub(super) fn name(app: &App, name: &Ident, known: &str) -> Option<TokenStream> {
    (app.serialized && name != known).then(|| quote!(#[serde(rename = #known)]))
}
