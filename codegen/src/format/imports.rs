//! The `use` items of an emitted file.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, parse_quote};

use crate::plan::Import;

/// The names that a file imports, by the module that they come from.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    modules: BTreeMap<Vec<String>, BTreeSet<String>>,
}

impl Imports {
    /// Imports a name by its path: `umbel::model::Column`.
    pub(crate) fn add(&mut self, path: &str) {
        let mut segments: Vec<String> = path.split("::").map(str::to_owned).collect();
        if let Some(name) = segments.pop() {
            self.insert(segments, name);
        }
    }

    /// Imports a name that the plan decided on.
    pub(crate) fn add_planned(&mut self, import: &Import) {
        let module = import.module.iter().map(Ident::to_string).collect();
        self.insert(module, import.name.to_string());
    }

    /// The `use` items in three groups: the standard library, other crates, this crate.
    pub(super) fn groups(&self) -> [Vec<syn::Item>; 3] {
        let mut groups = [Vec::new(), Vec::new(), Vec::new()];
        for (module, names) in &self.modules {
            let group = match module.first().map(String::as_str) {
                Some("std") => 0,
                Some("crate" | "super" | "self") => 2,
                _ => 1,
            };
            groups[group].push(item(module, names));
        }
        groups
    }

    fn insert(&mut self, module: Vec<String>, name: String) {
        self.modules.entry(module).or_default().insert(name);
    }
}

/// `use umbel::types::{Decimal, Timestamp};`
fn item(module: &[String], names: &BTreeSet<String>) -> syn::Item {
    let module = path(module);
    let names: Vec<syn::UseTree> = names
        .iter()
        .map(|name| syn::parse_str(name).expect("an emitter imports names"))
        .collect();
    match names.as_slice() {
        [name] => parse_quote!(use #module::#name;),
        names => parse_quote!(use #module::{#(#names),*};),
    }
}

fn path(segments: &[String]) -> TokenStream {
    let segments = segments.iter().map(|segment| identifier(segment));
    quote!(#(#segments)::*)
}

/// A segment of a path, which may be `crate`, `self` or `super`.
fn identifier(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}
