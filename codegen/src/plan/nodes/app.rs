//! The plan of a whole application.

use std::collections::BTreeMap;

use umbel_schema::model::Note;

use super::{Enum, Part, Table};
use crate::plan::Selection;

/// Everything that is decided about an application; an emitter only prints it.
#[derive(Debug)]
pub(crate) struct App {
    /// The crate's name: `pagila`.
    pub(crate) crate_name: String,
    /// The name for people: `Pagila`.
    pub(crate) title: String,
    /// Where the runtime comes from, as the value of `umbel` in `Cargo.toml`.
    pub(crate) runtime: Runtime,
    /// Whether it is a member of the cargo workspace around it.
    pub(crate) member: bool,
    /// Whether it is made of several crates: one of models, and one for each part of the pages.
    pub(crate) split: bool,
    /// Whether the parts of its pages are its own, instead of the runtime's.
    pub(crate) has_own_ui: bool,
    /// Whether its models and enums can be written as JSON.
    pub(crate) serialized: bool,
    pub(crate) driver: Driver,
    /// The database schemas that it was made from.
    pub(crate) schemas: Vec<String>,
    pub(crate) selection: Selection,
    /// In the order of the database.
    pub(crate) tables: Vec<Table>,
    /// The database schemas that have a module of their own, if there are several.
    pub(crate) groups: Vec<Group>,
    pub(crate) enums: Vec<Enum>,
    /// What was left out, and why.
    pub(crate) notes: Vec<Note>,
}

/// A database schema as a module and a folder.
#[derive(Debug)]
pub(crate) struct Group {
    /// As the database spells it.
    pub(crate) schema: String,
    pub(crate) module: syn::Ident,
    pub(crate) label: String,
}

/// The database that the application speaks to: a feature of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Driver {
    Postgres,
    Sqlite,
}

impl Driver {
    /// The feature's name, where it is not the one that the runtime has by default.
    pub(crate) fn feature(self) -> Option<&'static str> {
        match self {
            Self::Postgres => None,
            Self::Sqlite => Some("sqlite"),
        }
    }

    /// What people call such a database.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Postgres => "a PostgreSQL database",
            Self::Sqlite => "an SQLite database",
        }
    }

    /// What the URL of such a database looks like.
    pub(crate) fn example_url(self) -> &'static str {
        match self {
            Self::Postgres => "postgres://user:password@localhost/database",
            Self::Sqlite => "sqlite:database.db",
        }
    }
}

/// Where the emitted application takes the runtime from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Runtime {
    /// A version of the published crate.
    Version(String),
    /// The folder of the crate.
    Path(String),
    /// A git repository that holds the crate, and the commit.
    Git { url: String, rev: Option<String> },
}

impl App {
    /// The tables that have pages.
    pub(crate) fn with_pages(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter().filter(|table| table.has_pages)
    }

    /// A table that shows where things are: one with pages, if any has them.
    pub(crate) fn example(&self) -> Option<&Table> {
        self.with_pages().next().or_else(|| self.tables.first())
    }

    /// The parts of an application of several crates, by name; none of one crate.
    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        let mut parts: BTreeMap<&str, Vec<&Table>> = BTreeMap::new();
        for table in self.with_pages() {
            if let Some(part) = &table.names.part {
                parts.entry(part).or_default().push(table);
            }
        }
        let parts = parts.into_iter();
        parts.map(|(name, tables)| Part { name, tables }).collect()
    }

    /// Whether a database schema has tables besides these of its own.
    pub(crate) fn has_models_of(&self, group: &Group, own: &[&Table]) -> bool {
        let of_group = |table: &&Table| table.schema == group.schema;
        self.tables.iter().filter(of_group).count() > own.len()
    }

    /// Whether the crate of the models has modules at its root besides those of these tables.
    pub(crate) fn has_models_beside(&self, own: &[&Table]) -> bool {
        let is_own = |module: &syn::Ident| {
            let mut own = own.iter();
            own.any(|table| table.names.module.first() == Some(module))
        };
        let mut modules = self
            .tables
            .iter()
            .filter_map(|table| table.names.module.first());
        !self.enums.is_empty() || modules.any(|module| !is_own(module))
    }
}
