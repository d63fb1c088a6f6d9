//! Constraints and indexes.

use serde::{Deserialize, Serialize};

use super::ObjectName;

/// A primary key or unique constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub name: String,
    #[serde(default)]
    pub columns: Vec<String>,
    /// `INCLUDE` columns: stored with the index, no part of the key.
    #[serde(default)]
    pub include: Vec<String>,
    #[serde(default)]
    pub nulls_not_distinct: bool,
    pub deferrable: Option<Deferrable>,
    pub comment: Option<String>,
}

impl Key {
    /// A key of columns and nothing else.
    pub fn new(name: String, columns: Vec<String>) -> Self {
        Self {
            name,
            columns,
            include: Vec::new(),
            nulls_not_distinct: false,
            deferrable: None,
            comment: None,
        }
    }
}

/// When a deferrable constraint is checked unless a transaction says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deferrable {
    InitiallyImmediate,
    InitiallyDeferred,
}

/// A foreign key; `columns[i]` refers to `target_columns[i]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    pub name: String,
    #[serde(default)]
    pub columns: Vec<String>,
    pub target: ObjectName,
    #[serde(default)]
    pub target_columns: Vec<String>,
    pub on_delete: ReferenceAction,
    /// The columns of `ON DELETE SET NULL (…)`, where only some are set.
    #[serde(default)]
    pub on_delete_columns: Vec<String>,
    pub on_update: ReferenceAction,
    pub match_type: Match,
    pub deferrable: Option<Deferrable>,
    /// False for `NOT VALID`.
    #[serde(default)]
    pub validated: bool,
    pub comment: Option<String>,
}

/// What happens to the referring rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceAction {
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// How NULLs in a composite foreign key match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    Simple,
    Full,
    Partial,
}

/// A CHECK constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub name: String,
    /// The condition as the database writes it, without the outer `CHECK ( … )`.
    pub expression: String,
    /// The columns that the condition mentions; empty for a domain's.
    #[serde(default)]
    pub columns: Vec<String>,
    #[serde(default)]
    pub validated: bool,
    #[serde(default)]
    pub no_inherit: bool,
    pub comment: Option<String>,
}

/// An EXCLUDE constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    pub name: String,
    /// The whole definition as the database writes it: `EXCLUDE USING gist (…)`.
    pub definition: String,
    /// The columns among its elements.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The operator of each element, in order.
    #[serde(default)]
    pub operators: Vec<String>,
    pub deferrable: Option<Deferrable>,
    pub comment: Option<String>,
}

/// An index, also those behind keys and exclusion constraints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    pub name: String,
    #[serde(default)]
    pub unique: bool,
    /// The constraint that the index belongs to, if any.
    pub constraint: Option<String>,
    pub method: String,
    #[serde(default)]
    pub columns: Vec<IndexColumn>,
    #[serde(default)]
    pub include: Vec<String>,
    /// The WHERE of a partial index.
    pub predicate: Option<String>,
    #[serde(default)]
    pub nulls_not_distinct: bool,
    #[serde(default)]
    pub valid: bool,
    /// `CREATE INDEX …` as the database writes it.
    pub definition: String,
    pub comment: Option<String>,
}

impl Index {
    /// Whether it makes rows unique without a constraint that says so.
    pub fn is_unique_alone(&self) -> bool {
        self.unique && self.constraint.is_none()
    }
}

/// One element of an index's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexColumn {
    /// The column, unless the element is an expression.
    pub column: Option<String>,
    /// The expression, unless the element is a column.
    pub expression: Option<String>,
    #[serde(default)]
    pub descending: bool,
    #[serde(default)]
    pub nulls_first: bool,
    pub operator_class: Option<String>,
    pub collation: Option<String>,
}
