//! Headings of a list as a person words them.

use std::fs;

use umbel_tests::app::App;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;

#[test]
fn a_heading_changed_in_a_list_is_what_people_see() {
    let file = File::with(
        "CREATE TABLE boat (boat_id INTEGER PRIMARY KEY, name TEXT NOT NULL, berth TEXT, length REAL);
         INSERT INTO boat (name, berth, length) VALUES ('Ida', 'B7', 9.5)",
    );
    let app = App::fresh("headings", &file.url);
    let list = app.folder.join("templates/boat/list.html");
    let text = fs::read_to_string(&list).unwrap();
    let text = text
        .replace("\"Name\"", "\"Ship &amp; crew\"")
        .replace("\"Berth\"", "\"Where <abbr title='she'>she</abbr> lies\"");
    fs::write(&list, text).unwrap();
    let server = Server::start(&app.build(), &file.url);
    let http = Client::new(&server.url);
    let page = http.open("/boat");
    let headings = ["Ship & crew", "Where she lies", "Length", "Boat ID"];
    assert_eq!(page.texts("thead th"), headings, "{page}");
    // A heading that sorts does so still, and says how.
    let sorted = http.open("/boat?sort=berth");
    assert_eq!(
        sorted.texts("thead th[aria-sort=ascending]"),
        ["Where she lies"]
    );
    assert_eq!(
        page.texts("tbody tr th, tbody tr td"),
        ["Ida", "B7", "9.5", "1"]
    );
}
