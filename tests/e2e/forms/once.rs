//! A form that is sent twice does its work once.

use std::thread;

use umbel_tests::form::Form;
use umbel_tests::html::Page;
use umbel_tests::http::Client;
use umbel_tests::server::Server;

use super::Office;

fn new_paper(office: &Office) -> Form {
    let mut form = office.http.open("/paper/new").form();
    form.set("title", "Twice");
    form.set_all("topics", &["2"]);
    form
}

fn papers(office: &Office) -> String {
    office
        .rows
        .run("SELECT count(*) FROM paper WHERE title = 'Twice'")
}

/// Sends a form several times, without waiting for an answer.
fn send_at_once(office: &Office, form: &Form, times: usize) -> Vec<Page> {
    let url = office.server.url.as_str();
    thread::scope(|scope| {
        let clicks: Vec<_> = (0..times)
            .map(|_| scope.spawn(|| Client::new(url).submit(form)))
            .collect();
        let pages = clicks.into_iter().map(|click| click.join().unwrap());
        pages.collect()
    })
}

#[test]
fn two_clicks_make_one_row_and_both_lead_to_it() {
    for office in Office::both() {
        let form = new_paper(&office);
        let pages = send_at_once(&office, &form, 4);
        let first = &pages[0];
        assert_eq!(first.status, 303, "{first}");
        for page in &pages {
            assert_eq!(
                (page.status, &page.location),
                (303, &first.location),
                "{page}"
            );
        }
        assert_eq!(papers(&office), "1");
        // Later too: who goes back and sends it once more.
        assert_eq!(office.http.submit(&form).location, first.location);
        assert_eq!(papers(&office), "1");
    }
}

#[test]
fn who_hangs_up_to_click_again_makes_one_row() {
    for office in Office::both() {
        let form = new_paper(&office);
        let pairs = form.sent();
        let body: String = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}&", value.replace(' ', "+")))
            .collect();
        let host = office.server.url.trim_start_matches("http://");
        let request = format!(
            "POST /paper HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        for _ in 0..3 {
            use std::io::Write;
            let mut stream = std::net::TcpStream::connect(host).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
        }
        assert_eq!(office.http.submit(&form).status, 303);
        assert_eq!(papers(&office), "1");
    }
}

#[test]
fn a_form_that_was_refused_can_be_sent_again() {
    for office in Office::both() {
        let mut form = office.http.open("/topic/new").form();
        form.set("name", "Ice");
        office.rows.run("INSERT INTO topic (name) VALUES ('Ice')");
        assert_eq!(office.http.submit(&form).status, 422);
        office.rows.run("DELETE FROM topic WHERE name = 'Ice'");
        assert_eq!(office.http.submit(&form).status, 303);
    }
}

#[test]
fn the_same_words_in_another_form_are_another_row() {
    for office in Office::both() {
        for _ in 0..2 {
            assert_eq!(office.http.submit(&new_paper(&office)).status, 303);
        }
        // And what is typed anew into the form that was sent.
        let mut form = new_paper(&office);
        assert_eq!(office.http.submit(&form).status, 303);
        form.set("pages", "12");
        assert_eq!(office.http.submit(&form).status, 303);
        assert_eq!(papers(&office), "4");
    }
}

#[test]
fn a_row_is_changed_and_deleted_once() {
    for office in Office::both() {
        let mut form = office.http.open("/paper/2/edit").form();
        form.set("title", "Woods");
        form.set_all("topics", &["1", "3"]);
        for page in send_at_once(&office, &form, 3) {
            assert_eq!(
                (page.status, page.location.as_deref()),
                (303, Some("/paper/2"))
            );
        }
        let links = "SELECT count(*) FROM paper_topic WHERE paper_id = 2";
        assert_eq!(office.rows.run(links), "2");
        office
            .rows
            .run("DELETE FROM paper_topic WHERE paper_id = 2");
        let form = office.http.open("/paper/2/delete").form();
        assert_eq!(office.http.submit(&form).status, 303);
        assert_eq!(office.http.submit(&form).status, 404, "there is none left");
        assert_eq!(
            office.rows.run("SELECT count(*) FROM paper WHERE id = 2"),
            "0"
        );
    }
}

/// Another process does not know what this one has answered; it still does what it is asked.
#[test]
fn a_process_that_knows_nothing_of_a_form_answers_it() {
    for office in Office::both() {
        let form = new_paper(&office);
        let other = Server::start(&office.program, office.rows.url());
        let page = Client::new(&other.url).submit(&form);
        assert_eq!(page.status, 303, "{page}");
        assert_eq!(papers(&office), "1");
    }
}
