//! The plan of a column.

use proc_macro2::Ident;

use crate::plan::ValueType;

/// A column as a field of the model.
#[derive(Debug)]
pub(crate) struct Field {
    /// The column, as the database spells it.
    pub(crate) column: String,
    /// `film_id`
    pub(crate) name: Ident,
    /// `FILM_ID`
    pub(crate) constant: Ident,
    /// `Film ID`
    pub(crate) label: String,
    pub(crate) comment: Option<String>,
    pub(crate) value: ValueType,
    pub(crate) nullable: bool,
    /// Whether a cell may hold something else than such a value.
    pub(crate) loose: bool,
    /// How an INSERT treats the column.
    pub(crate) insert: InsertMode,
    /// Whether an UPDATE may change the column.
    pub(crate) update: bool,
    /// Whether the search of the list looks into the column.
    pub(crate) searchable: bool,
    /// Whether the value's type implements `Display`.
    pub(crate) displayed: bool,
    /// Whether pages show the column at all; passwords and the like they do not.
    pub(crate) visible: bool,
}

/// How an INSERT treats a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InsertMode {
    /// The database fills it, always: generated columns, keys from a sequence.
    Never,
    /// A value must be given, or NULL where the column allows it.
    Given,
    /// A value may be given; else the column's default fills it.
    OrDefault,
}
