//! Many-to-many relations, edited on both ends.

use std::collections::BTreeSet;

use umbel_tests::form::Form;
use umbel_tests::html::Page;

use crate::newsroom::Newsroom;
use crate::shop::Shop;

const ACTORS_OF_1: &str =
    "SELECT string_agg(actor_id::text, ' ' ORDER BY actor_id) FROM film_actor WHERE film_id = 1";

#[test]
fn form_holds_what_is_chosen() {
    let shop = Shop::open();
    let form = shop.http.open("/film/1/edit").form();
    let mut actors = form.values("actors");
    actors.sort_by_key(|key| key.parse::<i32>().unwrap());
    assert_eq!(actors.join(" "), shop.database.run(ACTORS_OF_1));
    assert_eq!(form.values("categories"), ["6"]);
}

#[test]
fn replaced() {
    let shop = Shop::open();
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
    let shop = Shop::open();
    let mut form = shop.http.open("/film/1/edit").form();
    form.set_all("actors", &[]);
    assert_eq!(shop.http.submit(&form).status, 303);
    assert_eq!(shop.database.run(ACTORS_OF_1), "");
}

#[test]
fn other_end() {
    let shop = Shop::open();
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
    let shop = Shop::open();
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
    let shop = Shop::open();
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

const FILMS_OF_2: &str =
    "SELECT string_agg(film_id::text, ' ' ORDER BY film_id) FROM film_actor WHERE actor_id = 2";

/// The shop, whose second actor is in 8,500 films more.
fn crowded() -> Shop {
    let shop = Shop::open();
    shop.database.run(
        "INSERT INTO film (film_id, title, language_id)
         SELECT i, 'MANY ' || i, 1 FROM generate_series(10001, 18500) AS i;
         INSERT INTO film_actor (actor_id, film_id) SELECT 2, i FROM generate_series(10001, 18500) AS i",
    );
    shop
}

/// Presses a button of the field for films.
fn press(shop: &Shop, form: &Form, button: &str) -> Page {
    let mut sent = form.sent();
    sent.push((button, "films"));
    let page = shop.http.post(&form.action, &sent);
    assert_eq!(page.status, 200, "{page}");
    page
}

/// Ticks or unticks the box of a film, which must be there.
fn tick(page: &Page, form: &mut Form, film: &str, ticked: bool) {
    let boxes = page.attributes("input[type=checkbox][name=films]", "value");
    assert!(boxes.iter().any(|key| key == film), "{film}: {page}");
    let films = form.values("films");
    let mut films: Vec<String> = films.into_iter().map(str::to_owned).collect();
    films.retain(|key| key != film);
    films.extend(ticked.then(|| film.to_owned()));
    let films: Vec<&str> = films.iter().map(String::as_str).collect();
    form.set_all("films", &films);
}

fn keys(films: &str) -> BTreeSet<&str> {
    films.split(' ').collect()
}

#[test]
fn of_thousands_those_are_written_that_were_ticked_or_unticked() {
    let shop = crowded();
    let before = shop.database.run(FILMS_OF_2);
    let page = shop.http.open("/actor/2/edit");
    let inputs = page.attributes("form input", "name").len();
    assert!(inputs < 400, "{inputs} inputs");
    let count = keys(&before).len();
    assert!(
        count > 8_500
            && page
                .text("#f-films-linked")
                .contains(&format!("8,{} films", count - 8_000)),
        "{page}"
    );

    // One of the third page is taken away, one is found and added.
    let page = press(&shop, &page.form(), "_.next");
    let page = press(&shop, &page.form(), "_.next");
    assert!(
        page.text("#f-films-linked").contains("101 to 150"),
        "{page}"
    );
    let mut form = page.form();
    let gone = form.values("films")[7].to_owned();
    tick(&page, &mut form, &gone, false);
    let page = press(&shop, &form, "_.previous");
    assert!(page.text("#f-films-linked").contains("51 to 100"), "{page}");
    let mut form = page.form();
    assert!(!form.values("films").contains(&gone.as_str()), "{page}");
    assert!(!keys(&before).contains("1"));
    form.set("films.find", "academy");
    let page = press(&shop, &form, "_.find");
    let mut form = page.form();
    tick(&page, &mut form, "1", true);

    // Others link and unlink meanwhile.
    shop.database.run(
        "INSERT INTO film_actor (actor_id, film_id) VALUES (2, 2);
         DELETE FROM film_actor WHERE actor_id = 2 AND film_id = 18500",
    );

    // With a mistake elsewhere, the form comes back as it was sent.
    let name = form.value("first_name").expect("a name").to_owned();
    form.set("first_name", "");
    form.set("films.find", "");
    let page = shop.http.submit(&form);
    assert_eq!(page.status, 422, "{page}");
    let mut form = page.form();
    assert_eq!(
        page.attributes("[aria-labelledby=f-films-added] input", "value"),
        ["1"]
    );
    assert!(form.values("films").contains(&"1"), "{page}");
    let removed = "[aria-labelledby=f-films-removed] input[type=checkbox]";
    assert_eq!(page.attributes(removed, "value"), [gone.as_str()]);
    assert!(!form.values("films").contains(&gone.as_str()), "{page}");
    assert_eq!(
        shop.database.run(FILMS_OF_2).split(' ').count(),
        count,
        "nothing is written before it is saved"
    );

    form.set("first_name", &name);
    let saved = shop.http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    let mut expect = keys(&before);
    expect.remove("18500");
    expect.remove(gone.as_str());
    expect.extend(["1", "2"]);
    assert_eq!(keys(&shop.database.run(FILMS_OF_2)), expect);
}

#[test]
fn of_thousands_those_are_shown_that_are_searched_for() {
    let shop = crowded();
    let mut form = shop.http.open("/actor/2/edit").form();
    form.set("films.find", "12345");
    let page = press(&shop, &form, "_.find");
    let mut form = page.form();
    assert_eq!(form.values("films"), ["12345"], "{page}");
    tick(&page, &mut form, "12345", false);
    assert_eq!(shop.http.submit(&form).status, 303);
    let gone = "SELECT string_agg(film_id::text, ' ') FROM film
        WHERE film_id > 10000 AND film_id NOT IN (SELECT film_id FROM film_actor WHERE actor_id = 2)";
    assert_eq!(shop.database.run(gone), "12345");
}

#[test]
fn what_is_no_key_is_refused_beside_thousands() {
    let shop = crowded();
    let before = shop.database.run(FILMS_OF_2);
    for wrong in ["4711", "x", "1,2"] {
        for name in ["films", "films.shown"] {
            let form = shop.http.open("/actor/2/edit").form();
            let mut sent = form.sent();
            sent.push((name, wrong));
            let page = shop.http.post(&form.action, &sent);
            // A film that is not there is not linked: to take it away changes nothing.
            let expect = if (name, wrong) == ("films.shown", "4711") {
                303
            } else {
                422
            };
            assert_eq!(page.status, expect, "{name} {wrong}: {page}");
            assert_eq!(shop.database.run(FILMS_OF_2), before);
        }
    }
}

#[test]
fn what_a_row_is_linked_with_is_named_before_it_is_deleted() {
    let newsroom = Newsroom::start(&[]);
    newsroom.file.run_all(
        "INSERT INTO section (section_id, name) VALUES (1, 'Science');
         INSERT INTO article (article_id, section_id, title, slug, body)
         VALUES (1, 1, 'Umbels', 'umbels', '…'), (2, 1, 'Stems', 'stems', '…');
         INSERT INTO tag (tag_id, name) VALUES (1, 'Botany');
         INSERT INTO article_tag VALUES (1, 1), (2, 1)",
    );
    let effects = newsroom.http.open("/tag/1/delete").text(".effects");
    assert_eq!(
        effects.trim(),
        "2 articles will no longer be linked with it"
    );
}
