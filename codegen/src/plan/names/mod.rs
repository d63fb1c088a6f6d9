//! How database names become Rust names, labels and URLs. Every name is made here, once.

mod inflect;
mod naming;
pub(crate) mod reserved;
mod scope;
#[cfg(test)]
mod tests;
mod url;
mod words;

pub(crate) use inflect::{plural, singular};
pub(crate) use naming::Naming;
pub(crate) use scope::Scope;
pub(crate) use url::segment;
pub(crate) use words::{camel, capitalised, label, phrase, shouty, snake, words};

use proc_macro2::{Ident, Span};

/// A name that was made by this module, as an identifier.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
