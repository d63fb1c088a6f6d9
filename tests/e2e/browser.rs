//! A person with a browser: adds a film, edits it with a wrong value first, deletes it.

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use umbel_tests::browser::Browser;

use crate::shop::Shop;

#[tokio::test]
async fn film_is_added_edited_and_deleted() {
    let shop = Shop::open();
    let browser = Browser::start().await;
    let page = &browser.client;

    page.goto(&format!("{}/film", shop.server.url))
        .await
        .unwrap();
    click(page, "Add a film").await;
    fill_in(page, "Title", "BRAZIL").await;
    choose(page, "Language", "English").await;
    fill_in(page, "Release year", "1985").await;
    press(page, "Add the film").await;
    assert_heading(page, "BRAZIL").await;
    assert_eq!(film(&shop), "BRAZIL|1985|English|3");

    click(page, "Edit").await;
    fill_in(page, "Release year", "1850").await;
    press(page, "Save").await;
    assert_heading(page, "BRAZIL").await;
    assert_eq!(
        film(&shop),
        "BRAZIL|1985|English|3",
        "the browser itself knows the rule"
    );

    // A person whose browser checks nothing.
    page.execute(
        "document.querySelector('main form[method=post]').noValidate = true",
        vec![],
    )
    .await
    .unwrap();
    press(page, "Save").await;
    let error = find(page, "[aria-invalid=true]").await;
    assert_eq!(
        error.attr("name").await.unwrap().as_deref(),
        Some("release_year")
    );
    assert_eq!(
        error.prop("value").await.unwrap().as_deref(),
        Some("1850"),
        "what was typed is kept"
    );
    fill_in(page, "Release year", "1986").await;
    press(page, "Save").await;
    // The form bears the same heading: only the page of the film leads to it.
    find(page, "main a[href$='/edit']").await;
    assert_heading(page, "BRAZIL").await;
    assert_eq!(film(&shop), "BRAZIL|1986|English|3");

    click(page, "Delete").await;
    press(page, "Delete the film").await;
    assert_heading(page, "Films").await;
    assert_eq!(film(&shop), "");
}

#[tokio::test]
async fn pages_fit_a_phone() {
    let shop = Shop::open();
    let browser = Browser::start().await;
    let page = &browser.client;
    page.set_window_size(500, 800).await.unwrap();
    for path in ["/", "/film", "/film/1", "/film/1/edit", "/film_actor/1,23"] {
        page.goto(&format!("{}{path}", shop.server.url))
            .await
            .unwrap();
        let overflow =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let overflow = page.execute(overflow, vec![]).await.unwrap();
        assert_eq!(overflow.as_i64(), Some(0), "{path} scrolls sideways");
    }
}

/// The film of this test, as the database has it.
fn film(shop: &Shop) -> String {
    shop.database.run(
        "SELECT title, release_year, trim(name), rental_duration
         FROM film JOIN language USING (language_id)
         WHERE title = 'BRAZIL'",
    )
}

pub(crate) async fn find(page: &Client, selector: &str) -> Element {
    page.wait()
        .for_element(Locator::Css(selector))
        .await
        .unwrap()
}

/// Follows the link of these words.
pub(crate) async fn click(page: &Client, words: &str) {
    let link = format!("//main//a[contains(normalize-space(.), '{words}')]");
    page.wait()
        .for_element(Locator::XPath(&link))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
}

/// The control that a label of these words names.
async fn control(page: &Client, label: &str) -> Element {
    let label = format!("//label[starts-with(normalize-space(.), '{label}')]");
    let label = page
        .wait()
        .for_element(Locator::XPath(&label))
        .await
        .unwrap();
    let id = label
        .attr("for")
        .await
        .unwrap()
        .expect("a label names its control");
    page.find(Locator::Id(&id)).await.unwrap()
}

pub(crate) async fn fill_in(page: &Client, label: &str, text: &str) {
    let control = control(page, label).await;
    control.clear().await.unwrap();
    control.send_keys(text).await.unwrap();
}

pub(crate) async fn choose(page: &Client, label: &str, option: &str) {
    control(page, label)
        .await
        .select_by_label(option)
        .await
        .unwrap();
}

/// Presses the button of these words.
pub(crate) async fn press(page: &Client, words: &str) {
    let button = format!("//main//button[normalize-space(.)='{words}' and not(@aria-hidden)]");
    page.wait()
        .for_element(Locator::XPath(&button))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
}

pub(crate) async fn assert_heading(page: &Client, words: &str) {
    let heading = format!("//h1[contains(normalize-space(.), '{words}')]");
    let found = page.wait().for_element(Locator::XPath(&heading)).await;
    assert!(
        found.is_ok(),
        "the heading {words:?}: {:?} {}",
        found.err(),
        page.source().await.unwrap()
    );
}
