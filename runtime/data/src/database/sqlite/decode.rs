//! What a cell of SQLite, which may hold anything, means in a column of a kind.

use crate::values::{Kind, RawCell, Value};

/// What a cell that was read as it is means in a column of a kind.
pub(crate) fn meant_as(cell: &Value, kind: &Kind) -> Value {
    let plain = match cell {
        Value::Int(number) => RawCell::Int(*number),
        Value::Float(number) => RawCell::Float(*number),
        Value::Text(text) => RawCell::Text(text),
        Value::Bytes(bytes) => RawCell::Bytes(bytes),
        other => return other.clone(),
    };
    kind.of_cell(plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: Kind, cell: RawCell<'_>, expect: &str) {
        assert_eq!(kind.of_cell(cell).to_string(), expect);
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
        let is = |kind: Kind| kind.of_cell(RawCell::Text("soon"));
        for kind in [
            Kind::Int64,
            Kind::Bool,
            Kind::Date,
            Kind::DateTime,
            Kind::Uuid,
        ] {
            assert_eq!(is(kind), Value::Text("soon".into()));
        }
    }
}
