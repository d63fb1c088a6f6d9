//! Carries what is emitted now into an application that people have edited.
//!
//! Everything is decided in memory, file by file, before anything is written.

mod conflicts;
mod decide;
mod emitted;
mod ending;
mod folder;
mod layout;
mod limit;
mod moved;
mod rename;
#[cfg(test)]
mod tests;

pub(crate) use conflicts::{Conflict, open_conflicts};
pub(crate) use decide::{Content, Decision, Entry, Moved, Ours, Status, decide};
pub(crate) use emitted::{files, write_by_all};
pub(crate) use ending::{Ending, plain};
pub(crate) use folder::{Folder, FolderError};
pub(crate) use layout::Layout;
pub(crate) use limit::limited;
pub(crate) use moved::find as find_moved;
pub(crate) use rename::Renaming;
