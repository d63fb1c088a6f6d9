//! Imports, merged as sets of names.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{ItemUse, UseTree, Visibility};

use super::piece::{Parts, Shape};
use super::used::Uses;

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

/// A name that is imported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf<'a> {
    /// What it is called where it comes from: `Form` of `Form as _`, `web` of `web::{self}`.
    pub(super) name: &'a str,
    /// What it is called here; none for what has no name here.
    pub(super) known_as: Option<&'a str>,
}

/// What each version of a file uses, and what became of it.
pub(super) struct Used {
    pub(super) ours: Uses,
    pub(super) theirs: Uses,
    pub(super) merged: Uses,
}

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

impl Import {
    /// Whether others see the names, too.
    fn is_public(&self) -> bool {
        !self.visibility.is_empty()
    }

    /// The module from which the names come, as far as it must be in scope itself.
    pub(super) fn first(&self) -> &str {
        self.prefix.split("::").next().unwrap_or_default()
    }

    /// A name of the list; `None` where it is every name that there is.
    pub(super) fn leaf<'a>(&'a self, leaf: &'a str) -> Option<Leaf<'a>> {
        let (name, known_as) = leaf.split_once(" as ").unwrap_or((leaf, leaf));
        let own = |name| match name {
            "self" => self.prefix.rsplit("::").next().unwrap_or_default(),
            name => name,
        };
        (name != "*").then(|| Leaf {
            name: own(name),
            known_as: Some(own(known_as)).filter(|name| *name != "_"),
        })
    }

    /// What a name is, wherever it is imported: `umbel::web::Html`.
    pub(super) fn path(&self, leaf: &str) -> String {
        let name = leaf.split_once(" as ").map_or(leaf, |(name, _)| name);
        let path = format!("{}::{name}", self.prefix);
        path.trim_end_matches("::self")
            .trim_start_matches("::")
            .to_owned()
    }
}

impl Import {
    /// The path of what has a name already beside the import: of another import, or of the item itself, which has none.
    pub(super) fn taken(&self, leaf: &str, beside: &Parts<'_>) -> Option<String> {
        let name = self.leaf(leaf)?.known_as?;
        beside.pieces.iter().find_map(|piece| match &piece.shape {
            Shape::Import(import) => import.leaves.iter().find_map(|other| {
                let known_as = import.leaf(other)?.known_as?;
                (known_as == name).then(|| import.path(other))
            }),
            _ if piece.key.starts_with("use ") => {
                let mut brought = flattened(piece.body()).into_iter();
                brought
                    .find(|(known_as, _)| known_as == name)
                    .map(|(_, path)| path)
            }
            _ => {
                let (kind, own) = piece.key.split_once(' ')?;
                let is_item = matches!(kind, "type" | "mod" | "fn" | "const");
                (is_item && own == name).then(String::new)
            }
        })
    }
}

/// The names of both sides without those that one of them took out, unless what became of the file uses them, and without
/// those that each side used in what the other one took away.
pub(super) fn merge(
    import: &Import,
    [base, ours, theirs]: [&BTreeSet<String>; 3],
    used: &Used,
) -> BTreeSet<String> {
    let stays = |leaf: &&String| {
        let taken_out = base.contains(*leaf) && !(ours.contains(*leaf) && theirs.contains(*leaf));
        let Some(name) = import.leaf(leaf) else {
            return !taken_out;
        };
        let sides = [(ours, &used.ours), (theirs, &used.theirs)];
        let (with, without) = sides
            .into_iter()
            .partition::<Vec<_>, _>(|(side, _)| side.contains(*leaf));
        if taken_out {
            // A side that uses the name without this import has it from elsewhere.
            return used.merged.has(&name) && !without.iter().any(|(_, used)| used.has(&name));
        }
        // What nothing seems to use on a side is there for a reason that is not to be seen.
        let was_used = with.iter().all(|(_, used)| used.has(&name));
        import.is_public() || used.merged.has(&name) || !was_used
    };
    ours.union(theirs).filter(stays).cloned().collect()
}

/// The names that an import of any form brings, each with its path.
pub(super) fn flattened(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Ok(item) = syn::parse_str::<ItemUse>(text) {
        flatten(&item.tree, &mut Vec::new(), &mut found);
    }
    found
}

fn flatten(tree: &UseTree, way: &mut Vec<String>, found: &mut Vec<(String, String)>) {
    let mut add = |way: &[String], name: String, known_as: String| {
        let path: Vec<String> = way.iter().cloned().chain([name]).collect();
        let path = path.join("::");
        found.push((known_as, path.trim_end_matches("::self").to_owned()));
    };
    match tree {
        UseTree::Path(path) => {
            way.push(path.ident.to_string());
            flatten(&path.tree, way, found);
            way.pop();
        }
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| flatten(tree, way, found)),
        UseTree::Name(name) if name.ident == "self" => {
            let last = way.last().cloned().unwrap_or_default();
            add(way, "self".to_owned(), last);
        }
        UseTree::Name(name) => add(way, name.ident.to_string(), name.ident.to_string()),
        UseTree::Rename(rename) => {
            add(way, rename.ident.to_string(), rename.rename.to_string());
        }
        UseTree::Glob(_) => {}
    }
}
