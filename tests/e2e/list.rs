//! The list page: paging, sorting, filters, search.

use std::collections::BTreeSet;

use umbel_tests::html::Page;

use crate::shop::Shop;

/// Opens every page of a list, from the first by its links to the next, and returns where the rows lead.
fn walk(shop: &Shop, first: &str) -> Vec<String> {
    let mut rows = Vec::new();
    let mut page = shop.http.open(first);
    loop {
        rows.extend(row_links(&page));
        assert!(rows.len() <= 2_000, "the list does not end");
        let Some(next) = page.attributes("a[rel=next]", "href").pop() else {
            return rows;
        };
        page = shop.http.open(&next);
    }
}

fn row_links(page: &Page) -> Vec<String> {
    page.attributes("main table tbody tr > :first-child a", "href")
}

/// The first column of a list is what the database answers.
#[track_caller]
fn check(path: &str, sql: &str) {
    let shop = Shop::open();
    let expected = shop.database.run(sql);
    assert!(
        !expected.is_empty(),
        "the database knows no such row: {sql}"
    );
    assert_eq!(
        shop.http.open(path).row_heads().join("\n"),
        expected,
        "{path}"
    );
}

#[test]
fn first_page() {
    let shop = Shop::open();
    let page = shop.http.open("/film");
    assert_eq!(page.rows().len(), 50);
    let text = page.text("main");
    assert!(
        text.contains("1,000") || text.contains("1000"),
        "how many there are: {text}"
    );
    assert!(page.links_to("/film/new"), "{page}");
}

#[test]
fn pages_hold_every_row_once() {
    let shop = Shop::open();
    // The rating has five values and the rate three: the order is decided by the key.
    for list in [
        "/film",
        "/film?sort=rating",
        "/film?sort=-rental_rate,rating",
    ] {
        let rows = walk(&shop, list);
        let distinct: BTreeSet<_> = rows.iter().collect();
        assert_eq!((rows.len(), distinct.len()), (1_000, 1_000), "{list}");
    }
}

#[test]
fn pages_hold_rows_with_null_once() {
    let shop = Shop::open();
    shop.database
        .run("UPDATE film SET length = NULL WHERE film_id % 3 = 0");
    for list in [
        "/film?sort=length",
        "/film?sort=-length",
        "/film?sort=-length,title",
    ] {
        let rows = walk(&shop, list);
        let distinct: BTreeSet<_> = rows.iter().collect();
        assert_eq!((rows.len(), distinct.len()), (1_000, 1_000), "{list}");
    }
}

#[test]
fn previous_page() {
    let shop = Shop::open();
    let first = shop.http.open("/film?sort=title");
    assert!(
        first.attributes("a[rel=prev]", "href").is_empty(),
        "there is none before the first"
    );
    let second = shop.http.open(&first.attributes("a[rel=next]", "href")[0]);
    let back = shop.http.open(&second.attributes("a[rel=prev]", "href")[0]);
    assert_ne!(row_links(&first), row_links(&second));
    assert_eq!(row_links(&first), row_links(&back));
}

#[test]
fn sorted_down_and_up() {
    check(
        "/film?sort=-length,title",
        "SELECT title FROM film ORDER BY length DESC, title LIMIT 50",
    );
}

#[test]
fn text_that_contains() {
    check(
        "/film?title.has=aca&sort=title",
        "SELECT title FROM film WHERE title ILIKE '%aca%' ORDER BY title",
    );
}

#[test]
fn percent_sign_is_no_pattern() {
    let shop = Shop::open();
    let id = shop.add_film("100% PURE");
    let page = shop.http.open("/film?title.has=%25");
    assert_eq!(row_links(&page), [format!("/film/{id}")]);
}

#[test]
fn number_between() {
    check(
        "/film?length.min=180&length.max=181&sort=title",
        "SELECT title FROM film WHERE length BETWEEN 180 AND 181 ORDER BY title",
    );
}

#[test]
fn enum_and_number() {
    check(
        "/film?rating.is=PG-13&length.max=50&sort=title",
        "SELECT title FROM film WHERE rating = 'PG-13' AND length <= 50 ORDER BY title",
    );
}

#[test]
fn null_and_not() {
    let shop = Shop::open();
    let id = shop.add_film("UNTOLD");
    assert_eq!(
        row_links(&shop.http.open("/film?description.null=1")),
        [format!("/film/{id}")]
    );
}

#[test]
fn foreign_key() {
    let shop = Shop::open();
    let expected = shop
        .database
        .run("SELECT '/inventory/' || inventory_id FROM inventory WHERE film_id = 1 ORDER BY 1");
    let mut rows = row_links(&shop.http.open("/inventory?film_id.is=1"));
    rows.sort();
    assert_eq!(rows.join("\n"), expected);
}

#[test]
fn timestamp_from() {
    let shop = Shop::open();
    let newest = shop
        .database
        .run("SELECT count(*) FROM payment WHERE payment_date >= '2022-07-05T00:00:00Z'");
    let rows = walk(&shop, "/payment?payment_date.min=2022-07-05T00:00:00Z");
    assert_eq!(rows.len().to_string(), newest);
}

#[test]
fn search() {
    let shop = Shop::open();
    let page = shop.http.open("/film?q=academy");
    assert!(
        page.row_heads().contains(&"ACADEMY DINOSAUR".to_owned()),
        "{page}"
    );
    assert!(page.rows().len() < 50, "the others are left out");
}

#[test]
fn no_row_matches() {
    let shop = Shop::open();
    let page = shop.http.open("/film?title.is=NO+SUCH+FILM");
    assert!(row_links(&page).is_empty());
    assert!(page.links_to("/film"), "a way back to all of them: {page}");
}

#[test]
fn filters_stay_in_links() {
    let shop = Shop::open();
    let first = shop.http.open("/film?rating.is=PG&sort=-title");
    let next = first
        .attributes("a[rel=next]", "href")
        .pop()
        .expect("there are more than 50");
    assert!(
        next.contains("rating.is=PG") && next.contains("sort=-title"),
        "{next}"
    );
    assert_eq!(walk(&shop, "/film?rating.is=PG&sort=-title").len(), 194);
}

#[test]
fn filters_left_empty() {
    let shop = Shop::open();
    let page = shop
        .http
        .open("/film?q=&title.has=&length.min=&length.max=&rating.is=&sort=-title");
    assert_eq!(
        row_links(&page),
        row_links(&shop.http.open("/film?sort=-title"))
    );
}

#[test]
fn foreign_keys_as_labels() {
    let shop = Shop::open();
    let page = shop.http.open("/film");
    assert!(
        page.rows()
            .iter()
            .all(|row| row.contains(&"English".to_owned())),
        "{page}"
    );
    assert!(page.links_to("/language/1"), "{page}");
}
