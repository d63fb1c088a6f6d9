//! A relation: a table, a view, or what behaves like one.

use serde::{Deserialize, Serialize};

use super::{Check, Column, Exclusion, ForeignKey, Index, Key, ObjectName};

/// A table or view with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    pub name: ObjectName,
    pub kind: RelationKind,
    pub persistence: Persistence,
    pub comment: Option<String>,
    #[serde(default)]
    pub columns: Vec<Column>,
    pub primary_key: Option<Key>,
    /// Unique constraints; unique indexes without one are among `indexes`.
    #[serde(default)]
    pub uniques: Vec<Key>,
    #[serde(default)]
    pub foreign_keys: Vec<ForeignKey>,
    #[serde(default)]
    pub checks: Vec<Check>,
    #[serde(default)]
    pub exclusions: Vec<Exclusion>,
    #[serde(default)]
    pub indexes: Vec<Index>,
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    /// The tables that this one inherits from.
    #[serde(default)]
    pub parents: Vec<ObjectName>,
    /// `RANGE (payment_date)` for a partitioned table.
    pub partition_key: Option<String>,
    /// The partitions that this table stands for; they are no relations of their own.
    #[serde(default)]
    pub partitions: Vec<ObjectName>,
    pub view: Option<View>,
    #[serde(default)]
    pub row_security: bool,
    #[serde(default)]
    pub policies: Vec<Policy>,
    /// The planner's estimate; `None` where the table was never analysed.
    pub estimated_rows: Option<u64>,
    pub privileges: Privileges,
    /// What identifies the relation across a rename: `pg_class.oid`.
    pub identifier: Option<u32>,
}

/// What kind of relation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    Table,
    PartitionedTable,
    ForeignTable,
    View,
    MaterializedView,
}

/// How long and how safely the rows are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Persistence {
    Permanent,
    Unlogged,
}

/// What only views have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub definition: String,
    #[serde(default)]
    pub insertable: bool,
    #[serde(default)]
    pub updatable: bool,
    #[serde(default)]
    pub deletable: bool,
    /// Whether each of its rows is a row of the one table behind it, and none is there twice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub simple: bool,
    /// The relations that the view reads.
    #[serde(default)]
    pub sources: Vec<ObjectName>,
    /// Where a column of the view is a plain column of a source, in the order of the view's columns.
    #[serde(default)]
    pub columns: Vec<Option<ViewColumn>>,
}

/// The column that a view's column shows unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewColumn {
    pub relation: ObjectName,
    pub column: String,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    pub name: String,
    /// `CREATE TRIGGER …` as the database writes it.
    pub definition: String,
    /// False after `DISABLE TRIGGER`.
    #[serde(default)]
    pub enabled: bool,
    #[serde(default)]
    pub before: bool,
    /// Whether it stands in for what would be done to a view.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub instead: bool,
    #[serde(default)]
    pub on_insert: bool,
    #[serde(default)]
    pub on_update: bool,
    #[serde(default)]
    pub on_delete: bool,
    /// The columns of `UPDATE OF …`.
    #[serde(default)]
    pub update_columns: Vec<String>,
    pub function: ObjectName,
}

/// A row-level-security policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub name: String,
    /// `ALL`, `SELECT`, `INSERT`, `UPDATE` or `DELETE`.
    pub command: String,
    #[serde(default)]
    pub permissive: bool,
    #[serde(default)]
    pub roles: Vec<String>,
    pub using: Option<String>,
    pub check: Option<String>,
}

/// What the current role may do with the relation as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privileges {
    #[serde(default)]
    pub select: bool,
    #[serde(default)]
    pub insert: bool,
    #[serde(default)]
    pub update: bool,
    #[serde(default)]
    pub delete: bool,
}
