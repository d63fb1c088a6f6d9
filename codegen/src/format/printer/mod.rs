//! Prints emitted Rust as rustfmt would leave it, straight from its tokens.
//!
//! It knows the shapes that are emitted, and says where it meets another: `None`. It never prints what it is not
//! sure of. Here faults are mended, and no features added: what it does not know goes to rustfmt.

mod layout;
mod parse;
mod spacing;
mod tokens;
mod tree;

use tree::Line;

pub(super) use tokens::Tokens;
pub(super) use tree::UseTree;

/// Items as they stand, with the blank lines between them.
pub(super) fn items(tokens: &Tokens) -> Option<String> {
    let items = parse::items(tokens.cursor())?;
    layout::items(&items, 0)
}

/// The `use` items of a group.
pub(super) fn imports(trees: Vec<UseTree<'_>>) -> String {
    layout::imports(trees)
}

/// Modules or `use` items, in the order of the style guide.
pub(super) fn sorted(tokens: &Tokens) -> Option<String> {
    let mut items = parse::items(tokens.cursor())?;
    if items.iter().any(|item| matches!(item, Line::Blank)) {
        return None;
    }
    layout::sort(&mut items);
    layout::items(&items, 0)
}
