//! The functions that we give to SQLite, by which it compares what cells mean, and writes values down as the cells
//! of a column have them: SQLite itself knows neither times nor truth values.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value;
use rusqlite::{Connection, Result};

use super::moment::{Layout, Notation};
use super::rows::live;
use crate::database::{LIKE, MEANING, SAMPLE};
use crate::values::calendar::DAY;
use crate::values::{ColumnType, Datum, RawCell, Time, Uuid, moment_cell, truth};

/// Gives the functions to a connection.
pub(super) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function(MEANING, 2, flags, |call| {
        Ok(meaning(kind(call)?, cell(call, 1)))
    })?;
    connection.create_scalar_function(SAMPLE, 2, flags, |call| {
        Ok(sample(kind(call)?, cell(call, 1)))
    })?;
    connection.create_scalar_function(LIKE, 3, flags, |call| {
        Ok(like(kind(call)?, cell(call, 1), cell(call, 2)))
    })
}

fn kind<'c>(call: &'c Context<'_>) -> Result<&'c str> {
    Ok(call.get_raw(0).as_str()?)
}

fn cell<'c>(call: &'c Context<'_>, index: usize) -> RawCell<'c> {
    live(call.get_raw(index))
}

/// What a cell means, in a form that can be compared: microseconds, 1 and 0, text; nothing where it means nothing of
/// the kind.
fn meaning(kind: &str, cell: RawCell<'_>) -> Option<Value> {
    match kind {
        "moment" => moment_cell::read(cell).map(Value::from),
        "day" => day(cell).map(Value::from),
        "clock" => clock(cell).map(Value::from),
        "truth" => truth::read(cell).map(|said| i64::from(said).into()),
        _ => text(cell),
    }
}

fn day(cell: RawCell<'_>) -> Option<i64> {
    moment_cell::read(cell).filter(|micros| micros.rem_euclid(DAY) == 0)
}

fn clock(cell: RawCell<'_>) -> Option<i64> {
    match cell {
        RawCell::Text(text) => text.parse().ok().map(Time::micros),
        _ => None,
    }
}

fn text(cell: RawCell<'_>) -> Option<Value> {
    match String::of_cell(cell) {
        Some(Datum::Text(text)) => Some(text.into_owned().into()),
        _ => None,
    }
}

/// One value of the kind, written down as a cell does it: cells with the same notation have the same sample.
fn sample(kind: &str, cell: RawCell<'_>) -> Option<Value> {
    match kind {
        "moment" => Some(Notation::of(cell)?.write(0)),
        "day" => day(cell).and_then(|_| Some(Notation::of(cell)?.write(0))),
        "clock" => clock(cell).map(|_| write_clock(cell, 0)),
        "truth" => truth::read(cell).map(|_| spelled(truth::write(cell, true))),
        "uuid" => uuid(cell).map(|_| write_uuid(cell, Uuid::max())),
        _ => None,
    }
}

/// A value, written down as a sample is; as SQLite's own functions would, where there is none.
fn like(kind: &str, sample: RawCell<'_>, value: RawCell<'_>) -> Value {
    match (kind, value) {
        ("moment" | "day", RawCell::Int(micros)) => match (Notation::of(sample), kind) {
            (Some(notation), _) => notation.write(micros),
            (None, "day") => Notation::of(RawCell::Text("2000-01-01"))
                .map_or(Value::Null, |day| day.write(micros)),
            (None, _) => Notation::Text(Layout::default()).write(micros),
        },
        ("clock", RawCell::Int(micros)) => write_clock(sample, micros),
        ("truth", RawCell::Int(said)) => spelled(truth::write(sample, said != 0)),
        ("uuid", value) => match uuid(value) {
            Some(uuid) => write_uuid(sample, uuid),
            None => owned(value),
        },
        ("raw", RawCell::Text(text)) => write_raw(sample, text),
        (_, RawCell::Text(text)) if sample_is(sample, "blob") => text.as_bytes().to_vec().into(),
        (_, RawCell::Bytes(bytes)) if sample_is(sample, "text") => match std::str::from_utf8(bytes)
        {
            Ok(text) => text.to_owned().into(),
            Err(_) => bytes.to_vec().into(),
        },
        (_, value) => owned(value),
    }
}

fn write_clock(sample: RawCell<'_>, micros: i64) -> Value {
    let text = Time::from_micros(micros).to_string();
    match (sample, text.strip_suffix(":00")) {
        (RawCell::Text(sample), Some(short)) if sample.matches(':').count() == 1 => {
            short.to_owned().into()
        }
        _ => text.into(),
    }
}

fn uuid(cell: RawCell<'_>) -> Option<Uuid> {
    match cell {
        RawCell::Text(text) => Uuid::try_parse(text).ok(),
        RawCell::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
        _ => None,
    }
}

fn write_uuid(sample: RawCell<'_>, uuid: Uuid) -> Value {
    let RawCell::Text(sample) = sample else {
        return match sample {
            RawCell::Bytes(_) => uuid.as_bytes().to_vec().into(),
            _ => uuid.hyphenated().to_string().into(),
        };
    };
    let text = match sample.as_bytes() {
        [b'{', ..] => uuid.braced().to_string(),
        text if text.len() == 32 => uuid.simple().to_string(),
        _ => uuid.hyphenated().to_string(),
    };
    match sample.bytes().any(|letter| letter.is_ascii_uppercase()) {
        true => text.to_uppercase().into(),
        false => text.into(),
    }
}

/// A text in a column that nobody has said a type of: of the storage class of the others, where it can be of that.
fn write_raw(class: RawCell<'_>, text: &str) -> Value {
    let number = match class {
        RawCell::Text("integer") => text.parse().ok().map(Value::Integer),
        RawCell::Text("real") => text
            .parse()
            .ok()
            .filter(|real: &f64| real.is_finite())
            .map(Value::Real),
        RawCell::Text("blob") => Some(
            bytes(text)
                .unwrap_or_else(|| text.as_bytes().to_vec())
                .into(),
        ),
        _ => None,
    };
    let same = |value: &Value| match value {
        Value::Integer(number) => number.to_string() == text,
        _ => true,
    };
    number
        .filter(same)
        .unwrap_or_else(|| text.to_owned().into())
}

/// `x'00ff'`, as bytes that are no text are shown.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("x'")?.strip_suffix('\'')?;
    match crate::values::Kind::Bytes.parse(digits) {
        Ok(Datum::Bytes(bytes)) => Some(bytes.into_owned()),
        _ => None,
    }
}

fn sample_is(sample: RawCell<'_>, class: &str) -> bool {
    matches!(sample, RawCell::Text(text) if text == class)
}

/// A truth value as it is spelled.
fn spelled(value: Datum<'_>) -> Value {
    match value {
        Datum::Int(number) => number.into(),
        Datum::Float(number) => number.into(),
        Datum::Bytes(bytes) => bytes.into_owned().into(),
        other => other.to_string().into(),
    }
}

fn owned(cell: RawCell<'_>) -> Value {
    match cell {
        RawCell::Null => Value::Null,
        RawCell::Int(number) => number.into(),
        RawCell::Float(number) => number.into(),
        RawCell::Text(text) => text.to_owned().into(),
        RawCell::Garbled(bytes) | RawCell::Bytes(bytes) => bytes.to_vec().into(),
    }
}
