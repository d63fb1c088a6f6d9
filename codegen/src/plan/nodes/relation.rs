//! The plan of what tables have to do with each other.

use proc_macro2::Ident;

/// A table that a relation leads to, by the names needed to mention it.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The module's path from the crate: `film`.
    pub(crate) module: Vec<Ident>,
    /// `Film`
    pub(crate) model: Ident,
}

/// A foreign key: this table's row refers to one row of another.
#[derive(Debug)]
pub(crate) struct ToOne {
    /// The foreign key, by its name.
    pub(crate) origin: String,
    /// `LANGUAGE`
    pub(crate) constant: Ident,
    /// `language`
    pub(crate) name: Ident,
    /// `Language`
    pub(crate) label: String,
    pub(crate) target: Target,
    /// Whether the row may refer to none.
    pub(crate) nullable: bool,
    /// Own column and the other table's, pair by pair.
    pub(crate) columns: Vec<ColumnPair>,
    /// The indexes of the fields that the foreign key consists of.
    pub(crate) fields: Vec<usize>,
    /// Whether the columns refer to the other table's whole primary key.
    pub(crate) refers_to_key: bool,
    /// Whether the pages show the other row's label: the other table has a page for a row.
    pub(crate) linked: bool,
}

/// Rows of another table that refer to this table's row.
#[derive(Debug)]
pub(crate) struct ToMany {
    /// The other table's foreign key: `public.inventory.inventory_film_id_fkey`.
    pub(crate) origin: String,
    /// `INVENTORIES`
    pub(crate) constant: Ident,
    /// `Inventories`
    pub(crate) label: String,
    pub(crate) target: Target,
    /// Own column and the other table's, pair by pair.
    pub(crate) columns: Vec<ColumnPair>,
    /// Whether the page of a row lists them: not those that many-to-many relations show already.
    pub(crate) shown: bool,
    /// The variant of the runtime's `OnDelete`.
    pub(crate) on_delete: Ident,
}

/// Rows of another table, by way of a junction table.
#[derive(Debug)]
pub(crate) struct ManyToMany {
    /// The junction's foreign key to the other table: `public.film_actor.film_actor_actor_id_fkey`.
    pub(crate) origin: String,
    /// `ACTORS`
    pub(crate) constant: Ident,
    /// `actors`
    pub(crate) name: Ident,
    /// `Actors`
    pub(crate) label: String,
    pub(crate) target: Target,
    /// The junction table's database schema and name.
    pub(crate) junction: (String, String),
    /// Own column and the junction's, pair by pair.
    pub(crate) columns: Vec<ColumnPair>,
    /// The other table's column and the junction's, pair by pair.
    pub(crate) target_columns: Vec<ColumnPair>,
    /// Whether the form can add and remove rows of the junction.
    pub(crate) editable: bool,
    /// What happens to the rows of the junction when this table's row is deleted: a variant of the runtime's `OnDelete`.
    pub(crate) on_delete: Ident,
    /// Whether the junction does nothing but join, so that it has no model of its own.
    pub(crate) pure: bool,
}

/// Two columns that hold the same value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColumnPair {
    pub(crate) own: String,
    pub(crate) other: String,
}
