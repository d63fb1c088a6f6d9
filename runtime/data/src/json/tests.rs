//! The JSON of a value of each type, and that of the same value in a row without a type.

use std::fmt::Debug;

use serde::Serialize;

use super::{Hex, hex};
use crate::values::{
    Array, Cell, Date, DateTime, Decimal, Dimension, FieldType, Inet, Interval, Json, Numeric,
    OfKind, Range, Shape, SqlText, Stored, Time, Timestamp, Unchecked, Uuid,
};

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// Checks a value, and the same as a value of its kind.
#[track_caller]
fn check<T: Cell + Serialize>(value: T, expect: &str) {
    assert_eq!(json(&value), expect);
    check_kind(value, expect);
}

#[track_caller]
fn check_kind<T: Cell>(value: T, expect: &str) {
    let kind = &<T::Base as FieldType>::KIND;
    let value = &value.into_cell();
    assert_eq!(json(&OfKind { kind, value }), expect, "as a value");
}

/// Checks the values that texts are read as.
#[track_caller]
fn check_texts<T>(texts: &[&str])
where
    T: FieldType + Serialize + std::str::FromStr<Err: Debug>,
{
    for text in texts {
        check::<T>(text.parse().unwrap(), &json(text));
    }
}

/// Bytes, as a field of a model has them.
#[derive(Serialize)]
struct File<T: Hex>(#[serde(serialize_with = "hex")] T);

#[track_caller]
fn check_bytes<T: Hex + Cell>(value: T, expect: &str) {
    let file = File(value);
    assert_eq!(json(&file), expect);
    check_kind(file.0, expect);
}

#[test]
fn truths_and_texts() {
    check(true, "true");
    check(None::<bool>, "null");
    check(
        "a \"quote\"\n\u{1}🙂".to_owned(),
        r#""a \"quote\"\n\u0001🙂""#,
    );
    check(SqlText("(1,a)".to_owned()), r#""(1,a)""#);
}

#[test]
fn whole_numbers_stay_numbers() {
    check(i16::MIN, "-32768");
    check(i32::MAX, "2147483647");
    check(i64::MAX, "9223372036854775807");
    check(u32::MAX, "4294967295");
}

#[test]
fn floats_that_are_no_numbers_are_null() {
    check(0.1_f32, "0.1");
    check(0.1_f64, "0.1");
    check(1e300, "1e+300");
    check(-0.0, "-0.0");
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        check(number, "null");
        check(number as f32, "null");
    }
}

#[test]
fn exact_numbers_are_texts_of_their_digits() {
    check_texts::<Decimal>(&["12.50", "-0.01", "0", "NaN"]);
    check_texts::<Numeric>(&["12.50", "NaN", "Infinity", "-Infinity"]);
    check_texts::<Numeric>(&["123456789012345678901234567890.123456789000"]);
}

#[test]
fn moments() {
    check_texts::<Date>(&["2005-05-24", "infinity", "-infinity"]);
    check_texts::<Time>(&["22:53:30", "24:00:00", "09:57:20.123456"]);
    check_texts::<DateTime>(&["2005-05-24T22:53:30", "infinity", "-infinity"]);
    check_texts::<Timestamp>(&["2005-05-24T22:53:30.5Z", "infinity", "-infinity"]);
    let berlin: Timestamp = "2005-05-25T00:53:30+02".parse().unwrap();
    check(berlin, "\"2005-05-24T22:53:30Z\"");
    check_texts::<Interval>(&["1 year 2 mons -3 days 04:05:06.7", "infinity"]);
}

#[test]
fn addresses_and_uuids() {
    check_texts::<Inet>(&["192.168.0.1", "10.0.0.0/8", "fe80::1/64"]);
    check_texts::<Uuid>(&["123e4567-e89b-12d3-a456-426614174000"]);
}

#[test]
fn documents_are_embedded_to_the_letter() {
    let document = r#"{"b": 1.000, "a": [12345678901234567890.5, null], "b": 2}"#;
    check::<Json>(document.parse().unwrap(), document);
    check::<Json>("\"text\"".parse().unwrap(), "\"text\"");
    // One that is deeper than a tree may be.
    let deep = "[".repeat(1000) + &"]".repeat(1000);
    check::<Json>(deep.parse().unwrap(), &deep);
    // One that a list has cut.
    check(
        Json::known("{\"a\": [1, 2".to_owned()),
        r#""{\"a\": [1, 2""#,
    );
}

#[test]
fn bytes_are_digits() {
    check_bytes(vec![0, 255], r#""\\x00ff""#);
    check_bytes(Vec::<u8>::new(), r#""\\x""#);
    check_bytes(None::<Vec<u8>>, "null");
    check_bytes(
        Some(vec![7; 5000]),
        &format!("\"\\\\x{}\"", "07".repeat(5000)),
    );
    check_bytes(Unchecked::Known(vec![1]), r#""\\x01""#);
    let array = Array::<Vec<u8>>::from(vec![Some(vec![1]), None]);
    check_bytes(Some(array), r#"["\\x01",null]"#);
}

#[test]
fn ranges() {
    check(Range::from(1..5), r#""[1,5)""#);
    check(Range::<i32>::Empty, r#""empty""#);
    check(Range::<i64>::from(..), r#""(,)""#);
    let price: Numeric = "1.50".parse().unwrap();
    check(Range::from(price..), r#""[1.50,)""#);
    let from: Timestamp = "2005-05-24T22:53:30Z".parse().unwrap();
    check(Range::from(from..), r#""[2005-05-24T22:53:30Z,)""#);
    check(Array::from(vec![Range::from(1..5)]), r#"["[1,5)"]"#);
}

#[test]
fn arrays() {
    check(Array::from(vec![1, 2]), "[1,2]");
    check(Array::<i32>::new(), "[]");
    check(
        Array::<String>::from(vec![Some("a".to_owned()), None]),
        r#"["a",null]"#,
    );
    check(vec![Decimal::new(1250, 2)], r#"["12.50"]"#);
    check(vec![Some(1), None], "[1,null]");
    let dimensions = |lengths: &[usize]| {
        let dimensions = lengths.iter().map(|&length| Dimension { length, first: 0 });
        Shape::new(dimensions.collect())
    };
    let check_shape = |lengths: &[usize], expect: &str| {
        let items = (1..=6).map(|number| (number != 5).then_some(number));
        let array = Array::with_shape(items.collect(), dimensions(lengths));
        check(array.unwrap(), expect);
    };
    check_shape(&[6], "[1,2,3,4,null,6]");
    check_shape(&[2, 3], "[[1,2,3],[4,null,6]]");
    check_shape(&[3, 1, 2], "[[[1,2]],[[3,4]],[[null,6]]]");
}

#[test]
fn what_a_column_is_not_meant_to_hold_is_text() {
    check(Unchecked::Known(7), "7");
    check(Unchecked::<i32>::Other("soon".to_owned()), r#""soon""#);
    check(
        Some(Unchecked::<Date>::Other("soon".to_owned())),
        r#""soon""#,
    );
    check(None::<Unchecked<i32>>, "null");
    check(Unchecked::<Json>::Other("soon".to_owned()), r#""soon""#);
    check(Stored::Int(1), r#""1""#);
    check(Stored::Text("abc".to_owned()), r#""abc""#);
    assert_eq!(json(&Stored::Bytes(vec![255])), r#""x'ff'""#);
}
