//! A partitioned table: one set of pages, rows that find their partition, errors that only partitions report.

use umbel_tests::html::Page;

use crate::shop::Shop;

const PAYMENT: [(&str, &str); 5] = [
    ("customer_id", "1"),
    ("staff_id", "1"),
    ("rental_id", "76"),
    ("amount", "2.50"),
    ("payment_date", "2022-03-04T05:06:07Z"),
];

/// Adds the payment with one field typed otherwise.
fn post(shop: &Shop, field: &str, typed: &str) -> Page {
    let fields = PAYMENT.map(|(name, value)| (name, if name == field { typed } else { value }));
    shop.http.post("/payment", &fields)
}

#[test]
fn key_with_a_timestamp() {
    let shop = Shop::open();
    let link = shop
        .http
        .open("/payment")
        .attributes("main table tbody tr > :first-child a", "href")
        .remove(0);
    let page = shop.http.open(&link);
    assert!(page.links_to(&format!("{link}/edit")), "{page}");
    let form = shop.http.open(&format!("{link}/edit")).form();
    assert_eq!(
        form.action.replace("%3A", ":"),
        format!("{link}/edit").replace("%3A", ":")
    );
}

#[test]
fn row_finds_its_partition() {
    let shop = Shop::open();
    let answer = post(&shop, "amount", "2.51");
    assert_eq!(answer.status, 303, "{answer}");
    assert!(shop.http.follow(&answer).text("main").contains("2.51"));
    let row = "SELECT tableoid::regclass FROM payment WHERE amount = 2.51";
    assert_eq!(shop.database.run(row), "payment_p2022_03");
}

#[test]
fn edited_to_the_microsecond() {
    let shop = Shop::open();
    let key = shop.database.run(
        "SELECT to_char(payment_date AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || ',' || payment_id
         FROM payment WHERE payment_id = 22682",
    );
    let mut form = shop.http.open(&format!("/payment/{key}/edit")).form();
    form.set("amount", "1.01");
    assert_eq!(shop.http.submit(&form).status, 303);
    let row = shop
        .database
        .run("SELECT amount, payment_date FROM payment WHERE payment_id = 22682");
    assert_eq!(row, "1.01|2022-04-26 03:48:06.924227+00");
}

#[test]
fn foreign_key_of_a_partition() {
    let shop = Shop::open();
    let page = post(&shop, "customer_id", "99999");
    assert_eq!(
        (page.status, page.invalid()),
        (422, vec!["customer_id".to_owned()]),
        "{page}"
    );
}

#[test]
fn no_partition_for_the_row() {
    let shop = Shop::open();
    let page = post(&shop, "payment_date", "2031-01-01T00:00:00Z");
    assert_eq!(page.status, 422, "{page}");
    assert_eq!(
        page.form().value("amount"),
        Some("2.50"),
        "what was typed is kept"
    );
}
