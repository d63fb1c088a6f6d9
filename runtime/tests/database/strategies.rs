//! Values of every type, made up at random and pushed to their extremes.

use std::fmt::Debug;
use std::ops::Bound;

use proptest::prelude::*;
use umbel::types::{
    Array, Date, DateTime, Decimal, Dimension, Inet, Interval, Json, Numeric, Range, Shape,
    SqlText, Time, Timestamp,
};

/// Text of any characters but NUL, which no text of the database holds.
pub fn text() -> impl Strategy<Value = String> {
    "[^\\x00]{0,40}"
}

pub fn raw(pattern: &'static str) -> impl Strategy<Value = SqlText> {
    pattern.prop_map(SqlText)
}

pub fn one_of_texts(texts: &'static [&'static str]) -> impl Strategy<Value = SqlText> {
    proptest::sample::select(texts).prop_map(|text| SqlText(text.to_owned()))
}

pub fn numeric() -> impl Strategy<Value = Numeric> {
    prop_oneof![
        1 => Just("NaN".to_owned()),
        1 => Just("Infinity".to_owned()),
        1 => Just("-Infinity".to_owned()),
        4 => "-?[0-9]{1,30}(\\.[0-9]{1,30})?",
        2 => "-?[0-9]{1000}",
        2 => "-?0\\.0{0,990}[0-9]{1,10}",
        1 => "[1-9]000{4,8}(\\.0{1,20})?",
    ]
    .prop_map(|text| text.parse().unwrap())
}

pub fn decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        1 => Just(Decimal::NAN),
        1 => Just(Decimal::ZERO),
        8 => (-999_999_i64..=999_999).prop_map(|cents| Decimal::new(cents, 2)),
    ]
}

pub fn float() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(-0.0),
        Just(f64::MIN_POSITIVE),
        Just(5e-324),
        Just(f64::MAX),
    ]
}

pub fn float32() -> impl Strategy<Value = f32> {
    prop_oneof![
        any::<f32>(),
        Just(f32::NAN),
        Just(f32::INFINITY),
        Just(f32::NEG_INFINITY),
        Just(-0.0),
        Just(1e-45),
        Just(f32::MAX),
    ]
}

/// From 4714 before to 5874897 after the start of our calendar, and the infinities.
pub fn date() -> impl Strategy<Value = Date> {
    prop_oneof![
        1 => Just(Date::INFINITY),
        1 => Just(Date::NEG_INFINITY),
        2 => (-2_451_545_i32..=2_145_031_948).prop_map(Date::from_days_since_2000),
        6 => (-40_000_i32..40_000).prop_map(Date::from_days_since_2000),
    ]
}

const FIRST: i64 = -211_813_488_000_000_000;
const LAST: i64 = 9_223_371_331_199_999_999;

pub fn date_time() -> impl Strategy<Value = DateTime> {
    prop_oneof![
        1 => Just(DateTime::INFINITY),
        1 => Just(DateTime::NEG_INFINITY),
        1 => Just(DateTime::from_micros_since_2000(FIRST)),
        1 => Just(DateTime::from_micros_since_2000(LAST)),
        2 => (FIRST..=LAST).prop_map(DateTime::from_micros_since_2000),
        4 => (-1_000_000_i64..1_000_000)
            .prop_map(|minutes| DateTime::from_micros_since_2000(minutes * 60_000_000)),
    ]
}

pub fn timestamp() -> impl Strategy<Value = Timestamp> {
    date_time().prop_map(|time| Timestamp::from_micros_since_2000(time.micros_since_2000()))
}

pub fn time() -> impl Strategy<Value = Time> {
    prop_oneof![
        1 => Just(Time::from_micros(86_400_000_000)),
        4 => (0_i64..86_400_000_000).prop_map(Time::from_micros),
        4 => (0_i64..1440).prop_map(|minutes| Time::from_micros(minutes * 60_000_000)),
    ]
}

/// Not all parts at their ends at once: later versions of PostgreSQL take that for infinity.
pub fn interval() -> impl Strategy<Value = Interval> {
    let small = (
        -100_i32..100,
        -100_i32..100,
        -100_000_000_000_i64..100_000_000_000,
    );
    let wide = (any::<i32>(), any::<i32>(), -(i64::MAX - 1)..i64::MAX);
    prop_oneof![small, wide].prop_map(|(months, days, micros)| Interval::new(months, days, micros))
}

pub fn inet() -> impl Strategy<Value = Inet> {
    let v4 = (any::<[u8; 4]>(), 0_u8..=32).prop_map(|(octets, bits)| (octets.into(), bits));
    let v6 = (any::<[u8; 16]>(), 0_u8..=128).prop_map(|(octets, bits)| (octets.into(), bits));
    prop_oneof![v4, v6].prop_map(|(address, bits)| Inet::new(address, bits).unwrap())
}

pub fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?(e-?[1-9][0-9]{0,2})?",
        text().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    let tree = leaf.prop_recursive(4, 32, 4, |inner| {
        let list = proptest::collection::vec(inner.clone(), 0..4)
            .prop_map(|items| format!("[ {}]", items.join(",")));
        let pairs = proptest::collection::vec((text(), inner), 0..4).prop_map(|pairs| {
            let pairs = pairs
                .iter()
                .map(|(name, value)| format!("{}: {value}", serde_json::to_string(name).unwrap()));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(" , "))
        });
        prop_oneof![list, pairs]
    });
    tree.prop_map(|text| text.parse().unwrap())
}

/// Ranges of values whose ends are in order.
pub fn range<T: Debug + Clone + 'static>(
    values: impl Strategy<Value = T> + Clone + 'static,
    order: fn(&T, &T) -> std::cmp::Ordering,
) -> impl Strategy<Value = Range<T>> {
    let end = move |values| {
        (values, 0..3).prop_map(|(value, kind)| match kind {
            0 => Bound::Unbounded,
            1 => Bound::Included(value),
            _ => Bound::Excluded(value),
        })
    };
    let between =
        (end(values.clone()), end(values)).prop_map(move |(lower, upper)| match (&lower, &upper) {
            (
                Bound::Included(one) | Bound::Excluded(one),
                Bound::Included(other) | Bound::Excluded(other),
            ) if order(one, other).is_gt() => Range::Between(upper, lower),
            _ => Range::Between(lower, upper),
        });
    prop_oneof![1 => Just(Range::Empty), 8 => between]
}

/// Arrays with gaps, of up to three dimensions that begin anywhere.
pub fn array<T: Debug + Clone>(
    values: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Array<T>> {
    let items = |count| {
        let item = proptest::option::weighted(0.8, values.clone());
        proptest::collection::vec(item, count)
    };
    let plain = proptest::collection::vec(values.clone(), 0..6).prop_map(Array::from);
    let gaps = items(5).prop_map(Array::from);
    let nested = (1_usize..4, 1_usize..4, 1_usize..3, -2_i32..3);
    let nested = (items(48), nested).prop_map(|(mut items, (x, y, z, first))| {
        items.truncate(x * y * z);
        let dimension = |length| Dimension { length, first };
        let shape = Shape::new(vec![dimension(x), dimension(y), dimension(z)]);
        Array::with_shape(items, shape).unwrap()
    });
    prop_oneof![plain, gaps, nested]
}
