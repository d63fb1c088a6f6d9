//! How large the relations of a database are, and what else tells whether an index is worth its while.
//!
//! It changes from minute to minute, so that it is read apart and is no part of [`Schema`](super::Schema).

use std::collections::{BTreeMap, BTreeSet};

use super::{Index, ObjectName};

/// How large a database is, relation by relation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sizes {
    /// Those of relations that have rows of their own to be indexed.
    pub relations: BTreeMap<ObjectName, Size>,
    /// Indexes that somebody is building just now.
    pub building: BTreeSet<ObjectName>,
    pub trigrams: Trigrams,
}

/// How large a relation is; a partitioned table is all of its partitions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Size {
    /// How many rows there are, more or less, where the database has counted them.
    pub rows: u64,
    /// The bytes in which nobody has counted any.
    pub uncounted: u64,
    /// The bytes of the table; none where finding out would read it all.
    pub bytes: Option<u64>,
    /// Those of its indexes.
    pub index_bytes: Option<u64>,
    /// Whether the planner knows what the columns hold.
    pub analysed: bool,
    /// How many bytes a row has in a column, on the average, where the database knows.
    pub widths: BTreeMap<String, u32>,
    /// The columns that hold a hundred different values at most, as far as the database knows.
    pub of_few: BTreeSet<String>,
    /// The partitions that hold the rows.
    pub partitions: Vec<Partition>,
}

/// A partition with its indexes, which stand beside those of the partitioned table or behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    pub name: ObjectName,
    pub indexes: Vec<Index>,
}

/// Whether there are operator classes by which an index finds a part of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Trigrams {
    /// The extension `pg_trgm` is there, in this schema.
    In(String),
    /// It can be created.
    Available,
    #[default]
    Missing,
}
