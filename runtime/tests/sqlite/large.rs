//! A table of five million rows.

use std::time::{Duration, Instant};

use umbel::db::Database;
use umbel::list::{List, Page};
use umbel::model::Model;

use crate::file::File;
use crate::film::{Film, FilmWithLabels};

const ROWS: i64 = 5_000_000;

/// What a page may take: far more than it does, on a busy machine and without optimisation.
const SOON: Duration = Duration::from_millis(150);

#[tokio::test]
#[ignore = "fills a file with five million rows: tests/run --all"]
async fn pages_in_milliseconds() {
    let file = File::new();
    file.run(&format!(
        "PRAGMA synchronous = OFF;
         DELETE FROM film;
         CREATE INDEX by_year ON film (year);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
         INSERT INTO film (film_id, title, year, language_id)
         SELECT i, 'film ' || i, CASE WHEN i % 10 > 0 THEN 1000 + i % 1000 END, 1 FROM n"
    ));
    let db = file.open().await;
    page(&db, "").await;

    let first = page(&db, "").await;
    assert_eq!(
        (first.rows.len(), first.count.to_string().as_str()),
        (50, "more than 10,000 films")
    );
    let filtered = page(&db, "year.is=1234").await;
    assert_eq!(filtered.count.to_string(), "5,000 films");
    assert_eq!(filtered.rows[0].film.film_id, 234);

    let mut query = "after=4999900".to_owned();
    let mut last = 0;
    for _ in 0..2 {
        let deep = page(&db, &query).await;
        last = deep.rows.last().map_or(last, |row| row.film.film_id);
        query = deep
            .next
            .map_or_else(String::new, |url| after_question(&url));
    }
    assert_eq!((last, query.as_str()), (ROWS, ""));

    // Far down an order of its own.
    for (query, id) in [
        ("sort=year&after=1999,4999999", None),
        ("sort=year&after=1501,2501", Some(3501)),
    ] {
        let found = page(&db, query)
            .await
            .rows
            .first()
            .map(|row| row.film.film_id);
        assert_eq!(found, id, "{query}");
    }
}

/// One page, which must come soon.
async fn page(db: &Database, query: &str) -> Page<FilmWithLabels> {
    let start = Instant::now();
    let page = Film::query()
        .page(db, List::parse(query).unwrap())
        .await
        .unwrap();
    let took = start.elapsed();
    eprintln!("?{query}: {took:?}");
    assert!(took < SOON, "?{query} took {took:?}");
    page
}

fn after_question(url: &str) -> String {
    url.split_once('?')
        .map_or("", |(_, query)| query)
        .to_owned()
}
