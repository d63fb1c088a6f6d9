//! The difference of two schemas: what was renamed, and what else changed, in plain words.

mod apply;
mod candidates;
mod changes;
mod identity;
mod making_way;
mod names;
mod recorded_names;
mod renames;
#[cfg(test)]
mod tests;

pub use candidates::{Candidate, candidates};
pub use changes::{Change, Kind, changes};
pub use identity::{Fate, Identity};
pub use renames::{ColumnName, LabelName, Renames, UnknownName};
