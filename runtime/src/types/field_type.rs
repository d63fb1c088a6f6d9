//! Which Rust types a column can have, and how they become values and are read from them.

use super::{
    Array, Date, DateTime, Decimal, Enum, EnumDef, Inet, Interval, Json, Kind, Numeric, Range, Raw,
    Shape, Time, Timestamp, Uuid,
};
use crate::datum::{Datum, Plain};
use crate::value::Value;

/// A Rust type that a column can have, apart from being nullable.
pub trait FieldType: Clone + Send + Sync + Sized + 'static {
    /// What the runtime knows of the type.
    const KIND: Kind;

    /// Reads a value that is not null; `None` if it is none of this type.
    fn from_datum(datum: Datum<'_>) -> Option<Self>;

    /// Reads a cell that is kept in the very form in which the type is; `None` where only
    /// [`from_datum`](Self::from_datum) can tell.
    #[inline(always)]
    fn from_plain(cell: Plain<'_>) -> Option<Self> {
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
    fn from_plain(cell: Plain<'_>) -> Option<Self>;

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
    fn from_plain(cell: Plain<'_>) -> Option<Self> {
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
    fn from_plain(cell: Plain<'_>) -> Option<Self> {
        match cell {
            Plain::Null => Some(None),
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
        impl FieldType for $type {
            const KIND: Kind = Kind::$kind;

            #[inline(always)]
            fn from_datum(datum: Datum<'_>) -> Option<Self> {
                match datum {
                    Datum::$variant(value) => Some(value.into()),
                    _ => None,
                }
            }

            $(
                #[inline(always)]
                fn from_plain(cell: Plain<'_>) -> Option<Self> {
                    match cell {
                        $($pattern => $read,)+
                        _ => None,
                    }
                }
            )?

            fn into_value(self) -> Value {
                Value::$variant(self)
            }
        }
    };
}

field_type!(bool, Bool, Bool);
field_type!(i64, Int64, Int, Plain::Int(number) => Some(number));
field_type!(f64, Float64, Float, Plain::Float(number) => Some(number));
field_type!(Uuid, Uuid, Uuid);
field_type!(Date, Date, Date);
field_type!(Time, Time, Time);
field_type!(DateTime, DateTime, DateTime);
field_type!(Timestamp, Timestamp, Timestamp);
field_type!(
    Decimal, Decimal, Decimal,
    Plain::Int(number) => Some(number.into()),
    Plain::Float(number) => Self::short(number)
);
field_type!(Interval, Interval, Interval);
field_type!(Inet, Inet, Inet);

/// A whole number that is narrower than the `i64` of [`Value::Int`].
macro_rules! narrow_integer {
    ($type:ty, $kind:ident) => {
        impl FieldType for $type {
            const KIND: Kind = Kind::$kind;

            #[inline(always)]
            fn from_datum(datum: Datum<'_>) -> Option<Self> {
                match datum {
                    Datum::Int(number) => number.try_into().ok(),
                    _ => None,
                }
            }

            #[inline(always)]
            fn from_plain(cell: Plain<'_>) -> Option<Self> {
                match cell {
                    Plain::Int(number) => number.try_into().ok(),
                    _ => None,
                }
            }

            fn into_value(self) -> Value {
                Value::Int(self.into())
            }
        }
    };
}

narrow_integer!(i16, Int16);
narrow_integer!(i32, Int32);
narrow_integer!(u32, Oid);

impl FieldType for String {
    const KIND: Kind = Kind::Text;

    #[inline(always)]
    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(text) => Some(text.to_owned()),
            Datum::Made(text) => Some(text),
            _ => None,
        }
    }

    #[inline(always)]
    fn from_plain(cell: Plain<'_>) -> Option<Self> {
        match cell {
            Plain::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Text(self)
    }
}

impl FieldType for Vec<u8> {
    const KIND: Kind = Kind::Bytes;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Bytes(bytes) => Some(bytes.to_owned()),
            Datum::Made(text) => Some(text.into_bytes()),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Bytes(self)
    }
}

impl FieldType for f32 {
    const KIND: Kind = Kind::Float32;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Float(number) => Some(number as f32),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Float(self.into())
    }
}

impl FieldType for Numeric {
    const KIND: Kind = Kind::Numeric;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Numeric(digits) => Some(Self::known(digits.into_owned())),
            Datum::Decimal(number) => Some(Self::known(number.to_string())),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Numeric(self)
    }
}

impl FieldType for Json {
    const KIND: Kind = Kind::Json;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(text) => Some(Self::known(text.to_owned())),
            Datum::Made(text) => Some(Self::known(text)),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Text(self.as_str().to_owned())
    }
}

impl FieldType for Raw {
    const KIND: Kind = Kind::Raw;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(text) => Some(Self(text.to_owned())),
            Datum::Made(text) => Some(Self(text)),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Text(self.0)
    }
}

impl<E: Enum> FieldType for E {
    const KIND: Kind = Kind::Enum(EnumDef {
        name: E::NAME,
        labels: E::labels,
    });

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(label) => E::from_label(label),
            _ => None,
        }
    }

    fn from_plain(cell: Plain<'_>) -> Option<Self> {
        match cell {
            Plain::Text(label) => E::from_label(label),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Text(self.label().to_owned())
    }
}

impl<T: FieldType> FieldType for Range<T> {
    const KIND: Kind = Kind::Range(&T::KIND);

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Range(range) => range.try_map(T::from_datum),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Range(Box::new(self.map(T::into_value)))
    }
}

impl<T: FieldType> FieldType for Array<T> {
    const KIND: Kind = Kind::Array(&T::KIND);

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        let Datum::Array(items, shape) = datum else {
            return None;
        };
        let items: Option<Vec<Option<T>>> = items.into_iter().map(Option::from_cell).collect();
        Self::with_shape(items?, shape)
    }

    fn into_value(self) -> Value {
        let (items, shape) = self.into_parts();
        Value::Array(items.into_iter().map(Option::into_cell).collect(), shape)
    }
}

/// A plain list: arrays with gaps or of several dimensions cannot be read as such.
impl<T: FieldType> FieldType for Vec<T> {
    const KIND: Kind = Kind::Array(&T::KIND);

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Array(items, shape) if shape.is_plain() => {
                items.into_iter().map(T::from_datum).collect()
            }
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        let items = self.into_iter().map(T::into_value);
        Value::Array(items.collect(), Shape::default())
    }
}

/// A list with gaps: arrays of several dimensions cannot be read as such.
impl<T: FieldType> FieldType for Vec<Option<T>> {
    const KIND: Kind = Kind::Array(&T::KIND);

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Array(items, shape) if shape.is_plain() => {
                items.into_iter().map(Option::from_cell).collect()
            }
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        let items = self.into_iter().map(Option::into_cell);
        Value::Array(items.collect(), Shape::default())
    }
}
