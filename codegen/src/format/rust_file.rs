//! A Rust file as it is emitted, and its printing.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use super::Imports;

/// The content of a Rust file before it is text.
#[derive(Debug, Default)]
pub(crate) struct RustFile {
    /// The file's `//!` lines.
    pub(crate) docs: Vec<String>,
    /// `mod` items, which stand without blank lines between them.
    pub(crate) modules: Vec<TokenStream>,
    /// `pub use` items, likewise.
    pub(crate) exports: Vec<TokenStream>,
    pub(crate) imports: Imports,
    /// The items, in order; a blank line goes between any two.
    pub(crate) items: Vec<TokenStream>,
}

/// Stands for a blank line wherever an item or a statement may stand; `print` takes it out again.
pub(crate) fn blank_line() -> TokenStream {
    quote!(blank_line!();)
}

impl RustFile {
    /// The file as text, still without rustfmt's layout.
    ///
    /// # Panics
    /// When an item is not Rust: a fault of the emitter that made it.
    pub(crate) fn print(&self) -> String {
        let mut text = String::new();
        for line in &self.docs {
            text.push_str(format!("//! {line}").trim_end());
            text.push('\n');
        }
        let modules = self.modules.iter().flat_map(items).collect();
        let exports = self.exports.iter().flat_map(items).collect();
        let groups = self.imports.groups().into_iter().chain([modules, exports]);
        for group in groups.filter(|group| !group.is_empty()) {
            text.push('\n');
            text.push_str(&unparse(group));
        }
        for item in &self.items {
            text.push('\n');
            text.push_str(&unparse(items(item)));
        }
        text
    }
}

fn items(tokens: &TokenStream) -> Vec<Item> {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => file.items,
        Err(error) => unreachable!("an emitter made no item of Rust ({error}): {tokens}"),
    }
}

/// The items as text, with the blank lines that the emitter asked for.
fn unparse(items: Vec<Item>) -> String {
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    };
    let printed = prettyplease::unparse(&file);
    let mut text = String::with_capacity(printed.len() + 64);
    for line in printed.lines() {
        if line.trim() != "blank_line!();" {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}
