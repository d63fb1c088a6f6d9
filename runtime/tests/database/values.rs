//! Values of every type: there and back.

use std::str::FromStr;

use umbel::model::{Changes, Insert, Model};
use umbel::types::{Date, DateTime, Json, Numeric, SqlText, Time, Timestamp, Uuid};

use crate::film::Rating;
use crate::sample::Sample;
use crate::server::{script, with_url};
use crate::shop::Write;

fn full() -> Sample {
    Sample {
        id: 1,
        a_bool: Some(true),
        a_small: Some(i16::MIN),
        a_big: Some(i64::MAX),
        a_real: Some(f32::INFINITY),
        a_double: Some(-0.1),
        a_char: Some("ab".to_owned()),
        a_citext: Some("MiXed".to_owned()),
        a_bytea: Some(vec![0, 255, 1]),
        a_uuid: Some(Uuid::from_u128(7)),
        a_date: Some("2024-02-29".parse().unwrap()),
        a_time: Some("24:00".parse().unwrap()),
        a_datetime: Some("1999-12-31T23:59:59.999999".parse().unwrap()),
        a_timestamp: Some("2005-05-24T22:53:30+02:00".parse().unwrap()),
        a_numeric: Some("-123456789012345678901234567890.123456789".parse().unwrap()),
        a_json: Some(Json::from_str("{\"b\": 1,  \"a\": 1e400}").unwrap()),
        a_jsonb: Some(Json::from_str("{\"a\": [1, null]}").unwrap()),
        a_interval: Some(SqlText("1 year 2 mons 3 days 04:05:06.7".to_owned())),
        a_inet: Some(SqlText("192.168.0.1/24".to_owned())),
        ints: Some(vec![1, -2, 3]),
        dates: Some(vec![Date::INFINITY, Date::NEG_INFINITY]),
        ratings: Some(vec![Rating::Pg13, Rating::G]),
        numerics: Some(vec!["NaN".parse().unwrap(), "0.00010".parse().unwrap()]),
        gaps: Some(vec![Some("a".to_owned()), None, Some(String::new())]),
    }
}

#[tokio::test]
async fn every_type_there_and_back() {
    with_url(async |url| {
        let db = umbel::db::Database::connect(&url).await.unwrap();
        let inserted = full().changes_of().insert(&db).await.unwrap();
        assert_eq!(inserted, full());
        assert_eq!(Sample::find(&db, &1).await.unwrap(), full());
        let empty: Write<Sample> = Write::new(Changes::default().set(Sample::ID, 2));
        let empty = empty.insert(&db).await.unwrap();
        assert_eq!(
            (empty.a_bool, empty.a_bytea, empty.gaps),
            (None, None, None)
        );
    })
    .await;
}

#[cfg(feature = "serde")]
#[tokio::test]
async fn without_its_type_every_value_is_the_same_json() {
    with_url(async |url| {
        let db = umbel::db::Database::connect(&url).await.unwrap();
        full().changes_of().insert(&db).await.unwrap();
        let empty: Write<Sample> = Write::new(Changes::default().set(Sample::ID, 2));
        empty.insert(&db).await.unwrap();
        for sample in Sample::query().all(&db).await.unwrap() {
            let any = Sample::ANY.find(&db, &sample.id.to_string()).await.unwrap();
            let any = serde_json::to_string(&any).unwrap();
            assert_eq!(serde_json::to_string(&sample).unwrap(), any);
            if sample.id == 1 {
                assert_eq!(any, FULL.lines().map(str::trim).collect::<String>());
            }
        }
    })
    .await;
}

/// The row with every value, as JSON.
#[cfg(feature = "serde")]
const FULL: &str = r#"{
    "id":1,
    "a_bool":true,
    "a_small":-32768,
    "a_big":9223372036854775807,
    "a_real":null,
    "a_double":-0.1,
    "a_char":"ab",
    "a_citext":"MiXed",
    "a_bytea":"\\x00ff01",
    "a_uuid":"00000000-0000-0000-0000-000000000007",
    "a_date":"2024-02-29",
    "a_time":"24:00:00",
    "a_datetime":"1999-12-31T23:59:59.999999",
    "a_timestamp":"2005-05-24T20:53:30Z",
    "a_numeric":"-123456789012345678901234567890.123456789",
    "a_json":{"b": 1,  "a": 1e400},
    "a_jsonb":{"a": [1, null]},
    "a_interval":"1 year 2 mons 3 days 04:05:06.7",
    "a_inet":"192.168.0.1/24",
    "ints":[1,-2,3],
    "dates":["infinity","-infinity"],
    "ratings":["PG-13","G"],
    "numerics":["NaN","0.00010"],
    "gaps":["a",null,""]
}"#;

#[tokio::test]
async fn numerics_of_any_size() {
    with_url(async |url| {
        let db = umbel::db::Database::connect(&url).await.unwrap();
        let big = format!("{}.{}", "9".repeat(60), "1".repeat(40));
        let texts = [
            "0",
            "0.00",
            "1",
            "-1",
            "10000",
            "100000000",
            "0.0001",
            "0.00001000",
            "12.50",
            "-99.99",
            "NaN",
            "Infinity",
            "-Infinity",
            "79228162514264337593543950335",
            "79228162514264337593543950336",
            "1234.56789",
            &big,
        ];
        for (index, text) in texts.iter().enumerate() {
            let id = 10 + index as i32;
            script(
                &url,
                &format!("INSERT INTO shop.sample (id, a_numeric) VALUES ({id}, '{text}')"),
            )
            .await;
            let read = Sample::find(&db, &id).await.unwrap().a_numeric.unwrap();
            assert_eq!(read.as_str(), *text);
            let number = Numeric::from_str(text).unwrap();
            let written = Changes::default()
                .set(Sample::ID, id + 100)
                .set(Sample::A_NUMERIC, number);
            let written = Write::<Sample>::new(written).insert(&db).await.unwrap();
            assert_eq!(written.a_numeric.unwrap().as_str(), *text);
        }
    })
    .await;
}

#[tokio::test]
async fn dates_beyond_the_calendar() {
    with_url(async |url| {
        let db = umbel::db::Database::connect(&url).await.unwrap();
        script(
            &url,
            "INSERT INTO shop.sample (id, a_date, a_datetime, a_timestamp) VALUES
             (1, 'infinity', '-infinity', 'infinity'),
             (2, '4713-01-01 BC', '4713-01-01 00:00:00 BC', '4713-01-01 00:00:00+00 BC'),
             (3, '5874897-12-31', '294276-12-31 23:59:59.999999', '294276-12-31 23:59:59.999999+00')",
        )
        .await;
        let rows = Sample::query().order_by(Sample::ID.asc()).all(&db).await.unwrap();
        let texts = |sample: &Sample| {
            let (date, time, instant) = (sample.a_date.unwrap(), sample.a_datetime.unwrap(), sample.a_timestamp.unwrap());
            assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
            assert_eq!(time.to_string().parse::<DateTime>().unwrap(), time);
            assert_eq!(instant.to_string().parse::<Timestamp>().unwrap(), instant);
            [date.to_string(), time.to_string(), instant.to_string()]
        };
        assert_eq!(texts(&rows[0]), ["infinity", "-infinity", "infinity"]);
        assert_eq!(texts(&rows[1]), ["-004712-01-01", "-004712-01-01T00:00:00", "-004712-01-01T00:00:00Z"]);
        assert_eq!(texts(&rows[2])[0], "+5874897-12-31");
        assert_eq!(texts(&rows[2])[2], "+294276-12-31T23:59:59.999999Z");
        assert_eq!(rows[1].a_date.unwrap().to_jiff().unwrap().to_string(), "-004712-01-01");
        assert_eq!(rows[2].a_date.unwrap().to_jiff(), None);
    })
    .await;
}

#[test]
fn texts_that_are_no_dates() {
    for text in [
        "2023-02-29",
        "2024-13-01",
        "24-01-01",
        "2024-1-1-1",
        "",
        "x",
        "2024-00-10",
        "99999999999-01-01",
        "-",
        "é",
    ] {
        assert!(Date::from_str(text).is_err(), "{text}");
        assert!(Timestamp::from_str(text).is_err(), "{text}");
    }
    for text in [
        "25:00",
        "24:00:01",
        "12",
        "12:60",
        "12:00:00.",
        "12:00:00.é",
        "",
    ] {
        assert!(Time::from_str(text).is_err(), "{text}");
    }
    for text in [
        "2024-01-01T00:00+",
        "2024-01-01T00:00+25",
        "2024-01-01T00:00+é1",
        "2024-01-01 é",
        "2024-01-01T00:00-1",
    ] {
        assert!(Timestamp::from_str(text).is_err(), "{text}");
    }
}

#[test]
fn dates_agree_with_jiff() {
    let mut date = umbel::jiff::civil::date(-400, 2, 27);
    let end = umbel::jiff::civil::date(2405, 1, 1);
    while date < end {
        let ours = Date::from(date);
        assert_eq!(ours.to_jiff(), Some(date));
        assert_eq!(ours.to_string().parse::<Date>().unwrap(), ours);
        date = date.checked_add(umbel::jiff::Span::new().days(97)).unwrap();
    }
    let instant: umbel::jiff::Timestamp = "1969-07-20T20:17:40.5Z".parse().unwrap();
    assert_eq!(
        Timestamp::from(instant).to_string(),
        "1969-07-20T20:17:40.5Z"
    );
    assert_eq!(Timestamp::from(instant).to_jiff(), Some(instant));
    assert_eq!(
        "1969-07-20 16:17:40.5-04".parse::<Timestamp>().unwrap(),
        Timestamp::from(instant)
    );
    let civil = umbel::jiff::civil::date(1912, 4, 15).at(2, 20, 0, 0);
    assert_eq!(DateTime::from(civil).to_jiff(), Some(civil));
    let time = umbel::jiff::civil::time(23, 59, 59, 1000);
    assert_eq!(Time::from(time).to_jiff(), Some(time));
}
