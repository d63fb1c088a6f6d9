//! The plan of a column.

use proc_macro2::Ident;

use crate::plan::ValueType;
use crate::plan::value::Family;

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
    /// Whether a cell may be NULL although the column belongs to the key.
    pub(crate) null_key: bool,
    /// Whether a cell may hold something else than such a value.
    pub(crate) loose: bool,
    /// How an INSERT treats the column.
    pub(crate) insert: InsertMode,
    /// Whether an UPDATE may change the column.
    pub(crate) update: bool,
    /// Whether a person leaves the column alone: a trigger or a default keeps it.
    pub(crate) read_only: bool,
    /// Whether its collation takes different texts for equal, so that LIKE needs another one.
    pub(crate) nondeterministic: bool,
    /// Whether its collation is one that only the program has that made the file.
    pub(crate) bytewise: bool,
    /// Whether the search of the list looks into the column.
    pub(crate) searchable: bool,
    /// Whether the value's type is one of bytes, of which JSON has the digits.
    pub(crate) is_hex: bool,
    /// Whether the value's type implements `Display`.
    pub(crate) displayed: bool,
    /// Whether pages show the column at all; passwords and the like they do not.
    pub(crate) visible: bool,
    /// Whether lists cannot be asked about the column either: neither filtered nor sorted by it.
    pub(crate) secret: bool,
    /// Whether it says where the row lies: nobody asks for that.
    pub(crate) row_id: bool,
}

impl Field {
    /// Whether a list can be sorted by the column.
    pub(crate) fn is_ordered(&self) -> bool {
        self.value.ordered
            || !matches!(
                self.value.family,
                Family::Bytes
                    | Family::Json
                    | Family::List(_)
                    | Family::Markup
                    | Family::Raw
                    | Family::SearchVector
            )
    }
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
