//! Every table and every one of its pages.

use crate::shop::Shop;

/// The tables that a person sees, as the database names them.
fn tables(shop: &Shop) -> Vec<String> {
    let names = shop.database.run(
        "SELECT relname FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
         ORDER BY relname",
    );
    let names: Vec<String> = names.lines().map(str::to_owned).collect();
    assert_eq!(names.len(), 15, "{names:?}");
    names
}

/// Where the first row of a table's list leads.
fn first_row(shop: &Shop, table: &str) -> String {
    let page = shop.http.open(&format!("/{table}"));
    let links = page.attributes("main table tbody tr > :first-child a", "href");
    links
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no row in {page}"))
}

#[test]
fn every_page_opens() {
    let shop = Shop::open();
    for table in tables(&shop) {
        let row = first_row(&shop, &table);
        for path in [
            format!("/{table}/new"),
            row.clone(),
            format!("{row}/edit"),
            format!("{row}/delete"),
        ] {
            shop.http.open(&path);
        }
    }
}

#[test]
fn saving_what_was_opened_changes_nothing() {
    let shop = Shop::open();
    for table in tables(&shop) {
        let rows =
            format!("SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {table} t");
        let before = shop.database.run(&rows);
        let form = shop
            .http
            .open(&format!("{}/edit", first_row(&shop, &table)))
            .form();
        let answer = shop.http.submit(&form);
        assert_eq!(answer.status, 303, "{answer}");
        assert_eq!(
            shop.database.run(&rows),
            before,
            "{table}: every value survives the form"
        );
    }
}

#[test]
fn empty_form_is_refused() {
    let shop = Shop::open();
    for table in tables(&shop) {
        let answer = shop.http.post(&format!("/{table}"), &[]);
        assert_eq!(
            answer.status, 422,
            "each has a column that must be given: {answer}"
        );
        assert!(!answer.invalid().is_empty(), "{answer}");
    }
}

#[test]
fn sorted_by_every_column() {
    let shop = Shop::open();
    for table in tables(&shop) {
        let columns = shop.database.run(&format!(
            "SELECT attname FROM pg_attribute
             WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped"
        ));
        for column in columns.lines() {
            for path in [
                format!("/{table}?sort={column}"),
                format!("/{table}?sort=-{column}"),
                format!("/{table}?{column}.null=1"),
            ] {
                let status = shop.http.get(&path).status;
                // What no index serves may be refused, in words.
                assert!(status == 200 || status == 400, "{path}: {status}");
            }
        }
    }
}

#[test]
fn empty_table() {
    let shop = Shop::open();
    shop.database.run("TRUNCATE film CASCADE");
    let page = shop.http.open("/film");
    assert!(page.rows().is_empty(), "{page}");
    assert!(page.links_to("/film/new"), "the next thing to do: {page}");
}
