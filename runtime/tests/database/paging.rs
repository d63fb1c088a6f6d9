//! Every row of a list stands on one page, in the order that the server has them in: NaN, the infinities, nulls, ties of
//! nondeterministic collations and padded texts among them.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use umbel::Result;
use umbel::db::{Database, Executor, Options, Statement};
use umbel::list::List;
use umbel::model::{Column, Model, Table, TableKind};
use umbel::row::Row;
use umbel::types::{Date, DateTime, Inet, Interval, Numeric, Range, SqlText, Timestamp, Uuid};

use crate::server::{script, with_url};

const SCHEMA: &str = "
CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
CREATE TABLE odd (
    number int NOT NULL,
    part char(3) NOT NULL,
    real float8,
    short float4,
    amount numeric,
    day date,
    at timestamp,
    instant timestamptz,
    fixed char(5),
    folded text COLLATE folded,
    text text COLLATE \"C\",
    span interval,
    bounds int4range,
    flag boolean,
    net inet,
    uuid uuid,
    price money,
    bits varbit,
    clock timetz,
    PRIMARY KEY (number, part)
);";

/// Cells of each column, as SQL has them.
const CELLS: &[(&str, &[&str])] = &[
    (
        "real",
        &["NaN", "Infinity", "-Infinity", "0", "-0", "1.5", "5e-324"],
    ),
    (
        "short",
        &["NaN", "Infinity", "-Infinity", "0.1", "0.2", "1e-45"],
    ),
    (
        "amount",
        &[
            "NaN",
            "Infinity",
            "-Infinity",
            "1.1",
            "1.10",
            "0",
            "123456789012345678901234567890.5",
        ],
    ),
    (
        "day",
        &["infinity", "-infinity", "2024-02-29", "0044-03-15 BC"],
    ),
    (
        "at",
        &[
            "infinity",
            "-infinity",
            "2024-02-29 12:34:56.789012",
            "2024-02-29",
        ],
    ),
    (
        "instant",
        &[
            "infinity",
            "-infinity",
            "2024-02-29 12:34:56.789012+02",
            "2024-02-29",
        ],
    ),
    ("fixed", &["", "a", "a ", "ab", " a", "A"]),
    ("folded", &["a", "A", "á", "b", "B", "", "ab"]),
    ("text", &["", " ", "a", "A", "á", ",", "%00", "x''"]),
    ("span", &["1 mon", "30 days", "720 hours", "-1 day", "0"]),
    ("bounds", &["empty", "[1,5)", "(,)", "(,5)", "[1,)"]),
    ("flag", &["true", "false"]),
    ("net", &["10.0.0.1", "10.0.0.0/8", "::1", "10.0.0.1/8"]),
    (
        "uuid",
        &[
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ],
    ),
    ("price", &["1.10", "-5", "0"]),
    ("bits", &["", "0", "01", "1"]),
    ("clock", &["12:00+00", "13:00+01", "24:00+00", "00:00-15"]),
];

macro_rules! odd {
    ($($field:ident $constant:ident $type:ty $(, $more:ident)?;)*) => {
        #[derive(Clone)]
        struct Odd {
            number: i32,
            part: String,
            $($field: Option<$type>,)*
        }

        impl Odd {
            const NUMBER: Column<Self, i32> = Column::new("number");
            const PART: Column<Self, String> = Column::new("part");
            $(const $constant: Column<Self, $type> = Column::nullable(stringify!($field))$(.$more())?;)*
        }

        impl Model for Odd {
            type Key = (i32, String);

            const TABLE: &'static Table = &Table {
                kind: TableKind::Table,
                schema: "public",
                name: "odd",
                path: "/odd",
                title: "Odds",
                singular: "odd",
                indefinite: "an odd",
                plural: "odds",
                columns: &[
                    Self::NUMBER.def("Number"),
                    Self::PART.def("Part"),
                    $(Self::$constant.def(stringify!($field)),)*
                ],
                key: &["number", "part"],
                label: &[],
                sort: "",
                relations: &[],
                referrers: &[],
                scope: None,
                constraints: &[],
            };

            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(Self { number: row.get()?, part: row.get()?, $($field: row.get()?,)* })
            }

            fn key(&self) -> Self::Key {
                // Every column was read as what it is.
                $(let _ = &self.$field;)*
                (self.number, self.part.clone())
            }
        }
    };
}

odd! {
    real REAL f64;
    short SHORT f32;
    amount AMOUNT Numeric;
    day DAY Date;
    at AT DateTime;
    instant INSTANT Timestamp;
    fixed FIXED String;
    folded FOLDED String;
    text TEXT String;
    span SPAN Interval;
    bounds BOUNDS Range<i32>;
    flag FLAG bool;
    net NET Inet;
    uuid UUID Uuid;
    price PRICE SqlText, ordered;
    bits BITS SqlText, ordered;
    clock CLOCK SqlText, ordered;
}

type Keys = Vec<(i32, String)>;

/// The rows of all pages: forwards, then backwards from the last.
async fn pages(db: &Database, sort: &str) -> (Keys, Keys) {
    let question = |url: &str| {
        url.split_once('?')
            .map_or_else(String::new, |(_, query)| query.to_owned())
    };
    let mut query = format!("sort={sort}");
    let (mut forward, mut backward) = (Keys::new(), Keys::new());
    loop {
        let list = List::<Odd>::parse(&query).unwrap();
        let page = Odd::query().page::<Odd>(db, list).await.unwrap();
        assert_eq!(page.list.unread, [""; 0]);
        forward.extend(page.rows.iter().map(Odd::key));
        match page.next {
            Some(next) if forward.len() < 1000 => query = question(&next),
            _ => break,
        }
    }
    loop {
        let list = List::<Odd>::parse(&query).unwrap();
        let page = Odd::query().page::<Odd>(db, list).await.unwrap();
        backward.splice(0..0, page.rows.iter().map(Odd::key).collect::<Keys>());
        match page.previous {
            Some(previous) if backward.len() < 1000 => query = question(&previous),
            _ => break,
        }
    }
    (forward, backward)
}

/// Columns that are sorted by and whether downwards, and for each row the number of a cell for each of them.
type Case = (Vec<(usize, bool)>, Vec<Vec<usize>>);

fn case() -> impl Strategy<Value = Case> {
    let columns = prop::collection::vec((0..CELLS.len(), any::<bool>()), 1..3);
    let rows = prop::collection::vec(prop::collection::vec(0..8_usize, 2), 105..130);
    (columns, rows).prop_filter("no column twice", |(columns, _)| {
        columns.len() < 2 || columns[0].0 != columns[1].0
    })
}

/// The database, once as it is, and once with tables that count as large, whose pages are read part by part.
async fn opened(url: &str) -> [Database; 2] {
    let mut options = Options::default();
    let small = Database::connect_with(url, &options).await.unwrap();
    options.lists.large = 1;
    [small, Database::connect_with(url, &options).await.unwrap()]
}

async fn check(dbs: &[Database], url: &str, (sort, rows): Case) {
    let names: Vec<&str> = sort.iter().map(|(column, _)| CELLS[*column].0).collect();
    let mut sql = "TRUNCATE odd;".to_owned();
    for (index, row) in rows.iter().enumerate() {
        let cells = sort.iter().zip(row).map(|((column, _), cell)| {
            let cells = CELLS[*column].1;
            // One of them is null.
            cells
                .get(cell % (cells.len() + 1))
                .map_or("NULL".to_owned(), |cell| {
                    format!("'{}'", cell.replace('\'', "''"))
                })
        });
        let cells = cells.collect::<Vec<_>>().join(", ");
        let part = ["a", "b", ""][index % 3];
        sql += &format!(
            "INSERT INTO odd (number, part, {}) VALUES ({}, '{part}', {cells});",
            names.join(", "),
            index / 3
        );
    }
    script(url, &sql).await;
    let terms: Vec<String> = sort
        .iter()
        .map(|(column, down)| format!("{}{}", if *down { "-" } else { "" }, CELLS[*column].0))
        .collect();
    let last = if sort.last().is_some_and(|(_, down)| *down) {
        " DESC"
    } else {
        ""
    };
    let order: Vec<String> = sort
        .iter()
        .map(|(column, down)| format!("{}{}", CELLS[*column].0, if *down { " DESC" } else { "" }))
        .collect();
    let sql = format!(
        "SELECT number, part FROM odd ORDER BY {}, number{last}, part{last}",
        order.join(", ")
    );
    for db in dbs {
        let answers = db.run(&[Statement::new(&*sql, Vec::new())]).await.unwrap();
        let expect: Keys = answers[0].read(|row| Ok((row.get()?, row.get()?))).unwrap();
        let (forward, backward) = pages(db, &terms.join(",")).await;
        assert_eq!(forward, expect, "forward by {}", terms.join(","));
        assert_eq!(backward, expect, "backward by {}", terms.join(","));
    }
}

#[tokio::test]
async fn every_row_is_on_one_page() {
    with_url(async |url| {
        script(&url, SCHEMA).await;
        let dbs = opened(&url).await;
        for column in 0..CELLS.len() {
            for down in [false, true] {
                let rows = (0..120).map(|row| vec![row * 7 % 11]).collect();
                check(&dbs, &url, (vec![(column, down)], rows)).await;
            }
        }
        let mut runner = TestRunner::new(Config::default());
        for _ in 0..30 {
            let case = case().new_tree(&mut runner).unwrap().current();
            check(&dbs, &url, case).await;
        }
    })
    .await;
}
