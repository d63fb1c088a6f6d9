//! Whole numbers.

use super::comparable::ordered;
use super::field_type::field_type;
use super::html::write_int;
use super::number::{parts, tidy};
use super::{
    Binary, ColumnType, Datum, Fallible, FieldType, FormValue, Kind, ParseError, Ranking, RawCell,
    Value, WriteHtml,
};

field_type!(i64, Int64, Int, RawCell::Int(number) => Some(number));

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
            fn from_plain(cell: RawCell<'_>) -> Option<Self> {
                match cell {
                    RawCell::Int(number) => number.try_into().ok(),
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

macro_rules! column_integer {
    ($type:ty, $postgres:literal, $expected:literal) => {
        ordered!($type);

        impl ColumnType for $type {
            const WORDS: &'static str = "whole number in range";
            const RANKING: Ranking = Ranking::Number;
            const POSTGRES: &'static [&'static str] = &[$postgres];

            fn of_text(text: &str) -> Result<Value, ParseError> {
                match text.trim().parse::<Self>() {
                    Ok(number) => Ok(number.into_value()),
                    Err(_) => Err(ParseError($expected)),
                }
            }

            #[inline(always)]
            fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
                whole_cell(cell).map(Datum::Int)
            }
        }

        /// The highest byte first.
        impl Binary for $type {
            #[inline]
            fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
                Ok(Datum::Int(Self::from_be_bytes(raw.try_into()?).into()))
            }

            fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
                let Datum::Int(number) = *value else {
                    return Ok(false);
                };
                out.extend(Self::try_from(number)?.to_be_bytes());
                Ok(true)
            }
        }
    };
}

column_integer!(i16, "int2", "a whole number from -32768 to 32767");
column_integer!(i32, "int4", "a whole number from -2147483648 to 2147483647");
column_integer!(i64, "int8", "a whole number of at most 19 digits");
column_integer!(u32, "oid", "a whole number from 0 to 4294967295");

/// A cell of SQLite as a whole number.
#[inline(always)]
fn whole_cell(cell: RawCell<'_>) -> Option<i64> {
    match cell {
        RawCell::Int(number) => Some(number),
        RawCell::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Some(number as i64)
        }
        RawCell::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Reads a whole number between two limits.
fn whole(text: &str, min: i64, max: i64) -> Result<i64, String> {
    let text = tidy(text);
    match text.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        Ok(_) => Err(format!("must be between {min} and {max}")),
        Err(_) => Err(match parts(&text) {
            Some((_, _, "")) => format!("must be between {min} and {max}"),
            _ => "must be a whole number, such as 42".to_owned(),
        }),
    }
}

macro_rules! whole_number {
    ($($type:ty),*) => {$(
        impl FormValue for $type {
            fn parse(text: &str) -> Result<Self, String> {
                whole(text, i64::from(<$type>::MIN), i64::from(<$type>::MAX))
                    .map(|number| number as $type)
            }

            fn to_input(&self) -> String {
                self.to_string()
            }

            fn placeholder() -> Self {
                0
            }
        }
    )*};
}

whole_number!(i16, i32, i64, u32);

macro_rules! write_html_of {
    ($($type:ty),*) => {$(
        impl WriteHtml for $type {
            fn write_html(&self, out: &mut String) {
                write_int(out, *self)
            }
        }
    )*};
}

write_html_of!(i16, i32, i64, u32);
