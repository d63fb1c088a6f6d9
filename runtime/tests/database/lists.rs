//! Lists: search, filters, order, pages.

use umbel::Error;
use umbel::list::{Amount, Direction, List, Page};
use umbel::model::Model;

use crate::film::{Film, FilmWithLabels};
use crate::sample::Sample;
use crate::server::{script, with_database, with_url};
use crate::shop::{Day, Host, Log};

async fn page(db: &umbel::db::Database, query: &str) -> Page<FilmWithLabels> {
    let list = List::parse(query).unwrap();
    Film::query()
        .page::<FilmWithLabels>(db, list)
        .await
        .unwrap()
}

/// The keys of the rows of every page, forward, after checking that the way back shows the same pages.
async fn walk(db: &umbel::db::Database, query: &str) -> Vec<i32> {
    let keys = |page: &Page<FilmWithLabels>| {
        page.rows
            .iter()
            .map(|row| row.film.film_id)
            .collect::<Vec<_>>()
    };
    let query_of = |url: &str| {
        url.split_once('?')
            .map_or(String::new(), |(_, query)| query.to_owned())
    };
    let mut current = page(db, query).await;
    assert_eq!(current.previous, None);
    let mut pages = vec![keys(&current)];
    while let Some(next) = &current.next {
        current = page(db, &query_of(next)).await;
        pages.push(keys(&current));
    }
    for expected in pages.iter().rev().skip(1) {
        let previous = current.previous.as_deref().expect("a page before");
        current = page(db, &query_of(previous)).await;
        assert_eq!(&keys(&current), expected, "back from {query}");
    }
    assert_eq!(current.previous, None);
    pages.concat()
}

#[tokio::test]
async fn pages_forward_and_back_in_any_order() {
    with_database(async |db| {
        for (query, order) in [
            ("", "film_id"),
            ("sort=-film_id", "film_id DESC"),
            ("sort=-length,title", "length DESC, title, film_id"),
            ("sort=length,-title", "length, title DESC, film_id DESC"),
            ("sort=rating", "rating, film_id"),
            (
                "sort=-rating,release_year",
                "rating DESC, release_year, film_id",
            ),
            (
                "sort=original_language_id,-length",
                "original_language_id, length DESC, film_id DESC",
            ),
            ("sort=description", "description, film_id"),
            (
                "sort=-rental_rate,last_update",
                "rental_rate DESC, last_update, film_id",
            ),
            ("sort=language_id,film_id", "language_id, film_id"),
        ] {
            let keys = walk(&db, query).await;
            let sql = format!("SELECT film_id FROM shop.film ORDER BY {order}");
            let rows = umbel::db::Executor::run(&db, &[umbel::db::Statement::new(sql, Vec::new())])
                .await
                .unwrap();
            let expected: Vec<i32> = rows[0].read(|row| row.get()).unwrap();
            assert_eq!(keys, expected, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn filters_and_search() {
    with_database(async |db| {
        for (query, count) in [
            ("title.is=Film+007", 1),
            ("title.has=ilm%2000", 9),
            ("title.starts=film+1", 21),
            ("title.not=Film+007", 119),
            ("rating.not=G", 90),
            ("rating.is=PG&rating.is=G", 60),
            ("rating.null=1", 30),
            ("rating.null=0", 90),
            ("length.min=65&length.max=66", 27),
            ("special_features.has=No+5", 1),
            ("fulltext.has=number", 120),
            ("language_id.is=1&q=film+01", 3),
            ("last_update.is=2006-02-15", 120),
            ("last_update.max=2006-02-14", 0),
            ("last_update.max=2006-02-15&last_update.min=2006-02-15", 120),
            ("rental_rate.is=4.99", 120),
            ("rental_rate.min=123456789012345678901234567890.5", 0),
            ("q=Film+007", 1),
            ("q=7", 12 + 9),
            ("q=2003", 12),
            ("q=100%25", 0),
            ("q=_", 0),
            ("q=number+no", 0),
            ("q=story+of+film", 80),
            ("title.is=&q=&length.min=&sort=", 120),
        ] {
            assert_eq!(
                page(&db, query).await.count.amount,
                Amount::Exact(count),
                "{query}"
            );
        }
    })
    .await;
}

#[test]
fn what_cannot_be_read_is_a_bad_request() {
    for (query, words) in [
        ("nope.is=1", "films have no column `nope`"),
        ("title.nope=1", "`nope` is no operator"),
        ("nope=1", "`nope` is no part"),
        ("title.min=1", "`min` cannot be asked of `title`"),
        ("title.null=1", "`null` cannot be asked"),
        (
            "length.is=abc",
            "`abc` cannot be read as Length: expected a whole number",
        ),
        ("length.is=99999999999", "cannot be read as Length"),
        ("rating.is=PG-99", "one of the values of the list"),
        ("last_update.is=2024-02-30", "cannot be read as Last update"),
        (
            "last_update.min=999999-01-01",
            "cannot be read as Last update",
        ),
        ("rental_rate.is=1e999", "cannot be read"),
        ("length.null=2", "expected 1 or 0"),
        ("title.is=a%00b", "NUL"),
        ("title.has=a%00b", "NUL"),
        ("q=a%00b", "NUL"),
        ("q=%FF", "not encoded"),
        ("q=%4", "not encoded"),
        ("sort=nope", "no column `nope` to sort by"),
        ("sort=fulltext", "cannot be sorted by `fulltext`"),
        ("sort=--title", "no column `-title`"),
    ] {
        match List::<Film>::parse(query) {
            Err(Error::BadRequest(text)) => assert!(text.contains(words), "{query}: {text}"),
            other => panic!("{query}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn places_that_do_not_exist() {
    with_database(async |db| {
        for query in [
            "after=abc",
            "after=1,2",
            "before=%25",
            "sort=length&after=5",
            "after=99999999999",
            "after=,",
        ] {
            let list = List::parse(query).unwrap();
            let outcome = Film::query().page::<FilmWithLabels>(&db, list).await;
            assert!(matches!(outcome, Err(Error::BadRequest(_))), "{query}");
        }
        let beyond = page(&db, "after=5000").await;
        assert_eq!(
            (beyond.rows.len(), beyond.next, beyond.previous.as_deref()),
            (0, None, Some("/film"))
        );
        let list = List::parse("after=-1").unwrap();
        assert!(matches!(
            Log::query().page::<Log>(&db, list).await,
            Err(Error::BadRequest(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn a_page_in_words_and_cut_short() {
    with_database(async |db| {
        let first = page(&db, "").await;
        assert_eq!(first.count.to_string(), "120 films");
        assert_eq!(page(&db, "film_id.is=1").await.count.to_string(), "1 film");
        assert_eq!(
            first.rows[0]
                .film
                .description
                .as_ref()
                .unwrap()
                .chars()
                .count(),
            300
        );
        assert_eq!(first.rows[0].language.text, "Italian");
        assert_eq!(first.next.as_deref(), Some("/film?after=50"));
    })
    .await;
    with_url(async |url| {
        script(
            &url,
            "INSERT INTO shop.log SELECT 'x' FROM generate_series(1, 12344); ANALYZE shop.log",
        )
        .await;
        script(
            &url,
            "INSERT INTO shop.sample (id, a_bytea) VALUES (1, 'abc'), (2, NULL)",
        )
        .await;
        let db = umbel::db::Database::connect(&url).await.unwrap();
        let logs = Log::query()
            .page::<Log>(&db, List::parse("sort=-message").unwrap())
            .await
            .unwrap();
        assert_eq!(logs.count.to_string(), "about 12,000 log entries");
        assert_eq!(logs.next.as_deref(), Some("/log?sort=-message&after=50"));
        let narrowed = Log::query()
            .page::<Log>(&db, List::parse("message.is=x").unwrap())
            .await
            .unwrap();
        assert_eq!(narrowed.count.to_string(), "about 12,000 log entries");
        let next = Log::query()
            .page::<Log>(&db, List::parse("sort=-message&after=50").unwrap())
            .await
            .unwrap();
        assert_eq!(next.previous.as_deref(), Some("/log?sort=-message"));
        let samples = Sample::query()
            .page::<Sample>(&db, List::parse("").unwrap())
            .await
            .unwrap();
        assert_eq!(
            (
                samples.rows[0].a_bytea.as_deref(),
                samples.rows[1].a_bytea.as_deref()
            ),
            (Some(&[][..]), None)
        );
        let days = Day::query()
            .page::<Day>(&db, List::parse("sort=day").unwrap())
            .await
            .unwrap();
        assert_eq!(days.rows.len(), 2);
    })
    .await;
}

#[test]
fn links_keep_the_rest() {
    let state =
        List::<Film>::parse("q=a%26b&length.min=90&rating.is=PG&sort=-length,title&after=9")
            .unwrap()
            .state;
    assert_eq!(state.sort("title").direction, Some(Direction::Ascending));
    assert_eq!(
        state.sort("title").url,
        "/film?q=a%26b&length.min=90&rating.is=PG&sort=-title"
    );
    assert_eq!(
        state.sort("length").url,
        "/film?q=a%26b&length.min=90&rating.is=PG"
    );
    assert_eq!(
        state.sort("rating").url,
        "/film?q=a%26b&length.min=90&rating.is=PG&sort=rating"
    );
    assert_eq!(state.sort("fulltext").url, "");
    let chips = state.chips();
    assert_eq!(chips[0].text, "Length at least 90");
    assert_eq!(
        chips[0].url,
        "/film?q=a%26b&rating.is=PG&sort=-length%2Ctitle"
    );
    assert_eq!(
        state.first_url(),
        "/film?q=a%26b&length.min=90&rating.is=PG&sort=-length%2Ctitle"
    );
    assert_eq!(state.search_inputs().len(), 3);
    let columns = state.columns();
    let rating = columns
        .iter()
        .find(|column| column.column.name == "rating")
        .unwrap();
    assert_eq!(
        (rating.inputs[0].value, rating.inputs[0].options.len()),
        ("PG", 3)
    );
}

#[tokio::test]
async fn a_key_without_a_rust_type() {
    with_database(async |db| {
        let mut query = String::new();
        let mut addresses = Vec::new();
        loop {
            let page = Host::query()
                .page::<Host>(&db, List::parse(&query).unwrap())
                .await
                .unwrap();
            addresses.extend(page.rows.into_iter().map(|host| host.address.0));
            match page.next.as_deref().and_then(|url| url.split_once('?')) {
                Some((_, next)) => query = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(addresses.len(), 120);
        assert_eq!(addresses[51], "10.0.1.1/32");
        let key = umbel::model::parse_key::<Host>("10.0.1.1%2F32").unwrap();
        let host = Host::find(&db, &key).await.unwrap();
        assert_eq!(host.url(), "/host/10.0.1.1%2F32");
        host.delete(&db).await.unwrap();
        let garbled = umbel::model::parse_key::<Host>("x").unwrap();
        assert!(matches!(
            Host::find(&db, &garbled).await,
            Err(Error::NotFound)
        ));
        let list = List::parse("after=x").unwrap();
        let outcome = Host::query().page::<Host>(&db, list).await;
        assert!(matches!(outcome, Err(Error::BadRequest(_))));
    })
    .await;
}
