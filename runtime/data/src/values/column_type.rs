//! What a [`Kind`](super::Kind) asks of its type: each type of columns tells it in its own file.

use super::{Datum, ParseError, RawCell, Value};

/// A type of columns as the runtime knows it by its kind alone, whatever row it is in.
pub trait ColumnType {
    /// What a value is called in a message.
    const WORDS: &'static str;
    /// What order its values have.
    const RANKING: Ranking;
    /// What PostgreSQL calls the types whose values can be read as this one.
    const POSTGRES: &'static [&'static str];

    /// Reads a text, as URLs and inputs have it.
    fn of_text(text: &str) -> Result<Value, ParseError>;

    /// Reads a cell of SQLite, which may hold anything; `None` where it is nothing of the type, as by default for a type
    /// that no column of SQLite has.
    #[inline(always)]
    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        let _ = cell;
        None
    }
}

/// What order the values of a type have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// None that a person would expect.
    None,
    /// One by which rows are sorted.
    Sorted,
    /// One in which values from one to another are asked for, too.
    Measured,
    /// That of numbers.
    Number,
}
