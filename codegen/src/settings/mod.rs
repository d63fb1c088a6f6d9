//! `umbel.toml`: what people say about their application.

mod reader;
mod rename;
mod tables;
#[cfg(test)]
mod tests;

use toml_edit::Document;
use umbel_schema::name::PUBLIC;

use crate::plan::{Options, Runtime, Said, Selection, SettingError, TableOptions};
use reader::Reader;
pub(crate) use rename::rename;

/// Everything that `umbel.toml` says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Settings {
    /// The crate's name.
    pub(crate) name: Option<String>,
    /// The application's name for people.
    pub(crate) title: Option<String>,
    /// Where the runtime comes from; the version of this umbel, where nothing is said.
    pub(crate) runtime: Option<Runtime>,
    /// Whether it is a member of the cargo workspace around it.
    pub(crate) member: bool,
    /// Whether it is made of several crates.
    pub(crate) split: bool,
    /// Whether the parts of its pages are its own.
    pub(crate) own_ui: bool,
    /// Whether its models can be written as JSON.
    pub(crate) serialize: bool,
    /// The tables that have pages; all, where nothing is said.
    pub(crate) pages: Option<Vec<Said<String>>>,
    /// The SQL files to read instead of a database, as seen from the application's folder.
    pub(crate) sql: Vec<String>,
    /// The database schemas to read.
    pub(crate) schemas: Vec<String>,
    pub(crate) selection: Selection,
    pub(crate) tables: Vec<TableOptions>,
    /// The Rust types of domains.
    pub(crate) types: Vec<(Said<String>, Said<String>)>,
    /// Old name → new name; false for what is no rename.
    pub(crate) renames: Vec<(String, Renamed)>,
}

/// What became of something that has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Renamed {
    To(String),
    /// It is gone, whatever has come that is like it.
    No,
}

/// Reads `umbel.toml`.
///
/// # Errors
/// All that is wrong in it, not only the first.
pub(crate) fn parse(text: &str) -> Result<Settings, Vec<SettingError>> {
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        vec![reader::error(text, at, error.message().trim().to_owned())]
    })?;
    let mut reader = Reader::new(text);
    let mut settings = Settings::default();
    for entry in reader.table(
        document.as_table(),
        &[
            "accounts", "app", "database", "limits", "lists", "rename", "server", "source",
            "table", "type",
        ],
    ) {
        match entry.key {
            // These are for the application when it runs, which says what is wrong in them.
            "accounts" | "database" | "limits" | "lists" | "server" => {
                reader.any_entries(&entry);
            }
            "app" => {
                for entry in reader.entries(
                    &entry,
                    &[
                        "member",
                        "name",
                        "own_ui",
                        "pages",
                        "runtime",
                        "serialize",
                        "split",
                        "title",
                    ],
                ) {
                    match entry.key {
                        "name" => settings.name = reader.string(&entry),
                        "title" => settings.title = reader.label(&entry),
                        "member" => settings.member = reader.truth(&entry),
                        "own_ui" => settings.own_ui = reader.truth(&entry),
                        "pages" => settings.pages = Some(reader.said_strings(&entry)),
                        "serialize" => settings.serialize = reader.truth(&entry),
                        "split" => settings.split = reader.truth(&entry),
                        _ => settings.runtime = runtime(&mut reader, &entry),
                    }
                }
            }
            "source" => {
                for entry in reader.entries(&entry, &["except", "only", "schemas", "sql"]) {
                    let list = reader.strings(&entry);
                    match entry.key {
                        "schemas" => settings.schemas = list,
                        "sql" => settings.sql = list,
                        "only" => settings.selection.only = list,
                        _ => settings.selection.except = list,
                    }
                }
            }
            "table" => settings.tables = tables::tables(&mut reader, &entry),
            "type" => {
                for entry in reader.any_entries(&entry) {
                    let path = reader.said_string(&entry);
                    let domain = reader.key(&entry);
                    settings.types.extend(path.map(|path| (domain, path)));
                }
            }
            _ => {
                for entry in reader.any_entries(&entry) {
                    let renamed = match entry.item.as_bool() {
                        Some(false) => Some(Renamed::No),
                        _ => reader.string(&entry).map(Renamed::To),
                    };
                    let renamed = renamed.map(|renamed| (entry.key.to_owned(), renamed));
                    settings.renames.extend(renamed);
                }
            }
        }
    }
    reader.finish()?;
    Ok(settings)
}

/// `"0.1"`, `{ path = "../umbel/runtime" }`, or `{ git = "https://…", rev = "978767c" }`.
fn runtime<'t>(reader: &mut Reader<'t>, entry: &reader::Entry<'t>) -> Option<Runtime> {
    if entry.item.is_str() {
        return reader.string(entry).map(Runtime::Version);
    }
    let (mut path, mut git, mut rev) = (None, None, None);
    for entry in reader.entries(entry, &["git", "path", "rev"]) {
        match entry.key {
            "git" => git = reader.string(&entry),
            "path" => path = reader.string(&entry),
            _ => rev = reader.string(&entry),
        }
    }
    match (path, git, rev) {
        (Some(path), None, None) => Some(Runtime::Path(path)),
        (None, Some(url), rev) => Some(Runtime::Git { url, rev }),
        _ => reader.expect(entry, None, "a version, a `path`, or a `git` and its `rev`"),
    }
}

impl Settings {
    /// What the plan needs to know; `name` where `umbel.toml` says none.
    pub(crate) fn options(&self, name: &str) -> Options {
        let unsaid = Options::new(self.name.as_deref().unwrap_or(name));
        Options {
            title: self.title.clone(),
            tables: self.tables.clone(),
            types: self.types.clone(),
            runtime: self.runtime.clone().unwrap_or(unsaid.runtime),
            member: self.member,
            split: Some(self.split),
            own_ui: self.own_ui,
            serialize: self.serialize,
            pages: self.pages.clone(),
            schemas: self.schemas(),
            selection: self.selection.clone(),
            crate_name: unsaid.crate_name,
        }
    }

    /// The database schemas to read: those that are named, else `public`.
    pub(crate) fn schemas(&self) -> Vec<String> {
        if self.schemas.is_empty() {
            vec![PUBLIC.to_owned()]
        } else {
            self.schemas.clone()
        }
    }
}
