//! Every row of a list stands on one page, in the order that SQLite has them in: whatever the cells hold.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;
use umbel::db::Database;
use umbel::list::List;
use umbel::model::Model;

use crate::file::File;
use crate::odd::{CELLS, Odd, SCHEMA};

const SORTED: &[&str] = &[
    "truth", "whole", "real", "day", "moment", "instant", "clock", "text", "folded", "trimmed",
    "uuid", "any",
];

/// The rows of all pages, one after the other: forwards, then backwards from the last.
async fn pages(db: &Database, sort: &str) -> (Vec<i64>, Vec<i64>) {
    let mut query = format!("sort={sort}");
    let (mut forward, mut backward) = (Vec::new(), Vec::new());
    loop {
        let list = List::<Odd>::parse(&query).unwrap();
        let page = Odd::query().page::<Odd>(db, list).await.unwrap();
        forward.extend(page.rows.iter().map(|row| row.id));
        match page.next {
            Some(next) if forward.len() < 1000 => query = question(&next),
            _ => break,
        }
    }
    loop {
        let list = List::<Odd>::parse(&query).unwrap();
        let page = Odd::query().page::<Odd>(db, list).await.unwrap();
        let rows = page.rows.iter().map(|row| row.id).collect::<Vec<_>>();
        backward.splice(0..0, rows);
        match page.previous {
            Some(previous) if backward.len() < 1000 => query = question(&previous),
            _ => break,
        }
    }
    (forward, backward)
}

fn question(url: &str) -> String {
    url.split_once('?')
        .map_or_else(String::new, |(_, query)| query.to_owned())
}

/// The rows as SQLite orders them.
fn ordered(file: &File, sort: &[(&str, bool)]) -> Vec<i64> {
    let mut terms: Vec<String> = sort
        .iter()
        .map(|(name, down)| format!("{name} {}", if *down { "DESC" } else { "ASC" }))
        .collect();
    let down = sort.last().is_some_and(|(_, down)| *down);
    terms.push(format!("id {}", if down { "DESC" } else { "ASC" }));
    let connection = rusqlite::Connection::open(&file.path).unwrap();
    let sql = format!("SELECT id FROM odd ORDER BY {}", terms.join(", "));
    let mut statement = connection.prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn check(cells: &[Vec<&str>], sort: &[(&str, bool)], indexed: bool) -> TestCaseResult {
    let file = File::new();
    let mut sql = format!("{SCHEMA} BEGIN;");
    for (id, row) in cells.iter().enumerate() {
        let names: Vec<&str> = sort.iter().map(|(name, _)| *name).collect();
        sql += &format!(
            "INSERT INTO odd (id, {}) VALUES ({}, {});",
            names.join(", "),
            id as i64 - 60,
            row.join(", ")
        );
    }
    if indexed {
        sql += &format!("CREATE INDEX by_first ON odd ({});", sort[0].0);
    }
    file.run(&(sql + "COMMIT;"));
    let text: Vec<String> = sort
        .iter()
        .map(|(name, down)| format!("{}{name}", if *down { "-" } else { "" }))
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let expect = ordered(&file, sort);
    // A table that counts as large is read part by part.
    for large in [100_000, 1] {
        let (forward, backward) = runtime.block_on(async {
            let db = file.open_with_large(large).await;
            pages(&db, &text.join(",")).await
        });
        prop_assert_eq!(
            &forward,
            &expect,
            "forward by {}, {}",
            text.join(","),
            large
        );
        prop_assert_eq!(
            &backward,
            &expect,
            "backward by {}, {}",
            text.join(","),
            large
        );
    }
    Ok(())
}

fn rows(width: usize) -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    // Few cells make many ties.
    let few = prop::collection::vec(select(CELLS), 1..12);
    few.prop_flat_map(move |cells| {
        let row = prop::collection::vec(select(cells), width);
        prop::collection::vec(row, 105..170)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn by_one_column(cells in rows(1), name in select(SORTED), down: bool, indexed: bool) {
        check(&cells, &[(name, down)], indexed)?;
    }

    #[test]
    fn by_two_columns(
        cells in rows(2),
        names in prop::sample::subsequence(SORTED, 2).prop_shuffle(),
        down: [bool; 2],
        indexed: bool,
    ) {
        check(&cells, &[(names[0], down[0]), (names[1], down[1])], indexed)?;
    }
}

#[test]
fn by_one_cell_in_all_rows() {
    for cell in CELLS {
        let cells = vec![vec![*cell]; 120];
        for (name, down) in [
            ("any", false),
            ("any", true),
            ("text", true),
            ("real", false),
        ] {
            check(&cells, &[(name, down)], false).unwrap();
        }
    }
}
