//! What people say about their application, in `umbel.toml` or on the command line.

use std::fmt;

use umbel_schema::Schema;
use umbel_schema::model::ObjectName;

use super::{Runtime, Selection};

/// What the user says about the application.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The crate's name.
    pub(crate) crate_name: String,
    /// The name for people, where it is not the crate's.
    pub(crate) title: Option<String>,
    pub(crate) runtime: Runtime,
    /// Whether it is a member of the cargo workspace around it.
    pub(crate) member: bool,
    /// Whether it is made of several crates; its size decides where nothing is said.
    pub(crate) split: Option<bool>,
    /// Whether the parts of its pages are its own.
    pub(crate) own_ui: bool,
    /// Whether its models can be written as JSON.
    pub(crate) serialize: bool,
    /// The tables that have pages, as globs like those of the selection; all, where nothing is said.
    pub(crate) pages: Option<Vec<Said<String>>>,
    /// The database schemas that were read.
    pub(crate) schemas: Vec<String>,
    pub(crate) selection: Selection,
    pub(crate) tables: Vec<TableOptions>,
    /// The Rust type of a domain's values: `email` → `crate::email::Email`.
    pub(crate) types: Vec<(Said<String>, Said<String>)>,
}

impl Options {
    /// Nothing but the crate's name is said.
    pub(crate) fn new(crate_name: impl Into<String>) -> Self {
        Self {
            crate_name: crate_name.into(),
            title: None,
            runtime: Runtime::Version(env!("CARGO_PKG_VERSION").to_owned()),
            member: false,
            split: None,
            own_ui: false,
            serialize: false,
            pages: None,
            schemas: Vec::new(),
            selection: Selection::default(),
            tables: Vec::new(),
            types: Vec::new(),
        }
    }
}

/// What is said about a table, by its name: `film`, `sales.order`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TableOptions {
    pub(crate) table: Said<String>,
    /// What people call a row, and several.
    pub(crate) label: Option<String>,
    pub(crate) plural: Option<String>,
    pub(crate) help: Option<String>,
    /// The name of the type.
    pub(crate) model: Option<Said<String>>,
    /// The path of the list.
    pub(crate) url: Option<Said<String>>,
    /// The columns that no two rows have the same values in, where the database does not say.
    pub(crate) key: Vec<Said<String>>,
    /// Whether its rows can be looked at and not changed.
    pub(crate) read_only: bool,
    /// Whether a person's own code takes part in what is written.
    pub(crate) hooks: bool,
    /// Whether a person's own code says who may do what with its rows.
    pub(crate) policy: bool,
    /// The columns that tell one row from another.
    pub(crate) label_columns: Option<Vec<Said<String>>>,
    /// The columns of the list.
    pub(crate) list: Option<Vec<Said<String>>>,
    /// The columns that the list is sorted by: `-release_year`, `title`.
    pub(crate) sort: Vec<Said<String>>,
    /// The columns that come first, in forms and on the page of a row.
    pub(crate) order: Vec<Said<String>>,
    pub(crate) columns: Vec<ColumnOptions>,
}

/// What is said about a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ColumnOptions {
    pub(crate) column: Said<String>,
    /// The name of the model's field.
    pub(crate) name: Option<Said<String>>,
    pub(crate) label: Option<String>,
    pub(crate) help: Option<String>,
    pub(crate) widget: Option<Said<String>>,
    /// The Rust type of its values.
    pub(crate) ty: Option<Said<String>>,
    pub(crate) hidden: Option<Said<bool>>,
    pub(crate) read_only: Option<Said<bool>>,
}

/// Something that stands in `umbel.toml`, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

/// A place in `umbel.toml`; lines and columns are counted from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// What is wrong in `umbel.toml`, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("umbel.toml:{place}: {reason}")]
pub(crate) struct SettingError {
    pub(crate) place: Place,
    pub(crate) reason: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl Options {
    /// Only the names that are said, of tables and columns that a schema has.
    pub(crate) fn names(&self, schema: &Schema) -> Vec<TableOptions> {
        let tables = self.tables.iter().filter_map(|options| {
            let relation = schema
                .relations
                .iter()
                .find(|relation| options.table.names(&relation.name))?;
            let has = |column: &&ColumnOptions| {
                let mut columns = relation.columns.iter();
                columns.any(|known| known.name == column.column.value)
            };
            let columns = options.columns.iter().filter(has);
            let columns = columns.map(|column| ColumnOptions {
                column: column.column.clone(),
                name: column.name.clone(),
                ..ColumnOptions::default()
            });
            Some(TableOptions {
                table: options.table.clone(),
                model: options.model.clone(),
                url: options.url.clone(),
                columns: columns.collect(),
                ..TableOptions::default()
            })
        });
        tables.collect()
    }

    /// Whether a name is said of anything.
    pub(crate) fn says_names(&self) -> bool {
        self.tables.iter().any(|options| {
            options.model.is_some()
                || options.url.is_some()
                || options.columns.iter().any(|column| column.name.is_some())
        })
    }
}

impl Said<String> {
    /// Whether it is the name of a table or type, with its database schema or without.
    pub(crate) fn names(&self, name: &ObjectName) -> bool {
        self.value == name.name || self.value == name.to_string()
    }
}

impl<T> Said<T> {
    /// What is wrong with it.
    pub(crate) fn wrong(&self, reason: impl Into<String>) -> SettingError {
        SettingError {
            place: self.place,
            reason: reason.into(),
        }
    }
}

/// Which of the names that are known is most likely meant: `; did you mean …?`, or nothing.
pub(crate) fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let nearest = known
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .min();
    nearest
        .filter(|(distance, known)| *distance <= 1 + known.len() / 3)
        .map(|(_, known)| format!("; did you mean `{known}`?"))
}
