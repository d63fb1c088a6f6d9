//! Views and materialized views: read-only pages.

use crate::shop::Shop;

const VIEWS: [&str; 7] = [
    "/actor_info",
    "/customer_list",
    "/film_list",
    "/nicer_but_slower_film_list",
    "/sales_by_film_category",
    "/sales_by_store",
    "/staff_list",
];

#[test]
fn listed() {
    let shop = Shop::open();
    for view in VIEWS {
        let page = shop.http.open(view);
        assert!(!page.rows().is_empty(), "{page}");
        assert!(!page.links_to(&format!("{view}/new")), "{page}");
    }
}

#[test]
fn not_written() {
    let shop = Shop::open();
    for view in VIEWS {
        assert_eq!(shop.http.get(&format!("{view}/new")).status, 404, "{view}");
        assert_eq!(
            shop.http.post(view, &[("title", "X")]).status,
            405,
            "{view}"
        );
    }
}

#[test]
fn sorted_and_filtered() {
    let shop = Shop::open();
    let page = shop
        .http
        .open("/film_list?category.is=Horror&sort=-length,title");
    let expected = "SELECT title FROM film_list WHERE category = 'Horror' ORDER BY length DESC, title LIMIT 50";
    let rows = page.rows();
    assert_eq!(rows.len(), 50);
    for (row, title) in rows.iter().zip(shop.database.run(expected).lines()) {
        assert!(row.iter().any(|cell| cell == title), "{title} in {row:?}");
    }
}

#[test]
fn second_page_of_a_view() {
    let shop = Shop::open();
    let first = shop.http.open("/customer_list");
    let next = first
        .attributes("a[rel=next]", "href")
        .pop()
        .expect("there are 599 customers");
    let second = shop.http.open(&next);
    assert_eq!(second.rows().len(), 50);
    assert_ne!(first.rows(), second.rows());
}

#[test]
fn materialized_view_that_was_never_filled() {
    let shop = Shop::open();
    let page = shop.http.get("/rental_by_category");
    assert_ne!(page.status, 500, "{page}");
    assert!(
        page.text("main").contains("REFRESH MATERIALIZED VIEW"),
        "{page}"
    );
    let refreshed = shop.http.submit(&page.form());
    assert_eq!(refreshed.status, 303, "{refreshed}");
    assert_eq!(shop.http.open("/rental_by_category").rows().len(), 16);
}

#[test]
fn materialized_view() {
    let shop = Shop::open();
    shop.database
        .run("REFRESH MATERIALIZED VIEW rental_by_category");
    let page = shop.http.open("/rental_by_category");
    assert_eq!(page.rows().len(), 16);
}
