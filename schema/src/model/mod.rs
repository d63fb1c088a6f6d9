//! The model: everything that a database says about its schema, as plain data.
//!
//! A reader fills it; nothing here is computed. What cannot be mapped is kept as text, with a note.

mod column;
mod constraint;
mod data_type;
mod former_names;
mod name;
mod prerequisites;
mod relation;
mod sizes;
mod types;

pub use column::{Column, Generated, Identity, IdentityMode, Sequence};
pub use constraint::{
    Check, Deferrable, Exclusion, ForeignKey, Index, IndexColumn, Key, Match, ReferenceAction,
};
pub use data_type::DataType;
pub use former_names::FormerNames;
pub(crate) use former_names::{FormerPart, FormerWhole};
pub use name::ObjectName;
pub use prerequisites::{
    ColumnPrerequisites, Definition, Dependency, Missing, Object, ObjectKind, Part, Prerequisites,
    RelationPrerequisites, TypePrerequisites,
};
pub use relation::{
    Persistence, Policy, Privileges, Relation, RelationKind, Trigger, View, ViewColumn,
};
pub use sizes::{Partition, Size, Sizes, Trigrams};
pub use types::{Composite, Domain, Enum, Range};

use serde::{Deserialize, Serialize};

/// The database that a schema was read from, or whose dialect its files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    Postgres,
    Sqlite,
}

/// A database schema: all objects that were asked for, each list sorted by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    pub dialect: Dialect,
    /// The database that it was read from, if it was a live one whose identifiers outlast a rename.
    pub origin: Option<Origin>,
    /// The role that read it, where there are roles: what may not be read or written is its.
    pub role: Option<String>,
    pub relations: Vec<Relation>,
    pub enums: Vec<Enum>,
    pub domains: Vec<Domain>,
    pub composites: Vec<Composite>,
    pub ranges: Vec<Range>,
    /// What was found and could not be read, or not be mapped.
    pub notes: Vec<Note>,
}

/// One database among all: identifiers of its objects mean something only beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The server's: `pg_control_system().system_identifier`.
    pub system: String,
    /// The database's: `pg_database.oid`.
    pub database: u32,
}

/// Something about an object that a person should know: it was left out, or is kept as text only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The object, as `schema.table` or `schema.table.column`.
    pub subject: String,
    pub message: String,
}
