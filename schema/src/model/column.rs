//! A column of a table or view.

use serde::{Deserialize, Serialize};

use super::{DataType, ObjectName};

/// A column, in the order of its table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub data_type: DataType,
    /// The type as the database writes it, with modifiers: `numeric(4,2)`, `public.mpaa_rating`.
    pub sql_type: String,
    /// Whether cells may hold values of other types too: outside of STRICT tables, SQLite does not check them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub loose: bool,
    /// Whether NULL is refused, by the column or by its domain.
    #[serde(default)]
    pub not_null: bool,
    /// Whether cells may be NULL although the column belongs to the key, which nobody means: an old mistake of SQLite.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub null_key: bool,
    /// The default's expression as the database writes it.
    pub default: Option<String>,
    pub identity: Option<Identity>,
    /// The sequence that the column owns (`serial`).
    pub sequence: Option<ObjectName>,
    pub generated: Option<Generated>,
    pub collation: Option<ObjectName>,
    /// Whether its collation, its own or that of its domain, takes different texts for equal: LIKE does not know it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nondeterministic: bool,
    /// Whether its collation is one that only the program has that made the file: it is compared byte by byte.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bytewise: bool,
    pub comment: Option<String>,
    /// Whether the column comes from a parent table by inheritance.
    #[serde(default)]
    pub inherited: bool,
    /// Whether the current role may read the column.
    #[serde(default)]
    pub can_select: bool,
    /// Whether the current role may give the column a value in an INSERT.
    #[serde(default)]
    pub can_insert: bool,
    /// Whether the current role may change the column.
    #[serde(default)]
    pub can_update: bool,
    /// The sequence that the default draws from and that the current role may not use: it can add no row without a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<ObjectName>,
    /// What identifies the column across a rename: `attnum`.
    pub identifier: Option<i32>,
}

/// `GENERATED … AS IDENTITY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub mode: IdentityMode,
    pub sequence: Sequence,
}

/// Whether an INSERT may give an identity column a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityMode {
    Always,
    ByDefault,
}

/// The options of an identity's sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    pub start: i64,
    pub increment: i64,
    pub min: i64,
    pub max: i64,
    pub cache: i64,
    #[serde(default)]
    pub cycle: bool,
}

/// `GENERATED ALWAYS AS (expression)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    pub expression: String,
    /// STORED, as opposed to VIRTUAL.
    #[serde(default)]
    pub stored: bool,
}
