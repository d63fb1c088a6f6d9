//! How an application starts: for its local owner, for its accounts, or not at all.

use std::time::Duration;

use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::{process, wait};

use super::{PASSWORD, Place, form, signed_in};

#[test]
fn without_accounts_the_local_owner_is_served_and_told_so() {
    let place = Place::new();
    let server = place.serve();
    wait::until("the owner is told so", Duration::from_secs(10), || {
        server.log().contains("createuser").then_some(())
    });
    let page = Client::new(&server.url).open("/public/party/new");
    assert!(
        page.html.contains("class=\"visitor\">No accounts"),
        "{page}"
    );
    let new = form(&page, &[("name", "Ada")]);
    assert_eq!(Client::new(&server.url).submit(&new).status, 303);
}

#[test]
fn with_accounts_strangers_are_asked_who_they_are() {
    let place = Place::with_root();
    let server = place.serve();
    let stranger = Client::new(&server.url);
    let page = stranger.get("/public/party?sort=name");
    assert_eq!(page.status, 303, "{page}");
    let log_in = page.location.clone().unwrap();
    assert_eq!(log_in, "/login?next=%2Fpublic%2Fparty%3Fsort%3Dname");
    let who = [("login", "root"), ("password", PASSWORD)];
    let page = stranger.submit(&form(&stranger.open(&log_in), &who));
    assert_eq!(page.location.as_deref(), Some("/public/party?sort=name"));
    assert!(stranger.follow(&page).html.contains(">root</a>"));
}

#[test]
fn beyond_this_machine_all_that_is_missing_is_said() {
    let place = Place::new();
    let serve = |settings: &[(&str, &str)]| {
        let addrs = ["--addr", "127.0.0.1:0", "--addr", "0.0.0.0:0"];
        let mut command = place.command(&[&["serve"], &addrs[..]].concat());
        command.envs(settings.iter().copied());
        command
    };
    let refused = |settings: &[(&str, &str)], missing: &[&str], said: &[&str]| {
        let finished = process::finish(&mut serve(settings));
        assert_eq!(finished.code, Some(1), "{finished}");
        for word in missing {
            assert!(finished.stderr.contains(word), "{word} in {finished}");
        }
        for word in said {
            assert!(!finished.stderr.contains(word), "{word} in {finished}");
        }
    };
    let [key, hosts, migrate, user] = ["SECRET_KEY", "hosts", "migrate", "createuser"];
    refused(&[], &[key, hosts, migrate, user], &[]);
    let secret = ("SECRET_KEY", "0b6f3c1e9d7a48529f00c4d1e8a7b3625d4e9f10aa77");
    let named = ("UMBEL_SERVER_HOSTS", "shop.example");
    refused(&[secret, named], &[migrate, user], &[key, hosts]);
    place.done(&["migrate"]);
    refused(&[secret, named], &[user], &[key, hosts, "migrate`"]);
    place.user("root", &["--superuser"]);
    refused(&[secret], &[hosts], &[key, user]);
    refused(&[named], &[key], &[user]);
    let server = Server::run(serve(&[secret, named]));
    assert_eq!(Client::new(&server.url).get("/public/party").status, 303);
}

#[test]
fn who_signs_in_is_the_same_after_a_restart() {
    let place = Place::with_root();
    let first = place.serve();
    let root = signed_in(&first, "root");
    assert_eq!(root.get("/account").status, 200);
    let second = place.serve();
    let there = root.at(&second.url);
    assert_eq!(there.get("/account").status, 200);
    assert_eq!(there.post("/logout", &[]).status, 303);
    assert_eq!(root.get("/account").status, 303);
}
