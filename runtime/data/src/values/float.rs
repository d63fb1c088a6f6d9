//! Floating-point numbers.

use super::comparable::ordered;
use super::field_type::field_type;
use super::html::as_it_is;
use super::number::tidy;
use super::{
    Binary, ColumnType, Datum, Fallible, FieldType, FormValue, Kind, ParseError, Ranking, RawCell,
    Value,
};

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

field_type!(f64, Float64, Float, RawCell::Float(number) => Some(number));

macro_rules! column_float {
    ($type:ty, $postgres:literal) => {
        ordered!($type);

        impl ColumnType for $type {
            const WORDS: &'static str = "number";
            const RANKING: Ranking = Ranking::Number;
            const POSTGRES: &'static [&'static str] = &[$postgres];

            fn of_text(text: &str) -> Result<Value, ParseError> {
                match text.trim().parse::<Self>() {
                    Ok(number) => Ok(Value::Float(number.into())),
                    Err(_) => Err(ParseError("a number such as 12.5")),
                }
            }

            #[inline(always)]
            fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
                float_cell(cell).map(Datum::Float)
            }
        }

        /// The highest byte first.
        impl Binary for $type {
            #[inline]
            fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
                Ok(Datum::Float(Self::from_be_bytes(raw.try_into()?).into()))
            }

            fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
                let number = match *value {
                    Datum::Float(number) => number as Self,
                    Datum::Int(number) => number as Self,
                    _ => return Ok(false),
                };
                out.extend(number.to_be_bytes());
                Ok(true)
            }
        }
    };
}

column_float!(f32, "float4");
column_float!(f64, "float8");

/// A cell of SQLite as a number with a floating point.
fn float_cell(cell: RawCell<'_>) -> Option<f64> {
    match cell {
        RawCell::Int(number) => Some(number as f64),
        RawCell::Float(number) => Some(number),
        RawCell::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Reads a number with a floating point; `NaN` and `infinity` are such numbers too.
fn float(text: &str) -> Result<f64, String> {
    let text = tidy(text);
    let float = match text.to_ascii_lowercase().as_str() {
        "nan" => f64::NAN,
        "infinity" | "inf" => f64::INFINITY,
        "-infinity" | "-inf" => f64::NEG_INFINITY,
        _ => text
            .parse::<f64>()
            .map_err(|_| "must be a number, such as 3.14".to_owned())?,
    };
    if float.is_infinite() && text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err("is too large".to_owned());
    }
    Ok(float)
}

fn float_to_input(float: f64, shortest: String) -> String {
    match float {
        _ if float.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        _ => shortest,
    }
}

impl FormValue for f64 {
    fn parse(text: &str) -> Result<Self, String> {
        float(text)
    }

    fn to_input(&self) -> String {
        float_to_input(*self, self.to_string())
    }

    fn placeholder() -> Self {
        0.0
    }
}

impl FormValue for f32 {
    fn parse(text: &str) -> Result<Self, String> {
        let wide = float(text)?;
        // Parsed as itself: a float rounded twice may differ in its last digit.
        let narrow = tidy(text).parse::<Self>().unwrap_or(wide as Self);
        match narrow.is_infinite() && wide.is_finite() {
            true => Err("is too large".to_owned()),
            false => Ok(narrow),
        }
    }

    fn to_input(&self) -> String {
        float_to_input(f64::from(*self), self.to_string())
    }

    fn placeholder() -> Self {
        0.0
    }
}

as_it_is!(f32, f64);
