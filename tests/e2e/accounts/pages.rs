//! What pages show to whom.

use umbel_tests::http::Client;

use super::{Place, form, signed_in};

/// With a row that refers to others.
fn filled() -> Place {
    let place = Place::with_root();
    let lamp = "INSERT INTO sales.\"order\" (title, buyer_id, seller_id) VALUES ('Lamp', 1, 1)";
    place.database.run(lamp);
    place
}

#[test]
fn nothing_is_shown_that_may_not_be_seen() {
    let place = filled();
    place.user("clerk", &[]);
    place.permit("clerk", "view", &["sales.order"]);
    let server = place.serve();
    let clerk = signed_in(&server, "clerk");
    let list = clerk.open("/sales/order");
    assert!(list.html.contains("Lamp"), "{list}");
    for hidden in [
        "The shop",
        "/sales/party",
        "/public/party",
        "/sales/order/new",
    ] {
        assert!(
            !list.html.contains(&format!("{hidden}\"")),
            "{hidden} in {list}"
        );
    }
    let row = clerk.open("/sales/order/1");
    for hidden in [
        "The shop",
        "Ada",
        "/sales/order/1/edit",
        "/sales/order/1/delete",
    ] {
        assert!(!row.html.contains(hidden), "{hidden} in {row}");
    }
    let home = clerk.open("/");
    assert!(home.html.contains("href=\"/sales/order\""), "{home}");
    assert!(!home.html.contains("href=\"/public/party\""), "{home}");
    // A filter by what another table holds tells nothing of it.
    let found = clerk.open("/sales/order?q=shop");
    assert!(!found.html.contains("Lamp"), "{found}");

    let root = signed_in(&server, "root");
    let row = root.open("/sales/order/1");
    for shown in ["The shop", "/sales/order/1/edit", "/sales/order/1/delete"] {
        assert!(row.html.contains(shown), "{shown} in {row}");
    }
}

#[test]
fn what_one_may_do_is_done_in_the_database() {
    let place = filled();
    place.user("clerk", &[]);
    place.permit("clerk", "view,add", &["public.party"]);
    let server = place.serve();
    let clerk = signed_in(&server, "clerk");
    let new = form(&clerk.open("/public/party/new"), &[("name", "Cleo")]);
    assert_eq!(clerk.submit(&new).status, 303);
    let refused = clerk.post("/public/party/1/edit", &[("name", "Eve")]);
    assert_eq!(refused.status, 403, "{refused}");
    let refused = clerk.post("/public/party/3/delete", &[]);
    assert_eq!(refused.status, 403, "{refused}");
    let names = place
        .database
        .run("SELECT string_agg(name, ' ' ORDER BY party_id) FROM party");
    assert_eq!(names, "Ada Bob Cleo");
}

#[test]
fn who_signs_out_is_out_everywhere_at_once() {
    let place = filled();
    let server = place.serve();
    let here = signed_in(&server, "root");
    let there = signed_in(&server, "root");
    assert_eq!(here.get("/public/party").status, 200);
    assert_eq!(here.post("/logout", &[]).status, 303);
    assert_eq!(here.get("/public/party").status, 303);
    assert_eq!(there.get("/public/party").status, 200);
    // By another process, and by the very next request.
    place.done(&["changepassword", "root", "--password-stdin"]);
    assert_eq!(there.get("/public/party").status, 303);
}

#[test]
fn a_token_is_for_programs() {
    let place = filled();
    place.user("robot", &[]);
    place.permit("robot", "view", &["public.party"]);
    let token = place.done(&["token", "robot", "--name", "nightly"]);
    let server = place.serve();
    let asked = |token: &str, path: &str| {
        let url = server.url.trim_start_matches("http://");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {url}\r\nAccept: application/json\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        );
        Client::new(&server.url).send_raw(request.as_bytes())
    };
    let token = token.trim();
    assert_eq!(asked(token, "/public/party"), Some(200));
    assert_eq!(asked(token, "/sales/party"), Some(403));
    assert_eq!(asked(&format!("{token}x"), "/public/party"), Some(401));
    assert_eq!(asked("", "/public/party"), Some(401));
    place
        .database
        .run("UPDATE umbel.token SET expires_at = now() - interval '1 second'");
    assert_eq!(asked(token, "/public/party"), Some(401));
}
