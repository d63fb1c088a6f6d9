//! The source of a crate: its rooms, and the arrows between them.
//!
//! What is compiled for tests alone is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use crate::paths::{Found, found};

/// What the files of a crate say.
#[derive(Default)]
pub(crate) struct Source {
    /// The modules that the root declares.
    pub(crate) rooms: BTreeSet<String>,
    /// The files of the rooms.
    pub(crate) files: Vec<File>,
    /// What the root calls by a name of its own, or a macro that it exports: name → room.
    aliases: BTreeMap<String, String>,
}

pub(crate) struct File {
    /// From the workspace's folder: `schema/src/sql/name.rs`.
    pub(crate) path: String,
    /// `sql`
    pub(crate) room: String,
    /// `["sql", "name"]`
    pub(crate) module: Vec<String>,
    pub(crate) tokens: TokenStream,
    found: Found,
}

/// One room's knowledge of another.
pub(crate) struct Arrow<'s> {
    /// The file that it stands in.
    pub(crate) path: &'s str,
    pub(crate) from: &'s str,
    /// Nothing where it leads to what the root itself holds.
    pub(crate) to: Option<&'s str>,
    /// `crate::sql::name`
    pub(crate) written: &'s str,
}

impl Source {
    /// Reads the folder of a crate's root, which is called `shown`.
    pub(crate) fn read(folder: &Path, shown: &str) -> Self {
        let mut texts = Vec::new();
        collect(folder, "", &mut texts);
        assert!(!texts.is_empty(), "{shown} holds no source");
        let texts = texts.iter().map(|(path, text)| (&**path, &**text));
        Self::of(shown, &texts.collect::<Vec<_>>())
    }

    /// Takes the texts of files by their paths from the root's folder: `("sql/name.rs", "//! Names …")`.
    pub(crate) fn of(shown: &str, texts: &[(&str, &str)]) -> Self {
        let mut source = Self::default();
        let mut for_tests = Vec::new();
        let mut files = Vec::new();
        for (path, text) in texts {
            let module = module(path);
            let shown = format!("{shown}/{path}");
            let tokens: TokenStream = text
                .parse()
                .unwrap_or_else(|error| panic!("{shown}: {error}"));
            let mut found = found(tokens.clone(), &module);
            for_tests.append(&mut found.for_tests);
            match module.first() {
                Some(room) => files.push(File {
                    path: shown,
                    room: room.clone(),
                    module,
                    tokens,
                    found,
                }),
                None => {
                    source.rooms.extend(found.modules);
                    source.aliases.extend(found.exports);
                }
            }
        }
        // Other programs of the same package may lie beside the rooms.
        files.retain(|file| {
            let is_test = |module: &Vec<String>| file.module.starts_with(module);
            source.rooms.contains(&file.room) && !for_tests.iter().any(is_test)
        });
        for file in &files {
            let macros = file.found.macros.iter();
            source
                .aliases
                .extend(macros.map(|name| (name.clone(), file.room.clone())));
        }
        source.files = files;
        source
    }

    /// Every path from a room into the crate; many lead back into the same room.
    pub(crate) fn arrows(&self) -> impl Iterator<Item = Arrow<'_>> {
        self.files.iter().flat_map(move |file| {
            let paths = file.found.paths.iter();
            paths.map(move |(name, written)| Arrow {
                path: &file.path,
                from: &file.room,
                to: self.room_of(name),
                written,
            })
        })
    }

    /// The room that a name in the root means.
    fn room_of(&self, name: &str) -> Option<&str> {
        let aliased = || self.rooms.get(self.aliases.get(name)?);
        let room = self.rooms.get(name).or_else(aliased)?;
        Some(room)
    }
}

/// Whether a name stands anywhere in the tokens.
pub(crate) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Every Rust file below a folder, by its path from there.
fn collect(folder: &Path, prefix: &str, texts: &mut Vec<(String, String)>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), texts);
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(&path).expect("a file of source is text");
            texts.push((name, text));
        }
    }
}

/// `sql/name.rs` → `["sql", "name"]`, `sql/mod.rs` → `["sql"]`, `lib.rs` → `[]`
fn module(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").expect("a file of Rust");
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    let is_root = matches!(path, "lib" | "main");
    if is_root || parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}
