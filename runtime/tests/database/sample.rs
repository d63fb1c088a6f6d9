//! The table `shop.sample`: a column of every type.

use umbel::Result;
use umbel::model::{Changes, Column, Model, Table, TableKind};
use umbel::row::Row;
use umbel::types::{Date, DateTime, Json, Numeric, SqlText, Time, Timestamp, Uuid};

use crate::film::Rating;
use crate::shop::Write;

/// A row of `shop.sample`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Sample {
    pub id: i32,
    pub a_bool: Option<bool>,
    pub a_small: Option<i16>,
    pub a_big: Option<i64>,
    pub a_real: Option<f32>,
    pub a_double: Option<f64>,
    pub a_char: Option<String>,
    pub a_citext: Option<String>,
    #[cfg_attr(feature = "serde", serde(serialize_with = "umbel::json::hex"))]
    pub a_bytea: Option<Vec<u8>>,
    pub a_uuid: Option<Uuid>,
    pub a_date: Option<Date>,
    pub a_time: Option<Time>,
    pub a_datetime: Option<DateTime>,
    pub a_timestamp: Option<Timestamp>,
    pub a_numeric: Option<Numeric>,
    pub a_json: Option<Json>,
    pub a_jsonb: Option<Json>,
    pub a_interval: Option<SqlText>,
    pub a_inet: Option<SqlText>,
    pub ints: Option<Vec<i32>>,
    pub dates: Option<Vec<Date>>,
    pub ratings: Option<Vec<Rating>>,
    pub numerics: Option<Vec<Numeric>>,
    pub gaps: Option<Vec<Option<String>>>,
}

impl Sample {
    pub const ID: Column<Self, i32> = Column::new("id");
    pub const A_BOOL: Column<Self, bool> = Column::nullable("a_bool");
    pub const A_SMALL: Column<Self, i16> = Column::nullable("a_small");
    pub const A_BIG: Column<Self, i64> = Column::nullable("a_big");
    pub const A_REAL: Column<Self, f32> = Column::nullable("a_real");
    pub const A_DOUBLE: Column<Self, f64> = Column::nullable("a_double");
    pub const A_CHAR: Column<Self, String> = Column::nullable("a_char");
    pub const A_CITEXT: Column<Self, String> = Column::nullable("a_citext");
    pub const A_BYTEA: Column<Self, Vec<u8>> = Column::nullable("a_bytea");
    pub const A_UUID: Column<Self, Uuid> = Column::nullable("a_uuid");
    pub const A_DATE: Column<Self, Date> = Column::nullable("a_date");
    pub const A_TIME: Column<Self, Time> = Column::nullable("a_time");
    pub const A_DATETIME: Column<Self, DateTime> = Column::nullable("a_datetime");
    pub const A_TIMESTAMP: Column<Self, Timestamp> = Column::nullable("a_timestamp");
    pub const A_NUMERIC: Column<Self, Numeric> = Column::nullable("a_numeric");
    pub const A_JSON: Column<Self, Json> = Column::nullable("a_json");
    pub const A_JSONB: Column<Self, Json> = Column::nullable("a_jsonb");
    pub const A_INTERVAL: Column<Self, SqlText> = Column::nullable("a_interval");
    pub const A_INET: Column<Self, SqlText> = Column::nullable("a_inet");
    pub const INTS: Column<Self, Vec<i32>> = Column::nullable("ints");
    pub const DATES: Column<Self, Vec<Date>> = Column::nullable("dates");
    pub const RATINGS: Column<Self, Vec<Rating>> = Column::nullable("ratings");
    pub const NUMERICS: Column<Self, Vec<Numeric>> = Column::nullable("numerics");
    pub const GAPS: Column<Self, Vec<Option<String>>> = Column::nullable("gaps");

    /// The row, to be inserted.
    pub fn changes_of(self) -> Write<Self> {
        Write::new(
            Changes::default()
                .set(Self::ID, self.id)
                .set(Self::A_BOOL, self.a_bool)
                .set(Self::A_SMALL, self.a_small)
                .set(Self::A_BIG, self.a_big)
                .set(Self::A_REAL, self.a_real)
                .set(Self::A_DOUBLE, self.a_double)
                .set(Self::A_CHAR, self.a_char)
                .set(Self::A_CITEXT, self.a_citext)
                .set(Self::A_BYTEA, self.a_bytea)
                .set(Self::A_UUID, self.a_uuid)
                .set(Self::A_DATE, self.a_date)
                .set(Self::A_TIME, self.a_time)
                .set(Self::A_DATETIME, self.a_datetime)
                .set(Self::A_TIMESTAMP, self.a_timestamp)
                .set(Self::A_NUMERIC, self.a_numeric)
                .set(Self::A_JSON, self.a_json)
                .set(Self::A_JSONB, self.a_jsonb)
                .set(Self::A_INTERVAL, self.a_interval)
                .set(Self::A_INET, self.a_inet)
                .set(Self::INTS, self.ints)
                .set(Self::DATES, self.dates)
                .set(Self::RATINGS, self.ratings)
                .set(Self::NUMERICS, self.numerics)
                .set(Self::GAPS, self.gaps),
        )
    }
}

impl Model for Sample {
    type Key = i32;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "shop",
        name: "sample",
        path: "/sample",
        title: "Samples",
        singular: "sample",
        indefinite: "a sample",
        plural: "samples",
        columns: &[
            Self::ID.def("id"),
            Self::A_BOOL.def("a_bool"),
            Self::A_SMALL.def("a_small"),
            Self::A_BIG.def("a_big"),
            Self::A_REAL.def("a_real"),
            Self::A_DOUBLE.def("a_double"),
            Self::A_CHAR.def("a_char"),
            Self::A_CITEXT.def("a_citext"),
            Self::A_BYTEA.def("a_bytea"),
            Self::A_UUID.def("a_uuid"),
            Self::A_DATE.def("a_date"),
            Self::A_TIME.def("a_time"),
            Self::A_DATETIME.def("a_datetime"),
            Self::A_TIMESTAMP.def("a_timestamp"),
            Self::A_NUMERIC.def("a_numeric"),
            Self::A_JSON.def("a_json"),
            Self::A_JSONB.def("a_jsonb"),
            Self::A_INTERVAL.def("a_interval"),
            Self::A_INET.def("a_inet"),
            Self::INTS.def("ints"),
            Self::DATES.def("dates"),
            Self::RATINGS.def("ratings"),
            Self::NUMERICS.def("numerics"),
            Self::GAPS.def("gaps"),
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
            a_bool: row.get()?,
            a_small: row.get()?,
            a_big: row.get()?,
            a_real: row.get()?,
            a_double: row.get()?,
            a_char: row.get()?,
            a_citext: row.get()?,
            a_bytea: row.get()?,
            a_uuid: row.get()?,
            a_date: row.get()?,
            a_time: row.get()?,
            a_datetime: row.get()?,
            a_timestamp: row.get()?,
            a_numeric: row.get()?,
            a_json: row.get()?,
            a_jsonb: row.get()?,
            a_interval: row.get()?,
            a_inet: row.get()?,
            ints: row.get()?,
            dates: row.get()?,
            ratings: row.get()?,
            numerics: row.get()?,
            gaps: row.get()?,
        })
    }

    fn key(&self) -> i32 {
        self.id
    }
}
