//! A value → a parameter of SQLite, in the forms that its own functions write and read.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::values::Value;

/// A value that is bound to a statement.
pub(super) struct Param<'a>(pub(super) &'a Value);

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Bool(value) => i64::from(*value).into(),
            Value::Int(number) => (*number).into(),
            // Bound as a number, it would be null.
            Value::Float(number) if number.is_nan() => "NaN".into(),
            Value::Float(number) => (*number).into(),
            Value::Text(text) => text.as_ref().into(),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Value::Decimal(number) => self::number(&number.to_string()),
            Value::Numeric(number) => self::number(number),
            Value::Array(items, _) => json(items).into(),
            other => text(other).into(),
        })
    }
}

/// A value as the text that SQLite's own functions write: a time as `2009-01-02 03:04:05`, in UTC.
fn text(value: &Value) -> String {
    match value {
        Value::DateTime(time) => time.to_string().replacen('T', " ", 1),
        Value::Timestamp(time) => {
            let text = time.to_string().replacen('T', " ", 1);
            text.trim_end_matches('Z').to_owned()
        }
        other => other.to_string(),
    }
}

/// A number as SQLite stores it: whole, or floating where that keeps every digit, else as text.
fn number(text: &str) -> ToSqlOutput<'static> {
    const EXACT: usize = 15;
    if let Ok(whole) = text.parse::<i64>() {
        return whole.into();
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match text.parse::<f64>() {
        Ok(float) if digits <= EXACT && float.is_finite() => float.into(),
        _ => text.to_owned().into(),
    }
}

/// Values as a JSON array, which `json_each` takes apart.
fn json(items: &[Value]) -> String {
    let items = items.iter().map(|item| match item {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => i64::from(*value).into(),
        Value::Int(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        other => text(other).into(),
    });
    serde_json::Value::Array(items.collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_stored_as_numbers() {
        let stored = |text: &str| match number(text) {
            ToSqlOutput::Owned(value) => value,
            _ => panic!("borrowed"),
        };
        use rusqlite::types::Value::{Integer, Real, Text};
        assert_eq!(stored("12"), Integer(12));
        assert_eq!(stored("-0.99"), Real(-0.99));
        assert_eq!(
            stored("1234567890123456.78"),
            Text("1234567890123456.78".to_owned())
        );
        assert_eq!(stored("NaN"), Text("NaN".to_owned()));
    }

    #[test]
    fn times_as_sqlite_writes_them() {
        let time = Value::Timestamp("2009-01-02T03:04:05+01:00".parse().unwrap());
        assert_eq!(text(&time), "2009-01-02 02:04:05");
        let list = [Value::Int(1), Value::Text("a\"".into())];
        assert_eq!(json(&list), r#"[1,"a\""]"#);
    }
}
