//! For whom something is done, and what that is.

/// For whom the rows of a database are read and written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Actor {
    /// Whoever uses an application that has no accounts.
    Owner,
    /// The application itself: the name of a job or of a command.
    System(&'static str),
}

/// What is done with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is read.
    View,
    /// It is inserted.
    Add,
    /// It is updated.
    Change,
    /// It is deleted.
    Delete,
}
