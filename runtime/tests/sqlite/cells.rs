//! Cells of any storage class in columns of any type: what is not touched stays to the letter, what is written is
//! written as the others are, and filters find what a page shows.

use umbel::db::Database;
use umbel::form::FormValue;
use umbel::list::List;
use umbel::model::{Changes, Insert, Model};
use umbel::types::{DateTime, Json, SqlText, Timestamp, Unchecked, Uuid};

use crate::file::File;
use crate::odd::{CELLS, Odd, SCHEMA, Write, cells};

/// A file in which every column has every cell once.
fn every_cell() -> File {
    let file = File::new();
    file.run(SCHEMA);
    for cell in CELLS {
        let values = vec![*cell; Odd::COLUMNS.len()].join(", ");
        file.run(&format!("INSERT INTO odd VALUES (NULL, {values})"));
    }
    file
}

fn ask(file: &File, sql: &str) -> String {
    let connection = rusqlite::Connection::open(&file.path).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The rows that a list finds.
async fn found(db: &Database, query: &[(&str, &str)]) -> Vec<i64> {
    let pairs = query.iter().map(|(name, value)| {
        let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("{name}={encoded}")
    });
    let list = List::<Odd>::parse(&pairs.collect::<Vec<_>>().join("&")).unwrap();
    let page = Odd::query().page::<Odd>(db, list).await.unwrap();
    assert_eq!(page.list.unread, [""; 0]);
    page.rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn what_is_not_touched_stays_to_the_letter() {
    let file = every_cell();
    let db = file.open().await;
    for row in 1..=CELLS.len() as i64 {
        let before = ask(&file, &cells(row));
        let odd = Odd::query().find_versioned(&db, &row).await.unwrap();
        // All that was read is given back: only what differs is written.
        odd.update(&db, Write(Changes::from(&*odd))).await.unwrap();
        assert_eq!(ask(&file, &cells(row)), before);
        let whole = Changes::default().set(Odd::WHOLE, 12_345);
        odd.update(&db, Write(whole)).await.unwrap();
        let but_one = |text: &str| {
            let cells = text.split(", ").filter(|cell| !cell.starts_with("whole "));
            cells.collect::<Vec<_>>().join(", ")
        };
        let after = ask(&file, &cells(row));
        assert_eq!(but_one(&after), but_one(&before));
        assert!(after.contains("whole integer "), "{after}");
    }
}

#[cfg(feature = "serde")]
#[tokio::test]
async fn without_its_type_every_cell_is_the_same_json() {
    let file = every_cell();
    let db = file.open().await;
    for odd in Odd::query().all(&db).await.unwrap() {
        let any = <Odd as Model>::ANY
            .find(&db, &odd.id.to_string())
            .await
            .unwrap();
        let [typed, any] = [serde_json::to_string(&odd), serde_json::to_string(&any)];
        assert_eq!(typed.unwrap(), any.unwrap());
    }
}

#[tokio::test]
async fn filters_find_what_the_page_shows() {
    let file = every_cell();
    let db = file.open().await;
    let rows = Odd::query().all(&db).await.unwrap();
    assert_eq!(rows.len(), CELLS.len());
    for row in &rows {
        let shown = [
            ("truth", known(&row.truth)),
            ("whole", known(&row.whole)),
            ("real", known(&row.real)),
            ("day", known(&row.day)),
            ("moment", known(&row.moment)),
            ("instant", known(&row.instant)),
            ("clock", known(&row.clock)),
            ("text", known(&row.text)),
            ("uuid", known(&row.uuid)),
            ("any", known(&row.any)),
        ];
        for (column, text) in shown {
            // A NUL cannot be asked for, and what is no UTF-8 is shown by a letter that stands for it.
            let Some(text) = text.filter(|text| !text.contains(['\0', '\u{fffd}'])) else {
                continue;
            };
            let is = format!("{column}.is");
            let is = [(is.as_str(), text.as_str())];
            if text.is_empty() {
                continue;
            }
            assert!(
                found(&db, &is).await.contains(&row.id),
                "{column} is {text:?}"
            );
            let not = format!("{column}.not");
            let not = found(&db, &[(&not, &text)]).await;
            assert!(!not.contains(&row.id), "{column} is not {text:?}");
            // Bytes that are no text have no part that could be found.
            if matches!(column, "text" | "any") && !text.starts_with("x'") {
                let has = format!("{column}.has");
                assert!(
                    found(&db, &[(&has, &text)]).await.contains(&row.id),
                    "{column} has {text:?}"
                );
            }
        }
    }
}

fn known<T: FormValue>(cell: &Option<Unchecked<T>>) -> Option<String> {
    cell.as_ref()?.known().map(T::to_input)
}

#[tokio::test]
async fn more_and_less_compare_what_is_meant() {
    let file = every_cell();
    let db = file.open().await;
    let rows = Odd::query().all(&db).await.unwrap();
    for limit in [
        "2024-12-31T23:59",
        "2025-01-02T01:04:05",
        "2025-01-02T03:04:05",
        "2025-02-01T00:00",
    ] {
        let at: DateTime = limit.parse().unwrap();
        let expect = |holds: fn(&DateTime, &DateTime) -> bool| {
            let rows = rows.iter().filter(|row| {
                let moment = row.moment.as_ref().and_then(Unchecked::known);
                moment.is_some_and(|moment| holds(moment, &at))
            });
            rows.map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(
            found(&db, &[("moment.min", limit)]).await,
            expect(|a, b| a >= b)
        );
        assert_eq!(
            found(&db, &[("moment.max", limit)]).await,
            expect(|a, b| a <= b)
        );
    }
    let day = found(&db, &[("moment.is", "2025-01-02")]).await;
    let shown = rows.iter().filter(|row| {
        let moment = row.moment.as_ref().and_then(Unchecked::known);
        moment.is_some_and(|moment| moment.to_string().starts_with("2025-01-02"))
    });
    assert_eq!(day, shown.map(|row| row.id).collect::<Vec<_>>());
    assert!(day.len() > 5, "{day:?}");
    // Of numbers, texts are neither more nor less.
    for row in found(&db, &[("whole.min", "5")]).await {
        let whole = rows
            .iter()
            .find(|odd| odd.id == row)
            .unwrap()
            .whole
            .as_ref();
        let number = match whole.unwrap() {
            Unchecked::Known(number) => *number as f64,
            Unchecked::Other(text) => text.parse().unwrap(),
        };
        assert!(number >= 5.0, "{whole:?}");
    }
}

/// What is written into a table whose cells are so, by an edit of such a cell and by a new row.
#[track_caller]
fn check(column: &str, others: &[&str], changes: Changes, expect: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let file = File::new();
    file.run(SCHEMA);
    for cell in others {
        file.run(&format!(
            "INSERT INTO odd (id, {column}) VALUES (NULL, {cell})"
        ));
    }
    let quoted = |id: i64| {
        ask(
            &file,
            &format!("SELECT typeof({column}) || ' ' || quote({column}) FROM odd WHERE id = {id}"),
        )
    };
    runtime.block_on(async {
        let db = file.open().await;
        let new = Write(changes.clone()).insert(&db).await.unwrap();
        assert_eq!(quoted(new.id), expect, "a new row");
        let odd = Odd::query().find_versioned(&db, &1).await.unwrap();
        odd.update(&db, Write(changes)).await.unwrap();
        assert_eq!(quoted(1), expect, "an edit");
    });
}

fn moment(others: &[&str], expect: &str) {
    let at: DateTime = "2025-03-04T05:06:07".parse().unwrap();
    check(
        "moment",
        others,
        Changes::default().set(Odd::MOMENT, at),
        expect,
    );
}

#[test]
fn moments_are_written_as_the_others_are() {
    moment(&["NULL"], "text '2025-03-04 05:06:07'");
    moment(&["'soon'"], "text '2025-03-04 05:06:07'");
    moment(&["1706745600000", "NULL"], "integer 1741064767000");
    moment(&["1706745600"], "integer 1741064767");
    moment(&["2460677.5"], "real 2460738.7125810185");
    moment(
        &["'2024-01-01T00:00:00.000Z'"],
        "text '2025-03-04T05:06:07.000Z'",
    );
    moment(
        &["'2024-01-01 00:00:00+01:00'"],
        "text '2025-03-04 06:06:07+01:00'",
    );
}

#[test]
fn a_new_moment_is_written_as_most_are() {
    let file = File::new();
    file.run(SCHEMA);
    file.run(
        "INSERT INTO odd (moment) VALUES ('2024-01-01 00:00:00');
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
         INSERT INTO odd (moment) SELECT CASE WHEN i % 20 = 0 THEN 1706745600000 + i END FROM n",
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let db = file.open().await;
        let at: DateTime = "2025-03-04T05:06:07".parse().unwrap();
        let changes = Changes::default().set(Odd::MOMENT, at).set(
            Odd::INSTANT,
            "2025-03-04T05:06:07Z".parse::<Timestamp>().unwrap(),
        );
        let new = Write(changes).insert(&db).await.unwrap();
        let sql = format!(
            "SELECT moment || ' ' || instant FROM odd WHERE id = {}",
            new.id
        );
        // A column that holds nothing yet is filled as the table's other moments are.
        assert_eq!(ask(&file, &sql), "1741064767000 1741064767000");
    });
}

#[test]
fn truth_is_written_as_the_others_are() {
    let truth = |other: &str, expect: &str| {
        check(
            "truth",
            &[other],
            Changes::default().set(Odd::TRUTH, true),
            expect,
        );
    };
    truth("NULL", "integer 1");
    truth("'maybe'", "integer 1");
    truth("x'00'", "blob X'01'");
    truth("'f'", "text 't'");
    truth("'N'", "text 'Y'");
    truth("'False'", "text 'True'");
    truth("0", "integer 1");
}

#[test]
fn texts_bytes_and_numbers_are_written_as_the_others_are() {
    let text = |other: &str, expect: &str| {
        let changes = Changes::default().set(Odd::TEXT, "new".to_owned());
        check("text", &[other], changes, expect);
    };
    text("'old'", "text 'new'");
    text("x'6f6c64'", "blob X'6E6577'");
    let any = |other: &str, new: &str, expect: &str| {
        let changes = Changes::default().set(Odd::ANY, SqlText(new.to_owned()));
        check("any", &[other], changes, expect);
    };
    any("7", "8", "integer 8");
    any("7", "008", "text '008'");
    any("'7'", "8", "text '8'");
    any("7.5", "8", "real 8.0");
    any("7", "new", "text 'new'");
    any("x'ff'", "x'fe00'", "blob X'FE00'");
    any("NULL", "8", "text '8'");
    let uuid = |other: &str, expect: &str| {
        let new = Uuid::from_u128(0xabcd);
        check(
            "uuid",
            &[other],
            Changes::default().set(Odd::UUID, new),
            expect,
        );
    };
    uuid("NULL", "text '00000000-0000-0000-0000-00000000abcd'");
    uuid(
        "x'00112233445566778899aabbccddeeff'",
        "blob X'0000000000000000000000000000ABCD'",
    );
    uuid(
        "'A0112233445566778899AABBCCDDEEFF'",
        "text '0000000000000000000000000000ABCD'",
    );
    let json = |other: &str, expect: &str| {
        let new: Json = "[1]".parse().unwrap();
        check(
            "json",
            &[other],
            Changes::default().set(Odd::JSON, new),
            expect,
        );
    };
    json("'{}'", "text '[1]'");
    json("x'7b7d'", "blob X'5B315D'");
    json("jsonb('{}')", "blob X'2B1331'");
}
