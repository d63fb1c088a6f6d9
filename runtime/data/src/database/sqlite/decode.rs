//! A cell of SQLite, which may hold anything → a datum of the kind that its column is meant to hold.

use std::borrow::Cow;

use super::moment::{self, DAY};
use crate::values::{Date, DateTime, Datum, Decimal, Kind, RawCell, Timestamp, Uuid, Value, truth};

/// The cell as a value of the kind; as it is, where it is nothing of the kind. The kind is known where this is called,
/// so that little of it is left there.
#[inline(always)]
pub(super) fn decode<'r>(kind: &Kind, cell: RawCell<'r>) -> Datum<'r> {
    let found = match kind {
        Kind::Bool => truth::read(cell).map(Datum::Bool),
        Kind::Int16 | Kind::Int32 | Kind::Int64 | Kind::Oid => integer(cell),
        Kind::Float32 | Kind::Float64 => float(cell),
        Kind::Text | Kind::Raw | Kind::Json | Kind::Enum(_) => Some(text(cell)),
        Kind::Bytes => Some(bytes(cell)),
        Kind::Uuid => uuid(cell),
        Kind::Date => date(cell),
        Kind::Time => match cell {
            RawCell::Text(text) => text.parse().ok().map(Datum::Time),
            _ => None,
        },
        Kind::DateTime => moment::read(cell)
            .map(|micros| Datum::DateTime(DateTime::from_micros_since_2000(micros))),
        Kind::Timestamp => moment::read(cell)
            .map(|micros| Datum::Timestamp(Timestamp::from_micros_since_2000(micros))),
        Kind::Decimal | Kind::Numeric => decimal(cell),
        // Types that no column of SQLite has.
        Kind::Interval | Kind::Inet | Kind::Range(_) | Kind::Array(_) => None,
    };
    found.unwrap_or_else(|| cell.into())
}

/// What a cell that was read as it is means in a column of a kind.
pub(crate) fn meant_as(cell: &Value, kind: &Kind) -> Value {
    let plain = match cell {
        Value::Int(number) => RawCell::Int(*number),
        Value::Float(number) => RawCell::Float(*number),
        Value::Text(text) => RawCell::Text(text),
        Value::Bytes(bytes) => RawCell::Bytes(bytes),
        other => return other.clone(),
    };
    decode(kind, plain).into_owned()
}

#[inline(always)]
fn integer(cell: RawCell<'_>) -> Option<Datum<'_>> {
    match cell {
        RawCell::Int(number) => Some(Datum::Int(number)),
        RawCell::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Some(Datum::Int(number as i64))
        }
        RawCell::Text(text) => text.trim().parse().ok().map(Datum::Int),
        _ => None,
    }
}

fn float(cell: RawCell<'_>) -> Option<Datum<'_>> {
    match cell {
        RawCell::Int(number) => Some(Datum::Float(number as f64)),
        RawCell::Float(number) => Some(Datum::Float(number)),
        RawCell::Text(text) => text.trim().parse().ok().map(Datum::Float),
        _ => None,
    }
}

/// Anything can be read as text.
#[inline(always)]
pub(super) fn text(cell: RawCell<'_>) -> Datum<'_> {
    match cell {
        RawCell::Text(text) => Datum::Text(text.into()),
        other => made(other),
    }
}

/// The text of what is none; bytes that are no text are, as SQL writes them.
fn made(cell: RawCell<'_>) -> Datum<'_> {
    match cell {
        RawCell::Int(number) => Datum::Text(number.to_string().into()),
        RawCell::Float(number) => Datum::Text(number.to_string().into()),
        RawCell::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Datum::Text(text.into()),
            Err(_) => {
                let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                Datum::Text(format!("x'{hex}'").into())
            }
        },
        other => other.into(),
    }
}

fn bytes(cell: RawCell<'_>) -> Datum<'_> {
    match cell {
        RawCell::Text(text) => Datum::Bytes(text.as_bytes().into()),
        RawCell::Bytes(bytes) => Datum::Bytes(bytes.into()),
        other => match text(other) {
            Datum::Text(text) => Datum::Bytes(text.into_owned().into_bytes().into()),
            other => other,
        },
    }
}

fn uuid(cell: RawCell<'_>) -> Option<Datum<'_>> {
    let uuid = match cell {
        RawCell::Text(text) => Uuid::try_parse(text.trim()).ok(),
        RawCell::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
        _ => None,
    };
    uuid.map(Datum::Uuid)
}

fn date(cell: RawCell<'_>) -> Option<Datum<'_>> {
    if let RawCell::Text(text) = cell
        && let Ok(date) = text.parse::<Date>()
    {
        return Some(Datum::Date(date));
    }
    // A day that was written with a time is one only at midnight.
    let micros = moment::read(cell)?;
    let days = i32::try_from(micros.div_euclid(DAY)).ok()?;
    (micros.rem_euclid(DAY) == 0).then_some(Datum::Date(Date::from_days_since_2000(days)))
}

fn decimal(cell: RawCell<'_>) -> Option<Datum<'_>> {
    match cell {
        RawCell::Int(number) => Some(Datum::Decimal(number.into())),
        RawCell::Float(number) if number.is_finite() => Some(match Decimal::short(number) {
            Some(decimal) => Datum::Decimal(decimal),
            None => digits(number.to_string().into()),
        }),
        RawCell::Text(text) => match text.trim().parse::<crate::values::Numeric>() {
            Ok(_) => Some(digits(text.trim().into())),
            Err(_) => None,
        },
        _ => None,
    }
}

fn digits(text: Cow<'_, str>) -> Datum<'_> {
    match rust_decimal::Decimal::from_str_exact(&text) {
        Ok(number) => Datum::Decimal(number.into()),
        Err(_) => Datum::Numeric(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: Kind, cell: RawCell<'_>, expect: &str) {
        assert_eq!(decode(&kind, cell).to_string(), expect);
    }

    #[test]
    fn times_in_their_forms() {
        let kind = Kind::DateTime;
        check(
            kind,
            RawCell::Text("2009-01-02 03:04:05"),
            "2009-01-02T03:04:05",
        );
        check(
            kind,
            RawCell::Text("2009-01-02T03:04:05Z"),
            "2009-01-02T03:04:05",
        );
        check(kind, RawCell::Int(1_230_865_445), "2009-01-02T03:04:05");
        check(kind, RawCell::Int(1_230_865_445_000), "2009-01-02T03:04:05");
        check(kind, RawCell::Float(2_454_833.5), "2009-01-02T00:00:00");
        check(Kind::Date, RawCell::Text("2009-01-02"), "2009-01-02");
        check(
            Kind::Date,
            RawCell::Text("2009-01-02 00:00:00"),
            "2009-01-02",
        );
    }

    #[test]
    fn numbers_and_texts() {
        check(Kind::Decimal, RawCell::Float(0.99), "0.99");
        check(Kind::Int64, RawCell::Text(" 7 "), "7");
        check(Kind::Text, RawCell::Int(7), "7");
        check(Kind::Text, RawCell::Bytes(&[255]), "x'ff'");
        check(Kind::Bool, RawCell::Text("False"), "false");
    }

    #[test]
    fn short_numbers_have_the_digits_that_they_are_written_with() {
        let numbers = (-2_000..2_000).map(|number| f64::from(number) / 1e3);
        let others = [1.13, 4.35, 9_999.999_9, 1e14 + 0.5, 1e15, 1e-5, 0.1 + 0.2];
        for number in numbers.chain(others) {
            check(Kind::Decimal, RawCell::Float(number), &number.to_string());
        }
    }

    #[test]
    fn what_is_nothing_of_the_kind_stays() {
        let is = |kind: Kind| decode(&kind, RawCell::Text("soon"));
        for kind in [
            Kind::Int64,
            Kind::Bool,
            Kind::Date,
            Kind::DateTime,
            Kind::Uuid,
        ] {
            assert_eq!(is(kind), Datum::Text("soon".into()));
        }
    }
}
