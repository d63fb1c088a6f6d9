//! Carries renames into files: paths, identifiers as whole tokens, URLs, names of columns in strings.
//!
//! Only names that the generator gave are touched, and only where they cannot mean something else.

mod file;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use umbel_schema::diff::Renames;

use crate::merge::{Language, TokenKind, tokens};
use crate::plan::{App, Table, TableNames};
use crate::write::Tree;
use file::File;

/// Old name → new name.
type Names = BTreeMap<String, String>;

/// Every name that is another one now.
#[derive(Debug, Default)]
pub(crate) struct Renaming {
    /// Folders with a slash at the end, and single files.
    paths: Names,
    /// Types, which have one meaning in the whole application.
    types: Names,
    /// Modules, where they follow `mod`, `crate::` or the name of such a crate.
    modules: Names,
    crates: BTreeSet<String>,
    /// The functions in `routes.rs`.
    routes: Names,
    /// The constants of a model and the variants of an enum, by its old name.
    members: BTreeMap<String, Names>,
    /// What has one meaning in the files of one table.
    tables: Vec<Local>,
    /// URLs, and names with their database schema: what stands between other characters than those of names.
    texts: Names,
    /// The identifiers that each file holds after a rename and nothing else, by its new path.
    still: BTreeMap<String, BTreeSet<String>>,
}

/// The names within the files of one table.
#[derive(Debug, Default)]
struct Local {
    /// Its old folders, and its file of tests.
    folders: BTreeSet<String>,
    test: String,
    /// Fields, constants, variables.
    idents: Names,
    /// Columns, as whole strings.
    strings: Names,
}

impl Renaming {
    /// Compares an application before and after a rename and nothing else, whose files are `emitted`.
    pub(crate) fn new(before: &App, after: &App, renames: &Renames, emitted: &Tree) -> Self {
        let mut renaming = Self {
            crates: [before.crate_ident(), before.models().ident()]
                .map(|name| name.to_string())
                .into(),
            ..Self::default()
        };
        for table in &before.tables {
            let old = umbel_schema::model::ObjectName::new(&table.schema, &table.name);
            let new = renames.relation(&old);
            let now = after
                .tables
                .iter()
                .find(|now| now.schema == new.schema && now.name == new.name);
            if let Some(now) = now {
                renaming.table(table, now, renames);
            }
        }
        for item in &before.enums {
            let old = umbel_schema::model::ObjectName::new(&item.schema, &item.name);
            let new = renames.enumeration(&old);
            let now = after
                .enums
                .iter()
                .find(|now| now.schema == new.schema && now.name == new.name);
            let Some(now) = now else { continue };
            put(&mut renaming.types, &item.model, &now.model);
            let members = renaming.members.entry(item.model.to_string()).or_default();
            for (old, new) in item.variants.iter().zip(&now.variants) {
                put(members, &old.name, &new.name);
            }
        }
        for (path, text) in emitted {
            let idents = tokens(text).into_iter().filter_map(|token| {
                let named = matches!(token.kind, TokenKind::Ident | TokenKind::Text);
                named.then(|| token.text.to_owned())
            });
            renaming.still.insert(path.clone(), idents.collect());
        }
        renaming
    }

    fn table(&mut self, old: &Table, new: &Table, renames: &Renames) {
        let (before, after) = (&old.names, &new.names);
        for (old, new) in before.folders().iter().zip(&after.folders()) {
            put(&mut self.paths, &format!("{old}/"), &format!("{new}/"));
        }
        if let (Some(old), Some(new)) = (before.module.last(), after.module.last()) {
            put(&mut self.modules, old, new);
        }
        for (old, new) in [
            (&before.model, &after.model),
            (&before.row, &after.row),
            (&before.new, &after.new),
            (&before.patch, &after.patch),
            (&before.form, &after.form),
        ] {
            put(&mut self.types, old, new);
        }
        put(&mut self.routes, &before.routes, &after.routes);
        put(&mut self.modules, &before.routes, &after.routes);
        put(&mut self.paths, &test(before), &test(after));
        put(&mut self.texts, &before.url, &after.url);
        put(
            &mut self.texts,
            &old.qualified_name(),
            &new.qualified_name(),
        );
        let mut local = Local {
            folders: before.folders(),
            test: test(before),
            ..Local::default()
        };
        put(&mut local.idents, &before.one, &after.one);
        put(&mut local.idents, &before.many, &after.many);
        put(&mut local.strings, &old.name, &new.name);
        let members = self.members.entry(before.model.to_string()).or_default();
        for (old, new) in old.fields.iter().zip(&new.fields) {
            put(&mut local.idents, &old.name, &new.name);
            put(&mut local.idents, &old.constant, &new.constant);
            put(members, &old.constant, &new.constant);
            put(&mut local.strings, &old.column, &new.column);
        }
        let relations = relations(old);
        let now = relations_now(new);
        for (origin, names) in relations {
            let Some(new) = now.get(&current(&origin, renames)) else {
                continue;
            };
            for (old, new) in names.into_iter().zip(new) {
                put(&mut local.idents, old, new);
                put(members, old, new);
                let is_member = old.to_string().chars().any(char::is_lowercase);
                if is_member {
                    put(&mut local.strings, old, new);
                }
            }
        }
        self.tables.push(local);
    }

    /// Where a file lies now.
    pub(crate) fn path(&self, path: &str) -> String {
        for (old, new) in &self.paths {
            if path == old {
                return new.clone();
            }
            if old.ends_with('/')
                && let Some(rest) = path.strip_prefix(old.as_str())
            {
                return format!("{new}{rest}");
            }
        }
        path.to_owned()
    }

    /// The old folders of tables that lie elsewhere now.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &str> {
        let paths = self.paths.keys().filter(|path| path.ends_with('/'));
        paths.map(|path| path.trim_end_matches('/'))
    }

    /// The text of the file that lay at a path.
    pub(crate) fn text(&self, path: &str, text: &str) -> String {
        let file = File {
            renaming: self,
            local: self.local(path),
            is_routes: path.ends_with("src/routes.rs"),
            still: self.still.get(&self.path(path)),
        };
        match Language::of(path) {
            Language::Rust => file.rust(text),
            Language::Html => file.html(text),
            Language::Toml | Language::Text => file.plain(text),
        }
    }

    /// The names of the table that a file belongs to.
    fn local(&self, path: &str) -> Option<&Local> {
        self.tables.iter().find(|table| {
            let is_below = |folder: &String| {
                let rest = path.strip_prefix(folder.as_str());
                rest.is_some_and(|rest| rest.starts_with('/'))
            };
            table.folders.iter().any(is_below) || table.test == path
        })
    }
}

/// The tests of a table's pages.
fn test(names: &TableNames) -> String {
    format!("tests/pages/{}.rs", names.routes)
}

fn put(names: &mut Names, old: &impl ToString, new: &impl ToString) {
    let (old, new) = (old.to_string(), new.to_string());
    if old != new {
        names.insert(old, new);
    }
}

/// The names of a table's relations, by what they come from.
fn relations(table: &Table) -> Vec<(String, Vec<&Ident>)> {
    let to_one = table.to_one.iter();
    let to_many = table.to_many.iter();
    let many_to_many = table.many_to_many.iter();
    to_one
        .map(|to| (to.origin.clone(), vec![&to.constant, &to.name]))
        .chain(to_many.map(|to| (to.origin.clone(), vec![&to.constant])))
        .chain(many_to_many.map(|to| (to.origin.clone(), vec![&to.constant, &to.name])))
        .collect()
}

fn relations_now(table: &Table) -> BTreeMap<String, Vec<&Ident>> {
    relations(table).into_iter().collect()
}

/// The origin of a relation after the renames: `public.film.key` → `public.movie.key`.
fn current(origin: &str, renames: &Renames) -> String {
    for (old, new) in &renames.relations {
        if let Some(rest) = origin.strip_prefix(&format!("{old}.")) {
            return format!("{new}.{rest}");
        }
    }
    origin.to_owned()
}
