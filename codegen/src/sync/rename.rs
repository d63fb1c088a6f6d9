//! Carries renames into files: paths, identifiers as whole tokens, URLs, names of columns in strings.
//!
//! Only names that the generator gave are touched, and only where they cannot mean something else.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use umbel_schema::diff::Renames;

use crate::merge::{Language, TokenKind, tokens};
use crate::plan::{App, Table, TableNames};
use crate::write::Tree;

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

/// The names in one file.
struct File<'a> {
    renaming: &'a Renaming,
    local: Option<&'a Local>,
    is_routes: bool,
    /// What the file holds after the rename: such a name means something else, too.
    still: Option<&'a BTreeSet<String>>,
}

impl File<'_> {
    fn rust(&self, text: &str) -> String {
        let tokens = tokens(text);
        let significant: Vec<usize> = (0..tokens.len())
            .filter(|&at| !matches!(tokens[at].kind, TokenKind::Space | TokenKind::Comment))
            .collect();
        let mut renamed = String::with_capacity(text.len());
        let mut next = 0;
        for (at, token) in tokens.iter().enumerate() {
            let place = next;
            if significant.get(next) == Some(&at) {
                next += 1;
            }
            match token.kind {
                TokenKind::Ident => {
                    let near = |offset: isize| {
                        let index = place.checked_add_signed(offset);
                        index
                            .and_then(|index| significant.get(index))
                            .map_or("", |&at| tokens[at].text)
                    };
                    let new = self.ident(token.text, near);
                    renamed.push_str(new.unwrap_or(token.text));
                }
                TokenKind::Text => renamed.push_str(&self.string(token.text)),
                TokenKind::Comment => renamed.push_str(&self.plain(token.text)),
                _ => renamed.push_str(token.text),
            }
        }
        renamed
    }

    /// The new name of an identifier, by what stands before and behind it.
    fn ident<'n>(&'n self, ident: &str, near: impl Fn(isize) -> &'n str) -> Option<&'n str> {
        let renaming = self.renaming;
        let after_path = near(-1) == ":" && near(-2) == ":";
        if after_path && let Some(new) = renaming.members.get(near(-3)).and_then(|of| of.get(ident))
        {
            return Some(new);
        }
        let is_module = |before| is_module_path(before) || renaming.crates.contains(before);
        if (near(-1) == "mod" || after_path && is_module(near(-3)))
            && let Some(new) = renaming.modules.get(ident)
        {
            return Some(new);
        }
        if let Some(new) = renaming.types.get(ident)
            && !self.is_still(ident, &renaming.types)
        {
            return Some(new);
        }
        if self.is_routes
            && let Some(new) = renaming.routes.get(ident)
        {
            return Some(new);
        }
        let local = self.local?;
        let new = local.idents.get(ident)?;
        let is_member = near(-1) == "." && near(1) != "(" || after_path && near(-3) == "Self";
        (is_member || !self.is_still(ident, &local.idents)).then_some(new)
    }

    /// Whether the name means something else in this file, too.
    fn is_still(&self, name: &str, names: &Names) -> bool {
        self.still.is_some_and(|still| still.contains(name))
            && !names.values().any(|new| new == name)
    }

    /// A string, its quotes included.
    fn string(&self, text: &str) -> String {
        let inner = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        if let (Some(inner), Some(local)) = (inner, self.local)
            && let Some(new) = local.strings.get(inner)
        {
            let still = self.still.is_some_and(|still| still.contains(text));
            let changes_places = local.strings.values().any(|new| new == inner);
            if !still || changes_places {
                return format!("\"{new}\"");
            }
        }
        self.plain(text)
    }

    /// The code between the braces of askama, and the text around it.
    fn html(&self, text: &str) -> String {
        let mut renamed = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
            let close = if rest[start..].starts_with("{{") {
                "}}"
            } else {
                "%}"
            };
            let end = rest[start..]
                .find(close)
                .map_or(rest.len(), |end| start + end);
            renamed.push_str(&self.plain(&rest[..start]));
            renamed.push_str(&rest[start..start + 2]);
            renamed.push_str(&self.rust(&rest[start + 2..end]));
            rest = &rest[end..];
        }
        renamed.push_str(&self.plain(rest));
        renamed
    }

    /// URLs and paths in any text.
    fn plain(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // All at once, so that two names that changed places do.
        let mut marked = Vec::new();
        let folders = self.renaming.paths.iter().flat_map(|(old, new)| {
            let short = |path: &str| {
                path.strip_prefix("templates/")
                    .map(|path| format!("\"{path}"))
            };
            let pair = short(old).zip(short(new)).filter(|_| old.ends_with('/'));
            [Some((old.clone(), new.clone())), pair]
                .into_iter()
                .flatten()
        });
        let texts = self.renaming.texts.iter();
        let texts = texts.map(|(old, new)| (old.clone(), new.clone()));
        for (number, (old, new)) in folders.chain(texts).enumerate() {
            // No text that a person writes holds a character of the private use area.
            let mark = format!("\u{e000}{number}\u{e001}");
            let replaced = replace_apart(&text, &old, &mark);
            if replaced != text {
                text = replaced;
                marked.push((mark, new));
            }
        }
        for (mark, new) in marked {
            text = text.replace(&mark, &new);
        }
        text
    }
}

/// The tests of a table's pages.
fn test(names: &TableNames) -> String {
    format!("tests/pages/{}.rs", names.routes)
}

fn is_module_path(before: &str) -> bool {
    matches!(before, "crate" | "super" | "self")
}

/// Replaces a text where neither side of it continues a name.
fn replace_apart(text: &str, old: &str, new: &str) -> String {
    let continues = |character: char| {
        character.is_alphanumeric() || matches!(character, '_' | '-' | '\u{e000}' | '\u{e001}')
    };
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(at) = rest.find(old) {
        let (start, end) = (&rest[..at], &rest[at + old.len()..]);
        before = start.chars().next_back().or(before);
        replaced.push_str(start);
        let apart = !before.is_some_and(|before| continues(before) || matches!(before, '/' | '.'))
            && (old.ends_with('/') || !end.chars().next().is_some_and(continues));
        replaced.push_str(if apart { new } else { old });
        before = old.chars().next_back();
        rest = end;
    }
    replaced.push_str(rest);
    replaced
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
