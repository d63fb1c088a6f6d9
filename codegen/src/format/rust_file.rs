//! A Rust file as it is emitted, and its printing.

use proc_macro2::TokenStream;
use quote::quote;

use super::Imports;
use super::printer::{self, Tokens};

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

/// The text of a file.
#[derive(Debug)]
pub(crate) enum Printed {
    /// As rustfmt would leave it.
    Formatted(String),
    /// Still to be formatted: it holds shapes that the printer does not know.
    Unformatted(String),
}

impl RustFile {
    /// The file as text.
    ///
    /// # Panics
    /// When an item is not Rust: a fault of the emitter that made it.
    pub(crate) fn print(self) -> Printed {
        let mut text = String::with_capacity(4096);
        for line in &self.docs {
            text.push_str(format!("//! {line}").trim_end());
            text.push('\n');
        }
        let mut is_formatted = true;
        let mut add = |part: &str| {
            if !part.is_empty() {
                text.extend(["\n", part, "\n"]);
            }
        };
        for group in self.imports.groups() {
            add(&printer::imports(group));
        }
        let mut unparsed = |tokens: &Tokens| {
            is_formatted = false;
            unparse(tokens)
        };
        for sorted in [self.modules, self.exports] {
            let tokens = Tokens::new(sorted.into_iter().collect());
            add(&printer::sorted(&tokens).unwrap_or_else(|| unparsed(&tokens)));
        }
        for item in self.items {
            let tokens = Tokens::new(item);
            add(&printer::items(&tokens).unwrap_or_else(|| unparsed(&tokens)));
        }
        if is_formatted {
            Printed::Formatted(text)
        } else {
            Printed::Unformatted(text)
        }
    }
}

/// Items with the blank lines that the emitter asked for, but not laid out as rustfmt does it.
fn unparse(tokens: &Tokens) -> String {
    let file = match syn::parse_str::<syn::File>(tokens.text()) {
        Ok(file) => file,
        Err(error) => unreachable!(
            "an emitter made no item of Rust ({error}): {}",
            tokens.text()
        ),
    };
    let printed = prettyplease::unparse(&file);
    let lines = printed.lines().map(|line| match line.trim() {
        "blank_line!();" => "",
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}
