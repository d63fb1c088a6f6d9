//! What is generic over the Rust type of a value, done by a kind alone.

use super::kind::ask;
use super::{
    Date, DateTime, Decimal, FieldType, FormValue, Inet, Interval, Json, Kind, Numeric, Range,
    SqlText, Time, Timestamp, Uuid,
};

/// Work that is generic over the Rust type of a value: compiled once for each type, however many tables there are.
pub trait WithType {
    /// What comes of it.
    type Output;

    /// Does the work.
    fn with<T: FieldType + FormValue>(self) -> Self::Output;
}

impl Kind {
    /// Does the work with the type of a value: of an enum, which is known only as its label, with text. An array has no
    /// input of its own: its elements have.
    pub fn with<W: WithType>(&self, work: W) -> W::Output {
        match self {
            Self::Range(of) => of.with_element(OfRange(work)),
            kind => kind.with_element(work),
        }
    }

    fn with_element<W: WithType>(&self, work: W) -> W::Output {
        ask!(self, T => work.with::<T>(), {
            Kind::Enum(_) | Kind::Range(_) | Kind::Array(_) => work.with::<String>(),
        })
    }
}

/// Work with a range, of the type of whose ends is known.
struct OfRange<W>(W);

impl<W: WithType> WithType for OfRange<W> {
    type Output = W::Output;

    fn with<T: FieldType + FormValue>(self) -> W::Output {
        self.0.with::<Range<T>>()
    }
}
