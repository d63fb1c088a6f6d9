//! From the tree to lines of at most 100 characters: the decisions of rustfmt's default style, for what is emitted.
//!
//! What fits nowhere is `None`, as it is an error in rustfmt, which then leaves the source as it was written.

mod chain;
mod expression;
mod flat;
mod imports;
mod item;
mod list;
mod matching;
mod shape;
mod statement;

use std::borrow::Cow;

pub(super) use imports::{imports, sort};
pub(super) use item::items;

/// The longest line.
const MAX_WIDTH: usize = 100;
/// The widest chain, the widest list of arguments and the widest array on one line.
const CHAIN_WIDTH: usize = 60;
const CALL_WIDTH: usize = 60;
const ARRAY_WIDTH: usize = 60;
/// The widest fields of a struct on one line.
const STRUCT_WIDTH: usize = 18;
/// The widest item of an array that takes several items to a line.
const SHORT_ITEM_WIDTH: usize = 10;
const TAB: usize = 4;

/// How many columns a text takes that has no line breaks.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        unicode_width::UnicodeWidthStr::width(text)
    }
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or_default()
}

fn is_multiline(text: &str) -> bool {
    text.contains('\n')
}

/// A line break and the indentation after it.
fn new_line(indent: usize) -> Cow<'static, str> {
    const USUAL: &str = "\n                                        ";
    match USUAL.get(..=indent) {
        Some(line) => Cow::Borrowed(line),
        None => Cow::Owned(format!("\n{:indent$}", "")),
    }
}
