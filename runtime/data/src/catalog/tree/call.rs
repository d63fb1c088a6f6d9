//! What is made of values: arithmetic, functions, aggregates.

/// How two values are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Math {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// One text after the other.
    Concatenate,
}

/// A function of values that both dialects have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// A text in lower case.
    Lower,
    /// A text in upper case.
    Upper,
    /// How many letters a text has.
    Length,
    /// A text without space at its ends.
    Trim,
    /// A number without its sign.
    Absolute,
    /// A number, rounded to a whole one.
    Round,
    /// The first value that is not null.
    Coalesce,
}

/// What is gathered from many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// How many there are that have a value.
    Count,
    /// How many different values there are.
    CountDistinct,
    /// The sum.
    Sum,
    /// The mean.
    Average,
    /// The least value.
    Min,
    /// The greatest value.
    Max,
}
