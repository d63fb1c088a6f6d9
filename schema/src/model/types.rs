//! The types that users define.

use serde::{Deserialize, Serialize};

use super::{Check, Column, DataType, ObjectName};

/// An enum type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enum {
    pub name: ObjectName,
    /// The labels in their order.
    #[serde(default)]
    pub labels: Vec<String>,
    pub comment: Option<String>,
    /// What identifies the type across a rename: `pg_type.oid`.
    pub identifier: Option<u32>,
    /// What identifies each label across a rename, in their order: `pg_enum.oid`; empty where nothing does.
    #[serde(default)]
    pub label_identifiers: Vec<u32>,
}

/// A domain: a base type with rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    pub name: ObjectName,
    pub base: DataType,
    /// The base type as the database writes it.
    pub sql_type: String,
    #[serde(default)]
    pub not_null: bool,
    pub default: Option<String>,
    pub collation: Option<ObjectName>,
    #[serde(default)]
    pub checks: Vec<Check>,
    pub comment: Option<String>,
}

/// A composite type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Composite {
    pub name: ObjectName,
    #[serde(default)]
    pub attributes: Vec<Column>,
    pub comment: Option<String>,
}

/// A range type that a user defined, or a built-in one that a column uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub name: ObjectName,
    pub subtype: DataType,
    pub multirange: Option<ObjectName>,
    pub comment: Option<String>,
}
