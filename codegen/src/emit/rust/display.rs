//! `impl Display for Film`: the row as a heading or a link names it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::format::Imports;
use crate::plan::{Field, Table};

pub(super) fn display_impl(table: &Table, imports: &mut Imports) -> TokenStream {
    imports.add("std::fmt");
    let model = &table.names.model;
    let body = body(table);
    quote! {
        impl fmt::Display for #model {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                #body
            }
        }
    }
}

/// The label's columns, a space between; the key where they are NULL, or where there are none.
fn body(table: &Table) -> TokenStream {
    let label: Vec<&Field> = table.label_fields().collect();
    let always: Vec<&Field> = label
        .iter()
        .filter(|field| !field.nullable)
        .copied()
        .collect();
    match (always.as_slice(), label.as_slice()) {
        ([], []) => by_key(table),
        ([], [first, ..]) => {
            let name = &first.name;
            // `f` is the formatter.
            let value = match *name == "f" {
                true => format_ident!("value"),
                false => name.clone(),
            };
            let otherwise = by_key(table);
            quote! {
                match &self.#name {
                    Some(#value) => #value.fmt(f),
                    None => #otherwise,
                }
            }
        }
        ([field], _) => {
            let name = &field.name;
            quote!(self.#name.fmt(f))
        }
        (fields, _) => {
            let names = fields.iter().map(|field| &field.name);
            let pattern = vec!["{}"; fields.len()].join(" ");
            quote!(write!(f, #pattern, #(self.#names),*))
        }
    }
}

/// `film 42`; what has no text of its own in Rust is written by the runtime.
fn by_key(table: &Table) -> TokenStream {
    let singular = &table.names.singular;
    let keys: Vec<TokenStream> = table
        .key_fields()
        .map(|field| {
            let name = &field.name;
            quote!(self.#name)
        })
        .collect();
    if keys.is_empty() {
        return quote!(f.write_str(#singular));
    }
    if table.key_fields().any(|field| !field.displayed) {
        return quote!(self.fmt_key(f));
    }
    let words = singular.replace('{', "{{").replace('}', "}}");
    let pattern = format!("{words} {}", vec!["{}"; keys.len()].join(", "));
    quote!(write!(f, #pattern, #(#keys),*))
}
