//! Many-to-many relations, edited on both ends.

use crate::shop::Shop;

const ACTORS_OF_1: &str =
    "SELECT string_agg(actor_id::text, ' ' ORDER BY actor_id) FROM film_actor WHERE film_id = 1";

#[test]
fn form_holds_what_is_chosen() {
    let Some(shop) = Shop::open() else { return };
    let form = shop.http.open("/film/1/edit").form();
    let mut actors = form.values("actors");
    actors.sort_by_key(|key| key.parse::<i32>().unwrap());
    assert_eq!(actors.join(" "), shop.database.run(ACTORS_OF_1));
    assert_eq!(form.values("categories"), ["6"]);
}

#[test]
fn replaced() {
    let Some(shop) = Shop::open() else { return };
    let kept = "SELECT last_update FROM film_actor WHERE film_id = 1 AND actor_id = 10";
    let before = shop.database.run(kept);
    let mut form = shop.http.open("/film/1/edit").form();
    form.set_all("actors", &["2", "10"]);
    assert_eq!(shop.http.submit(&form).status, 303);
    assert_eq!(shop.database.run(ACTORS_OF_1), "2 10");
    assert_eq!(
        shop.database.run(kept),
        before,
        "a row that stays is not written"
    );
}

#[test]
fn all_taken_away() {
    let Some(shop) = Shop::open() else { return };
    let mut form = shop.http.open("/film/1/edit").form();
    form.set_all("actors", &[]);
    assert_eq!(shop.http.submit(&form).status, 303);
    assert_eq!(shop.database.run(ACTORS_OF_1), "");
}

#[test]
fn other_end() {
    let Some(shop) = Shop::open() else { return };
    let mut form = shop.http.open("/actor/1/edit").form();
    let films: Vec<String> = form
        .values("films")
        .iter()
        .map(|key| (*key).to_owned())
        .collect();
    assert_eq!(films.len(), 19, "{form:?}");
    let without: Vec<&str> = films
        .iter()
        .map(String::as_str)
        .filter(|film| *film != "1")
        .collect();
    form.set_all("films", &without);
    assert_eq!(shop.http.submit(&form).status, 303);
    assert_eq!(
        shop.database
            .run("SELECT count(*) FROM film_actor WHERE actor_id = 1"),
        "18"
    );
    assert!(
        !shop
            .database
            .run(ACTORS_OF_1)
            .split(' ')
            .any(|actor| actor == "1")
    );
}

#[test]
fn with_a_new_row() {
    let Some(shop) = Shop::open() else { return };
    let mut form = shop.http.open("/film/new").form();
    form.set("title", "CROWD");
    form.set("language_id", "1");
    form.set_all("actors", &["3", "4"]);
    assert_eq!(shop.http.submit(&form).status, 303);
    let actors = "SELECT count(*) FROM film_actor JOIN film USING (film_id) WHERE title = 'CROWD'";
    assert_eq!(shop.database.run(actors), "2");
}

#[test]
fn unknown_choice_changes_nothing() {
    let Some(shop) = Shop::open() else { return };
    let before = shop.database.run(ACTORS_OF_1);
    for wrong in ["4711", "x", "1,2"] {
        let mut form = shop.http.open("/film/1/edit").form();
        form.set("title", "HALF");
        form.set_all("actors", &["2", wrong]);
        let page = shop.http.submit(&form);
        assert_eq!(page.status, 422, "{wrong:?}: {page}");
        assert_eq!(
            shop.database
                .run("SELECT title FROM film WHERE film_id = 1"),
            "ACADEMY DINOSAUR"
        );
        assert_eq!(shop.database.run(ACTORS_OF_1), before);
    }
}

#[test]
fn thousands_are_opened_and_saved() {
    let Some(shop) = Shop::open() else { return };
    shop.database.run(
        "INSERT INTO film (film_id, title, language_id)
         SELECT i, 'MANY ' || i, 1 FROM generate_series(10001, 18500) AS i;
         INSERT INTO film_actor (actor_id, film_id) SELECT 2, i FROM generate_series(10001, 18500) AS i",
    );
    let count = "SELECT count(*) FROM film_actor WHERE actor_id = 2";
    let before: usize = shop.database.run(count).parse().expect("a number");
    let mut form = shop.http.open("/actor/2/edit").form();
    let films: Vec<String> = form
        .values("films")
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(films.len(), before);
    let fewer: Vec<&str> = films
        .iter()
        .map(String::as_str)
        .filter(|film| *film != "10001")
        .collect();
    form.set_all("films", &fewer);
    let saved = shop.http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(shop.database.run(count), (before - 1).to_string());
}
