//! Which Rust types a column can have, and how they become values and are read from them.

use super::{Datum, Kind, RawCell, Value};

/// A Rust type that a column can have, apart from being nullable.
pub trait FieldType: Clone + Send + Sync + Sized + 'static {
    /// What the runtime knows of the type.
    const KIND: Kind;

    /// Reads a value that is not null; `None` if it is none of this type.
    fn from_datum(datum: Datum<'_>) -> Option<Self>;

    /// Reads a cell that is kept in the very form in which the type is; `None` where only
    /// [`from_datum`](Self::from_datum) can tell.
    #[inline(always)]
    fn from_plain(cell: RawCell<'_>) -> Option<Self> {
        let _ = cell;
        None
    }

    /// The value, to be sent to the database.
    fn into_value(self) -> Value;

    /// The value as an address has it, which [`from_datum`](Self::from_datum) reads.
    fn into_address(self) -> Value {
        self.into_value()
    }
}

/// A field of a row: a [`FieldType`], or an `Option` of one where the column is nullable.
pub trait Cell: Send + Sized {
    /// The type apart from being nullable.
    type Base: FieldType;

    /// Reads a value that may be null; `None` if it is none of this type.
    fn from_cell(datum: Datum<'_>) -> Option<Self>;

    /// Reads a cell that is kept in the very form in which the type is; `None` where only
    /// [`from_cell`](Self::from_cell) can tell.
    fn from_plain(cell: RawCell<'_>) -> Option<Self>;

    /// The value, to be sent to the database.
    fn into_cell(self) -> Value;
}

impl<T: FieldType> Cell for T {
    type Base = T;

    #[inline(always)]
    fn from_cell(datum: Datum<'_>) -> Option<Self> {
        T::from_datum(datum)
    }

    #[inline(always)]
    fn from_plain(cell: RawCell<'_>) -> Option<Self> {
        <T as FieldType>::from_plain(cell)
    }

    fn into_cell(self) -> Value {
        self.into_value()
    }
}

impl<T: FieldType> Cell for Option<T> {
    type Base = T;

    #[inline(always)]
    fn from_cell(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Null => Some(None),
            datum => T::from_datum(datum).map(Some),
        }
    }

    #[inline(always)]
    fn from_plain(cell: RawCell<'_>) -> Option<Self> {
        match cell {
            RawCell::Null => Some(None),
            cell => <T as FieldType>::from_plain(cell).map(Some),
        }
    }

    fn into_cell(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }
}

/// A type whose values are exactly those of one variant of [`Datum`] and [`Value`].
macro_rules! field_type {
    ($type:ty, $kind:ident, $variant:ident $(, $($pattern:pat => $read:expr),+)?) => {
        impl $crate::values::FieldType for $type {
            const KIND: $crate::values::Kind = $crate::values::Kind::$kind;

            #[inline(always)]
            fn from_datum(datum: $crate::values::Datum<'_>) -> Option<Self> {
                match datum {
                    $crate::values::Datum::$variant(value) => Some(value.into()),
                    _ => None,
                }
            }

            $(
                #[inline(always)]
                fn from_plain(cell: $crate::values::RawCell<'_>) -> Option<Self> {
                    match cell {
                        $($pattern => $read,)+
                        _ => None,
                    }
                }
            )?

            fn into_value(self) -> $crate::values::Value {
                $crate::values::Value::$variant(self)
            }
        }
    };
}

pub(super) use field_type;
