//! The plan of a database enum.

use proc_macro2::Ident;

/// A database enum as a Rust enum.
#[derive(Debug)]
pub(crate) struct Enum {
    /// The database schema and the name, as the database spells them.
    pub(crate) schema: String,
    pub(crate) name: String,
    /// `MpaaRating`
    pub(crate) model: Ident,
    pub(crate) comment: Option<String>,
    pub(crate) variants: Vec<Variant>,
}

/// A label of a database enum.
#[derive(Debug)]
pub(crate) struct Variant {
    /// As the database spells it.
    pub(crate) label: String,
    /// `Pg13`
    pub(crate) name: Ident,
}
