//! The plan of a constraint: how its violation is said, and at which fields.

/// A constraint by its name, as the database reports it when it is violated.
#[derive(Debug)]
pub(crate) struct Constraint {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) kind: ConstraintKind,
}

/// What a constraint demands.
#[derive(Debug)]
pub(crate) enum ConstraintKind {
    Unique,
    ForeignKey,
    /// The rule in words: `length is greater than 0`.
    Check(String),
    /// The rule in words: `no two bookings of the same room overlap in period`.
    Exclusion(String),
}
