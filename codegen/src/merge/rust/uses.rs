//! Imports, merged as sets of names.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{ItemUse, UseTree, Visibility};

use super::super::{TokenKind, tokens};

/// `use umbel::model::{Column, Model};`
#[derive(Debug, Clone)]
pub(super) struct Import {
    /// `pub`, or nothing.
    visibility: String,
    /// `umbel::model`; empty for a name alone.
    prefix: String,
    /// `Column`, `Form as _`, `*`
    pub(super) leaves: BTreeSet<String>,
}

/// The identifiers that a text mentions.
pub(super) type Names<'a> = BTreeSet<&'a str>;

/// An import of names from one module; `None` for what is nested deeper or has attributes.
pub(super) fn import(item: &ItemUse) -> Option<Import> {
    if !item.attrs.is_empty() {
        return None;
    }
    let mut prefix = String::new();
    if item.leading_colon.is_some() {
        prefix.push_str("::");
    }
    let mut tree = &item.tree;
    let mut segments = Vec::new();
    while let UseTree::Path(path) = tree {
        segments.push(path.ident.to_string());
        tree = &path.tree;
    }
    prefix.push_str(&segments.join("::"));
    let leaves = match tree {
        UseTree::Group(group) => group.items.iter().map(leaf).collect::<Option<_>>()?,
        single => BTreeSet::from([leaf(single)?]),
    };
    let visibility = match &item.vis {
        Visibility::Inherited => String::new(),
        other => other.to_token_stream().to_string().replace(' ', ""),
    };
    Some(Import {
        visibility,
        prefix,
        leaves,
    })
}

fn leaf(tree: &UseTree) -> Option<String> {
    match tree {
        UseTree::Name(name) => Some(name.ident.to_string()),
        UseTree::Rename(rename) => Some(format!("{} as {}", rename.ident, rename.rename)),
        UseTree::Glob(_) => Some("*".to_owned()),
        UseTree::Path(_) | UseTree::Group(_) => None,
    }
}

impl Import {
    /// What two imports that can be one have in common.
    pub(super) fn key(&self) -> String {
        if self.prefix.is_empty() {
            let leaves: Vec<&str> = self.leaves.iter().map(String::as_str).collect();
            return format!("use {} {}", self.visibility, leaves.join(","));
        }
        format!("use {} {}", self.visibility, self.prefix)
    }

    /// The import of other names from the same module, as rustfmt lays it out.
    pub(super) fn print(&self, leaves: &BTreeSet<String>) -> String {
        const WIDTH: usize = 100;
        let space = if self.visibility.is_empty() { "" } else { " " };
        let start = format!("{}{space}use {}", self.visibility, self.prefix);
        let colons = if self.prefix.is_empty() { "" } else { "::" };
        let list: Vec<&str> = leaves.iter().map(String::as_str).collect();
        if let [only] = list[..] {
            return format!("{start}{colons}{only};\n");
        }
        let line = format!("{start}{colons}{{{}}};\n", list.join(", "));
        if line.len() <= WIDTH + 1 {
            return line;
        }
        let mut text = format!("{start}{colons}{{\n   ");
        let mut width = 3;
        for leaf in list {
            if width + leaf.len() + 2 > WIDTH {
                text.push_str("\n   ");
                width = 3;
            }
            text.push_str(&format!(" {leaf},"));
            width += leaf.len() + 2;
        }
        text + "\n};\n"
    }
}

/// The names of both sides without those that one of them took out, unless what became of the rest of the
/// file uses them.
pub(super) fn merge(
    base: &BTreeSet<String>,
    ours: &BTreeSet<String>,
    theirs: &BTreeSet<String>,
    used: &Names<'_>,
) -> BTreeSet<String> {
    let all = ours.union(theirs);
    all.filter(|leaf| {
        let taken_out = base.contains(*leaf) && !(ours.contains(*leaf) && theirs.contains(*leaf));
        !taken_out || name(leaf).is_some_and(|name| used.contains(name))
    })
    .cloned()
    .collect()
}

/// The name under which a leaf is known: `fmt` for `fmt`, `Row` for `Line as Row`; none where nothing that
/// is written shows whether it is used.
fn name(leaf: &str) -> Option<&str> {
    let name = leaf.rsplit_once(" as ").map_or(leaf, |(_, name)| name);
    (!matches!(name, "_" | "*" | "self")).then_some(name)
}

/// The identifiers of a text.
pub(super) fn names_in(text: &str) -> Names<'_> {
    let idents = tokens(text).into_iter();
    idents
        .filter(|token| token.kind == TokenKind::Ident)
        .map(|token| token.text)
        .collect()
}
