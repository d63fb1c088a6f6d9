//! Values of every type, made up at random and pushed to their extremes: written, read, shown in an input, typed
//! again and written again, each of them is what it was, as Rust and as the database see it.

use std::fmt::Debug;
use std::sync::atomic::{AtomicI32, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use tokio::runtime::Handle;
use umbel::Result;
use umbel::db::Database;
use umbel::form::{Check, Field, FormState, FormValue, FormValues, Widget};
use umbel::model::{Changes, Column, Insert, Model, Patch, Table, TableKind};
use umbel::row::Row;
use umbel::types::{
    Array, Date, DateTime, Decimal, Enum, FieldType, Inet, Interval, Json, Numeric, Range, SqlText,
    Time, Timestamp, Uuid,
};

use crate::server::{script, with_url};
use crate::strategies::*;

/// A type of the database: what it is in Rust, and how it is typed.
pub trait Subject: Clone + 'static {
    /// Its Rust type.
    type Value: FieldType + Debug;

    /// The name of the table of its values.
    const NAME: &'static str;
    /// As SQL writes it.
    const SQL: &'static str;

    /// Shows the value in a form, and reads what was shown.
    fn retype(value: &Self::Value) -> Result<Self::Value, String>;
}

/// A row with two values of a type.
#[derive(Clone)]
pub struct Pair<S: Subject> {
    id: i32,
    one: Option<S::Value>,
    other: Option<S::Value>,
}

impl<S: Subject> Pair<S> {
    const ID: Column<Self, i32> = Column::new("id");
    const ONE: Column<Self, S::Value> = Column::nullable("one");
    const OTHER: Column<Self, S::Value> = Column::nullable("other");
}

impl<S: Subject> Model for Pair<S> {
    type Key = i32;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "public",
        name: S::NAME,
        path: "/pair",
        title: "Pairs",
        singular: "pair",
        indefinite: "a pair",
        plural: "pairs",
        columns: &[
            Self::ID.def("ID"),
            Self::ONE.def("One"),
            Self::OTHER.def("Other"),
        ],
        key: &["id"],
        label: &[],
        sort: "",
        relations: &[],
        referrers: &[],
        scope: None,
        constraints: &[],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get()?,
            one: row.get()?,
            other: row.get()?,
        })
    }

    fn key(&self) -> i32 {
        self.id
    }
}

/// The columns of a row that are written.
struct Written<S>(Changes, std::marker::PhantomData<fn() -> S>);

impl<S: Subject> Written<S> {
    fn new(changes: Changes) -> Self {
        Self(changes, std::marker::PhantomData)
    }
}

impl<S: Subject> Insert for Written<S> {
    type Model = Pair<S>;

    fn changes(self) -> Changes {
        self.0
    }
}

impl<S: Subject> Patch for Written<S> {
    type Model = Pair<S>;

    fn changes(self) -> Changes {
        self.0
    }
}

/// Through one input.
fn through_input<T: FormValue>(value: &T) -> Result<T, String> {
    T::parse(&value.to_input())
}

/// Through the inputs of a list.
fn through_list<T: FormValue>(array: &Array<T>) -> Result<Array<T>, String> {
    const FIELD: Field = Field::new("one", "One", Widget::List);
    let state = FormState::default();
    let mut check = Check::new(&state);
    let typed = check.list(&FIELD, &array.to_inputs());
    check.finish(typed).map_err(|errors| errors.to_string())
}

/// Makes a table of a type and writes values into it until one of them does not come back.
async fn check<S: Subject>(values: impl Strategy<Value = S::Value>)
where
    S::Value: Clone,
{
    with_url(async |url| {
        let create = format!(
            "CREATE EXTENSION IF NOT EXISTS hstore; CREATE EXTENSION IF NOT EXISTS ltree;
             CREATE TYPE face AS ENUM ('so \"so\"', 'it''s', '🙂', ' spaced ');
             CREATE TYPE couple AS (a text, b integer);
             CREATE DOMAIN percent AS numeric(5,2);
             CREATE TABLE {} (id integer PRIMARY KEY, one {sql}, other {sql},
                 CONSTRAINT alike CHECK (other IS NULL OR one::text IS NOT DISTINCT FROM other::text))",
            S::NAME,
            sql = S::SQL,
        );
        script(&url, &create).await;
        let db = Database::connect(&url).await.unwrap();
        let mut runner = TestRunner::new(Config {
            cases: 8,
            failure_persistence: None,
            max_shrink_iters: 100,
            ..Config::default()
        });
        let many = proptest::collection::vec(values, 1..16);
        let outcome = runner.run(&many, |values| {
            let written = write_and_retype::<S>(&db, values);
            tokio::task::block_in_place(|| Handle::current().block_on(written))
                .map_err(TestCaseError::fail)
        });
        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(reason, values)) => panic!("{}: {reason}: {values:?}", S::SQL),
            Err(error) => panic!("{}: {error}", S::SQL),
        }
    })
    .await;
}

/// Writes values, types again what is read, and writes that beside them; an error says what has changed.
async fn write_and_retype<S: Subject>(db: &Database, values: Vec<S::Value>) -> Result<(), String> {
    static IDS: AtomicI32 = AtomicI32::new(1);
    for value in values {
        let id = IDS.fetch_add(1, Ordering::Relaxed);
        let changes = Changes::default()
            .set(Pair::<S>::ID, id)
            .set(Pair::<S>::ONE, Some(value.clone()));
        let pair = Written::<S>::new(changes)
            .insert(db)
            .await
            .map_err(|error| format!("{value:?} is refused: {error}"))?;
        let one = pair.one.as_ref().ok_or("null came back")?;
        // What the database writes in its own way is the same from then on.
        let typed = S::retype(one).map_err(|error| format!("{one:?} cannot be typed: {error}"))?;
        let changes = Changes::default().set(Pair::<S>::OTHER, Some(typed));
        let updated = pair.update(db, Written::<S>::new(changes)).await;
        let other = updated
            .map_err(|error| format!("{one:?} is refused as typed: {error}"))?
            .other;
        if format!("{other:?}") != format!("{:?}", Some(one)) {
            return Err(format!("{one:?} became {other:?}"));
        }
    }
    Ok(())
}

/// A type of the database and the test of its values.
macro_rules! round_trip {
    ($($name:ident: $sql:literal, $type:ty, $through:ident, $values:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            #[derive(Clone)]
            struct It;

            impl Subject for It {
                type Value = $type;

                const NAME: &'static str = stringify!($name);
                const SQL: &'static str = $sql;

                fn retype(value: &Self::Value) -> Result<Self::Value, String> {
                    $through(value)
                }
            }

            check::<It>($values).await;
        }
    )*};
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Face {
    SoSo,
    Its,
    Smile,
    Spaced,
}

impl Enum for Face {
    const NAME: &'static str = "public.face";
    const VALUES: &'static [(Self, &'static str)] = &[
        (Self::SoSo, "so \"so\""),
        (Self::Its, "it's"),
        (Self::Smile, "🙂"),
        (Self::Spaced, " spaced "),
    ];
}

round_trip! {
    type_bool: "boolean", bool, through_input, any::<bool>();
    type_int2: "smallint", i16, through_input, any::<i16>();
    type_int4: "integer", i32, through_input, any::<i32>();
    type_int8: "bigint", i64, through_input, any::<i64>();
    type_oid: "oid", u32, through_input, any::<u32>();
    type_float4: "real", f32, through_input, float32();
    type_float8: "double precision", f64, through_input, float();
    type_numeric: "numeric", Numeric, through_input, numeric();
    type_decimal: "numeric(6,2)", Decimal, through_input, decimal();
    type_domain: "percent", Decimal, through_input,
        (0_i64..=10_000).prop_map(|cents| Decimal::new(cents, 2));
    type_text: "text", String, through_input, text();
    type_varchar: "varchar(40)", String, through_input, text();
    type_bytea: "bytea", Vec<u8>, through_input, any::<Vec<u8>>();
    type_uuid: "uuid", Uuid, through_input, any::<u128>().prop_map(Uuid::from_u128);
    type_date: "date", Date, through_input, date();
    type_time: "time", Time, through_input, time();
    type_timestamp: "timestamp", DateTime, through_input, date_time();
    type_timestamptz: "timestamptz", Timestamp, through_input, timestamp();
    type_interval: "interval", Interval, through_input, interval();
    type_inet: "inet", Inet, through_input, inet();
    type_json: "json", Json, through_input, json();
    type_jsonb: "jsonb", Json, through_input, json().prop_filter(
        "jsonb takes no character NUL, and numbers of some thousand digits at most",
        |json| !json.as_str().contains("\\u0000"));
    type_enum: "face", Face, through_input, proptest::sample::select(
        &[Face::SoSo, Face::Its, Face::Smile, Face::Spaced][..]);
    type_int4range: "int4range", Range<i32>, through_input,
        range(-1000_i32..1000, Ord::cmp);
    type_int8range: "int8range", Range<i64>, through_input,
        range(-(1_i64 << 62)..1 << 62, Ord::cmp);
    type_numrange: "numrange", Range<Numeric>, through_input,
        range((-1000_i64..1000).prop_map(|n| format!("{n}.50").parse::<Numeric>().unwrap()), |one, other| {
            let number = |numeric: &Numeric| numeric.as_str().parse::<Decimal>().unwrap();
            number(one).cmp(&number(other))
        });
    type_daterange: "daterange", Range<Date>, through_input,
        range((-40_000_i32..40_000).prop_map(Date::from_days_since_2000), Ord::cmp);
    type_tsrange: "tsrange", Range<DateTime>, through_input, range(date_time().boxed(), Ord::cmp);
    type_tstzrange: "tstzrange", Range<Timestamp>, through_input, range(timestamp().boxed(), Ord::cmp);
    type_int4_array: "integer[]", Array<i32>, through_list, array(any::<i32>());
    type_text_array: "text[]", Array<String>, through_list, array(text().boxed());
    type_numeric_array: "numeric[]", Array<Numeric>, through_list, array(numeric().boxed());
    type_date_array: "date[]", Array<Date>, through_list, array(date().boxed());
    type_enum_array: "face[]", Array<Face>, through_list, array(
        proptest::sample::select(&[Face::SoSo, Face::Its, Face::Smile, Face::Spaced][..]));
    type_domain_array: "percent[]", Array<Decimal>, through_list,
        array((0_i64..=10_000).prop_map(|cents| Decimal::new(cents, 2)));
    type_jsonb_array: "jsonb[]", Array<Json>, through_list, array(json().prop_filter(
        "jsonb takes no character NUL", |json| !json.as_str().contains("\\u0000")).boxed());
    type_bytea_array: "bytea[]", Array<Vec<u8>>, through_list, array(any::<Vec<u8>>().boxed());
    type_interval_array: "interval[]", Array<Interval>, through_list, array(interval().boxed());
    type_range_array: "int4range[]", Array<Range<i32>>, through_list,
        array(range(-1000_i32..1000, Ord::cmp).boxed());
    type_timetz: "timetz", SqlText, through_input, raw("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{0,6}[+-](0[0-9]|1[0-4]):[0-5][0-9]");
    type_money: "money", SqlText, through_input, raw("-?[0-9]{1,15}\\.[0-9]{2}");
    type_bit: "bit(7)", SqlText, through_input, raw("[01]{7}");
    type_varbit: "varbit", SqlText, through_input, raw("[01]{0,70}");
    type_macaddr: "macaddr", SqlText, through_input, raw("([0-9a-f]{2}:){5}[0-9a-f]{2}");
    type_macaddr8: "macaddr8", SqlText, through_input, raw("([0-9a-f]{2}:){7}[0-9a-f]{2}");
    type_char: "\"char\"", SqlText, through_input, raw("[ -~]?");
    type_xml: "xml", SqlText, through_input, raw("<a b=\"[a-z ]{0,9}\">[a-zé🙂 ]{0,9}</a>");
    type_tsvector: "tsvector", SqlText, through_input, raw("([a-z]{1,9}:[1-9]{1,3} ){0,5}");
    type_tsquery: "tsquery", SqlText, through_input, raw("[a-z]{1,5} (& |\\| |<-> |<2> |& !)[a-z]{1,5}(:\\*)?");
    type_ltree: "ltree", SqlText, through_input, raw("([a-z0-9_]{1,9}\\.){0,4}[a-z]{1,3}");
    type_point: "point", SqlText, through_input, (float(), float()).prop_map(|(x, y)| {
        let number = |f: f64| f.to_input();
        SqlText(format!("({},{})", number(x), number(y)))
    });
    type_lsn: "pg_lsn", SqlText, through_input, raw("[1-9A-F][0-9A-F]{0,7}/[0-9A-F]{1,8}");
    type_multirange: "int4multirange", SqlText, through_input,
        one_of_texts(&["{}", "{(,)}", "{[1,3),[5,7)}", "{(,1),[2,)}"]);
    type_jsonpath: "jsonpath", SqlText, through_input, one_of_texts(&["$", "$.a[*]?(@ > 1)", "strict $.\"a b\""]);
    type_hstore: "hstore", SqlText, through_input, (text(), proptest::option::of(text())).prop_map(|(name, value)| {
        let quote = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let value = value.as_deref().map_or("NULL".to_owned(), quote);
        SqlText(format!("{}=>{value}", quote(&name)))
    });
    type_composite: "couple", SqlText, through_input, (proptest::option::of(text()), any::<i32>()).prop_map(|(a, b)| {
        let quote = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\"\""));
        SqlText(format!("({},{b})", a.as_deref().map_or(String::new(), quote)))
    });
    type_composite_array: "couple[]", SqlText, through_input, one_of_texts(&["{}", "{\"(a,1)\",NULL}", "{\"(\\\"a b\\\",)\"}"]);
}
