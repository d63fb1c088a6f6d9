//! What kind of values a column holds: the runtime's view of a Rust type.

use super::{
    ColumnType, Date, DateTime, Datum, Decimal, EnumDef, Inet, Interval, Json, Numeric, ParseError,
    Ranking, RawCell, SqlText, Time, Timestamp, Uuid, Value, array, enumeration, range,
};

/// What kind of values a column holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// `bool`.
    Bool,
    /// `i16`.
    Int16,
    /// `i32`.
    Int32,
    /// `i64`.
    Int64,
    /// `u32`.
    Oid,
    /// `f32`.
    Float32,
    /// `f64`.
    Float64,
    /// `String`.
    Text,
    /// `Vec<u8>`.
    Bytes,
    /// [`Uuid`].
    Uuid,
    /// [`Date`].
    Date,
    /// [`Time`].
    Time,
    /// [`DateTime`]: without a time zone.
    DateTime,
    /// [`Timestamp`]: an instant.
    Timestamp,
    /// [`Decimal`].
    Decimal,
    /// [`Numeric`].
    Numeric,
    /// [`Json`].
    Json,
    /// [`SqlText`]: read and written as text.
    Raw,
    /// An enum of the database.
    Enum(EnumDef),
    /// [`Interval`].
    Interval,
    /// [`Inet`].
    Inet,
    /// [`Range`](super::Range).
    Range(&'static Kind),
    /// [`Array`](super::Array).
    Array(&'static Kind),
}

/// Asks the type of a kind, which is called `$T` in the question; the kinds that are made of others are told apart.
///
/// A type is one line of this table.
macro_rules! ask {
    ($kind:expr, $T:ident => $question:expr, { $($others:tt)+ }) => {
        ask!(@ $kind, $T, $question, { $($others)+ }, {
            Bool: bool,
            Int16: i16,
            Int32: i32,
            Int64: i64,
            Oid: u32,
            Float32: f32,
            Float64: f64,
            Text: String,
            Bytes: Vec<u8>,
            Uuid: Uuid,
            Date: Date,
            Time: Time,
            DateTime: DateTime,
            Timestamp: Timestamp,
            Decimal: Decimal,
            Numeric: Numeric,
            Json: Json,
            Raw: SqlText,
            Interval: Interval,
            Inet: Inet,
        })
    };
    (@ $kind:expr, $T:ident, $question:expr, { $($others:tt)+ }, { $($variant:ident: $type:ty,)+ }) => {
        match $kind {
            $(Kind::$variant => {
                type $T = $type;
                $question
            })+
            $($others)+
        }
    };
}

pub(crate) use ask;

impl Kind {
    /// What a value of this kind is called in a message.
    pub const fn words(&self) -> &'static str {
        ask!(self, T => <T as ColumnType>::WORDS, {
            Kind::Enum(_) => enumeration::WORDS,
            Kind::Range(_) => range::WORDS,
            Kind::Array(_) => array::WORDS,
        })
    }

    /// What order values of this kind have.
    const fn ranking(&self) -> Ranking {
        ask!(self, T => <T as ColumnType>::RANKING, {
            Kind::Enum(_) | Kind::Range(_) => Ranking::Sorted,
            Kind::Array(_) => Ranking::None,
        })
    }

    /// Whether values of this kind are numbers.
    pub const fn is_number(&self) -> bool {
        matches!(self.ranking(), Ranking::Number)
    }

    /// Whether values of this kind are asked for from one to another.
    pub const fn is_measured(&self) -> bool {
        matches!(self.ranking(), Ranking::Measured | Ranking::Number)
    }

    /// Whether values of this kind have an order that a person would expect.
    pub const fn is_ordered(&self) -> bool {
        !matches!(self.ranking(), Ranking::None)
    }

    /// What PostgreSQL calls the types whose values can be read as this kind, where they have names of their own.
    pub const fn postgres(&self) -> &'static [&'static str] {
        ask!(self, T => <T as ColumnType>::POSTGRES, {
            Kind::Enum(_) | Kind::Range(_) | Kind::Array(_) => &[],
        })
    }

    /// Reads a text, as URLs and inputs have it, into a value.
    pub fn parse(&self, text: &str) -> Result<Value, ParseError> {
        if text.contains('\0') {
            return Err(ParseError("text without a NUL character"));
        }
        ask!(self, T => T::of_text(text), {
            Kind::Enum(def) => def.of_text(text),
            Kind::Range(of) => range::of_text(of, text),
            Kind::Array(of) => array::of_text(of, text),
        })
    }

    /// Reads a cell of SQLite as a value of this kind; as it is, where it is nothing of the kind. The kind is known where
    /// this is called, so that little of it is left there.
    #[inline(always)]
    pub fn of_cell<'r>(&self, cell: RawCell<'r>) -> Datum<'r> {
        let found = ask!(self, T => T::of_cell(cell), {
            Kind::Enum(_) => String::of_cell(cell),
            Kind::Range(_) | Kind::Array(_) => None,
        });
        found.unwrap_or_else(|| cell.into())
    }
}
