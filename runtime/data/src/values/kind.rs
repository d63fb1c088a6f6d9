//! What kind of values a column holds: the runtime's view of a Rust type.

use super::{
    Array, Date, DateTime, Decimal, EnumDef, FieldType, Inet, Interval, Numeric, ParseError, Range,
    Time, Timestamp, Value,
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
    /// [`Uuid`](super::Uuid).
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
    /// [`Json`](super::Json).
    Json,
    /// [`SqlText`](super::SqlText): read and written as text.
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

impl Kind {
    /// Whether values of this kind are numbers.
    pub const fn is_number(&self) -> bool {
        use Kind::*;
        matches!(
            self,
            Int16 | Int32 | Int64 | Oid | Float32 | Float64 | Decimal | Numeric
        )
    }

    /// Whether values of this kind have an order that a person would expect.
    pub const fn is_ordered(&self) -> bool {
        use Kind::*;
        self.is_number()
            || matches!(
                self,
                Text | Uuid
                    | Date
                    | Time
                    | DateTime
                    | Timestamp
                    | Interval
                    | Inet
                    | Range(_)
                    | Enum(_)
                    | Bool
            )
    }

    /// What a value of this kind is called in a message.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Bool => "yes or no",
            Self::Int16 | Self::Int32 | Self::Int64 | Self::Oid => "whole number in range",
            Self::Float32 | Self::Float64 | Self::Decimal | Self::Numeric => "number",
            Self::Text | Self::Raw => "text",
            Self::Bytes => "bytes",
            Self::Uuid => "UUID",
            Self::Date => "date",
            Self::Time => "time",
            Self::DateTime | Self::Timestamp => "date and time",
            Self::Json => "JSON",
            Self::Enum(_) => "known value of the enum",
            Self::Interval => "span of time",
            Self::Inet => "address",
            Self::Range(_) => "range",
            Self::Array(_) => "list of such values",
        }
    }

    /// Reads a text, as URLs and inputs have it, into a value.
    pub fn parse(&self, text: &str) -> Result<Value, ParseError> {
        if text.contains('\0') {
            return Err(ParseError("text without a NUL character"));
        }
        let trimmed = text.trim();
        match self {
            Self::Bool => match trimmed {
                "true" | "t" | "yes" | "on" | "1" => Ok(Value::Bool(true)),
                "false" | "f" | "no" | "off" | "0" => Ok(Value::Bool(false)),
                _ => Err(ParseError("yes or no")),
            },
            Self::Int16 => integer::<i16>(trimmed, "a whole number from -32768 to 32767"),
            Self::Int32 => integer::<i32>(trimmed, "a whole number from -2147483648 to 2147483647"),
            Self::Int64 => integer::<i64>(trimmed, "a whole number of at most 19 digits"),
            Self::Oid => integer::<u32>(trimmed, "a whole number from 0 to 4294967295"),
            Self::Float32 => float(trimmed.parse::<f32>().map(f64::from)),
            Self::Float64 => float(trimmed.parse::<f64>()),
            Self::Text | Self::Raw => Ok(Value::Text(text.to_owned().into())),
            Self::Bytes => match hex(trimmed) {
                Some(bytes) => Ok(Value::Bytes(bytes.into())),
                None => Err(ParseError("bytes as hexadecimal digits")),
            },
            Self::Uuid => match trimmed.parse() {
                Ok(uuid) => Ok(Value::Uuid(uuid)),
                Err(_) => Err(ParseError("a UUID")),
            },
            Self::Date => trimmed.parse::<Date>().map(Value::Date),
            Self::Time => trimmed.parse::<Time>().map(Value::Time),
            Self::DateTime => trimmed.parse::<DateTime>().map(Value::DateTime),
            Self::Timestamp => trimmed.parse::<Timestamp>().map(Value::Timestamp),
            Self::Decimal | Self::Numeric => decimal(trimmed),
            Self::Json => text.parse::<super::Json>().map(FieldType::into_value),
            Self::Enum(def) => match (def.labels)().contains(&text) {
                true => Ok(Value::Text(text.to_owned().into())),
                false => Err(ParseError("one of the values of the list")),
            },
            Self::Interval => trimmed.parse::<Interval>().map(Value::Interval),
            Self::Inet => trimmed.parse::<Inet>().map(Value::Inet),
            Self::Range(of) => range(of, text),
            Self::Array(of) => array(of, text),
        }
    }
}

/// `00ff` → the bytes 0 and 255.
fn hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => {
            let digit = |digit: &u8| char::from(*digit).to_digit(16);
            u8::try_from(digit(high)? * 16 + digit(low)?).ok()
        }
        _ => None,
    });
    pairs.collect()
}

/// `[1,5)`, as the database writes it.
fn range(of: &Kind, text: &str) -> Result<Value, ParseError> {
    let range = Range::from_text(text).and_then(|range| range.try_map(|end| of.parse(&end).ok()));
    match range {
        Some(range) => Ok(Value::Range(Box::new(range))),
        None => Err(ParseError("a range such as [1,5)")),
    }
}

/// `{1,NULL}`, as the database writes it.
fn array(of: &Kind, text: &str) -> Result<Value, ParseError> {
    let array = Array::from_text(text).ok_or(ParseError("an array such as {1,2}"))?;
    let (items, shape) = array.into_parts();
    let values = items
        .iter()
        .map(|item| item.as_ref().map_or(Ok(Value::Null), |text| of.parse(text)));
    Ok(Value::Array(values.collect::<Result<_, _>>()?, shape))
}

fn integer<T: std::str::FromStr + Into<i64>>(
    text: &str,
    expected: &'static str,
) -> Result<Value, ParseError> {
    match text.parse::<T>() {
        Ok(number) => Ok(Value::Int(number.into())),
        Err(_) => Err(ParseError(expected)),
    }
}

fn float(parsed: Result<f64, std::num::ParseFloatError>) -> Result<Value, ParseError> {
    match parsed {
        Ok(number) => Ok(Value::Float(number)),
        Err(_) => Err(ParseError("a number such as 12.5")),
    }
}

fn decimal(text: &str) -> Result<Value, ParseError> {
    match text.parse::<Decimal>() {
        Ok(number) => Ok(Value::Decimal(number)),
        Err(_) => text.parse::<Numeric>().map(FieldType::into_value),
    }
}
