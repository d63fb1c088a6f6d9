//! A table whose cells may hold anything, as it would be emitted.

use std::fmt::Write as _;

use umbel::Result;
use umbel::model::{Changes, Column, Insert, Model, Patch, Table, TableKind};
use umbel::row::Row;
use umbel::types::{Date, DateTime, Json, SqlText, Time, Timestamp, Unchecked, Uuid};

pub(crate) const SCHEMA: &str = "CREATE TABLE odd (
    id INTEGER PRIMARY KEY,
    truth BOOLEAN,
    whole INTEGER,
    real REAL,
    day DATE,
    moment DATETIME,
    instant TIMESTAMPTZ,
    clock TIME,
    text TEXT,
    folded TEXT COLLATE NOCASE,
    trimmed TEXT COLLATE RTRIM,
    uuid UUID,
    json JSON,
    bytes BLOB,
    any
);";

macro_rules! odd {
    ($($(#[$attribute:meta])* $field:ident $constant:ident $type:ty $(, $more:ident)?;)*) => {
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        pub(crate) struct Odd {
            pub(crate) id: i64,
            $($(#[$attribute])* pub(crate) $field: Option<Unchecked<$type>>,)*
        }

        impl Odd {
            pub(crate) const ID: Column<Self, i64> = Column::new("id");
            $(pub(crate) const $constant: Column<Self, $type> =
                Column::nullable(stringify!($field))$(.$more())?;)*

            /// The names of the columns besides the key.
            pub(crate) const COLUMNS: &'static [&'static str] = &[$(stringify!($field),)*];
        }

        impl Model for Odd {
            type Key = i64;

            const TABLE: &'static Table = &Table {
                kind: TableKind::Table,
                schema: "main",
                name: "odd",
                path: "/odd",
                title: "Odds",
                singular: "odd",
                indefinite: "an odd",
                plural: "odds",
                columns: &[Self::ID.def("ID"), $(Self::$constant.def(stringify!($field)),)*],
                key: &["id"],
                label: &[],
                sort: "",
                relations: &[],
                referrers: &[],
                scope: None,
                constraints: &[],
            };

            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(Self { id: row.get()?, $($field: row.get()?,)* })
            }

            fn key(&self) -> Self::Key {
                self.id
            }
        }

        /// Everything that was read, to be written again.
        impl From<&Odd> for Changes {
            fn from(odd: &Odd) -> Self {
                Self::default()$(.set(Odd::$constant, odd.$field.clone()))*
            }
        }
    };
}

odd! {
    truth TRUTH bool;
    whole WHOLE i64;
    real REAL f64;
    day DAY Date;
    moment MOMENT DateTime;
    instant INSTANT Timestamp;
    clock CLOCK Time;
    text TEXT String;
    folded FOLDED String;
    trimmed TRIMMED String;
    uuid UUID Uuid;
    json JSON Json;
    #[cfg_attr(feature = "serde", serde(serialize_with = "umbel::json::hex"))]
    bytes BYTES Vec<u8>;
    any ANY SqlText, ordered;
}

/// What is to be written.
#[derive(Debug, Clone)]
pub(crate) struct Write(pub(crate) Changes);

impl Insert for Write {
    type Model = Odd;

    fn changes(self) -> Changes {
        self.0
    }
}

impl Patch for Write {
    type Model = Odd;

    fn changes(self) -> Changes {
        self.0
    }
}

/// A literal of SQL for each cell that converters, mappers and people write.
pub(crate) const CELLS: &[&str] = &[
    "NULL",
    "0",
    "1",
    "-1",
    "7",
    "7.0",
    "7.5",
    "9e999",
    "-9e999",
    "9007199254740993",
    "9007199254740992.0",
    "1e-300",
    "x''",
    "x'00'",
    "x'01'",
    "x'616263'",
    "x'ff00'",
    "x'00112233445566778899aabbccddeeff'",
    "''",
    "' '",
    "'a'",
    "'A'",
    "'a '",
    "'abc'",
    "'ABC'",
    "'7'",
    "'t'",
    "'F'",
    "'True'",
    "'no'",
    "'a' || char(0) || 'b'",
    "CAST(x'ff41' AS TEXT)",
    "CAST(x'ff42' AS TEXT)",
    "'NaN'",
    "'%_\\''x'",
    "'0000-00-00 00:00:00'",
    "'2025-01-02'",
    "'2025-01-02 03:04:05'",
    "'2025-01-02T03:04:05.250Z'",
    "'2025-01-02 03:04:05+02:00'",
    "'2025-01-02 03:04'",
    "1735787045",
    "1735787045000",
    "1735787045000000",
    "1735787045.5",
    "2460677.5",
    "'03:04:05'",
    "'03:04'",
    "'00112233-4455-6677-8899-aabbccddeeff'",
    "'00112233445566778899AABBCCDDEEFF'",
    "'{\"a\": [1, 2]}'",
    "jsonb('{\"a\": [1, 2]}')",
    "x'7b2261223a317d'",
];

/// What every cell of a row is, to the letter.
pub(crate) fn cells(row: i64) -> String {
    let mut sql = String::from("SELECT ");
    for (index, name) in Odd::COLUMNS.iter().enumerate() {
        let comma = if index == 0 { "" } else { " || ', ' || " };
        let _ = write!(
            sql,
            "{comma}'{name} ' || typeof({name}) || ' ' || hex(CAST({name} AS BLOB)) || ' '
             || CASE typeof({name}) WHEN 'text' THEN '' ELSE quote({name}) END"
        );
    }
    sql + &format!(" FROM odd WHERE id = {row}")
}
