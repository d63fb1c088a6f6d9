//! Rows that are marked as deleted and stay.

use super::words::snake;
use crate::model::{Column, DataType, Relation};

/// The column that marks a row as deleted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SoftDelete<'a> {
    /// NULL for rows that are there, else when they were deleted.
    Time(&'a Column),
    /// True for rows that were deleted.
    Flag(&'a Column),
}

/// How the rows of a table are marked as deleted, if they are.
pub fn soft_delete(relation: &Relation) -> Option<SoftDelete<'_>> {
    relation.columns.iter().find_map(|column| {
        let name = snake(&column.name);
        match column.data_type {
            DataType::Timestamp | DataType::TimestampTz | DataType::Date if !column.not_null => {
                let known = [
                    "deleted",
                    "deleted_at",
                    "deleted_on",
                    "deleted_date",
                    "deleted_time",
                    "date_deleted",
                    "deletion_time",
                    "deletion_date",
                    "removed_at",
                    "trashed_at",
                    "time_deleted",
                ];
                known
                    .contains(&name.as_str())
                    .then_some(SoftDelete::Time(column))
            }
            DataType::Bool => {
                let known = [
                    "deleted",
                    "is_deleted",
                    "isdeleted",
                    "deleted_flag",
                    "trashed",
                ];
                known
                    .contains(&name.as_str())
                    .then_some(SoftDelete::Flag(column))
            }
            _ => None,
        }
    })
}
