//! Every address of an application, for everybody there can be.

use umbel_tests::html::Page;
use umbel_tests::http::Client;

use super::{Place, signed_in};

/// An address, as `routes` says it.
#[derive(Debug)]
struct Route {
    method: String,
    path: String,
    /// `everyone`, `signed in`, `view public.account`
    access: String,
}

/// Everybody there can be, and what they may do with every table.
const WHO: &[(&str, &[&str])] = &[
    ("anonymous", &[]),
    ("nobody", &[]),
    ("staff", &[]),
    ("viewer", &["view"]),
    ("adder", &["add"]),
    // Who may change a row sees it.
    ("changer", &["view", "change"]),
    ("deleter", &["delete"]),
    ("editor", &["view", "add", "change"]),
    ("root", &["view", "add", "change", "delete"]),
];

fn routes(place: &Place) -> Vec<Route> {
    let lines = place.done(&["routes"]);
    let read = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some(Route {
            method: words.next()?,
            path: words.next()?,
            access: words.collect::<Vec<_>>().join(" "),
        })
    };
    lines.lines().filter_map(read).collect()
}

fn ask(client: &Client, route: &Route) -> Page {
    // There is no such row: who may ask for it is told so.
    let path = route.path.replace("{key}", "0");
    match route.method.as_str() {
        "GET" => client.get(&path),
        "POST" => client.post(&path, &[]),
        other => panic!("{other}"),
    }
}

#[test]
fn every_address_is_for_those_who_may() {
    let place = Place::with_root();
    place.user("staff", &["--staff"]);
    for (who, actions) in WHO
        .iter()
        .filter(|(who, _)| !["anonymous", "staff", "root"].contains(who))
    {
        place.user(who, &[]);
        let actions: Vec<&str> = match *who {
            "changer" => vec!["change"],
            _ => actions.to_vec(),
        };
        if !actions.is_empty() {
            place.permit(who, &actions.join(","), &["*"]);
        }
    }
    let routes = routes(&place);
    let of_tables = routes.iter().filter(|route| route.access.contains('.'));
    assert!(of_tables.count() > 60, "{routes:?}");
    let server = place.serve();
    let browsers = WHO.iter().map(|(who, _)| match *who {
        "anonymous" => Client::new(&server.url),
        who => signed_in(&server, who),
    });
    // Before anything fails, which they are not let do often.
    let browsers: Vec<Client> = browsers.collect();
    for ((who, actions), client) in WHO.iter().zip(&browsers) {
        // What changes who is signed in comes last.
        let (out, others): (Vec<_>, Vec<_>) =
            routes.iter().partition(|route| route.path == "/logout");
        for route in others.into_iter().chain(out) {
            let page = ask(client, route);
            let may = match route.access.as_str() {
                "everyone" => true,
                "signed in" => *who != "anonymous",
                access => actions.contains(&access.split(' ').next().unwrap()),
            };
            let to_log_in = page
                .location
                .as_ref()
                .is_some_and(|to| to.starts_with("/login?next="));
            let is_refused = [401, 403].contains(&page.status) || to_log_in;
            assert!(page.status < 500, "{who} {route:?}\n{page}");
            assert_eq!(is_refused, !may, "{who} {route:?}\n{page}");
            if is_refused {
                let expect = match (*who, route.method.as_str()) {
                    ("anonymous", "GET") => 303,
                    ("anonymous", _) => 401,
                    _ => 403,
                };
                assert_eq!(page.status, expect, "{who} {route:?}\n{page}");
            }
        }
    }
}

/// What the application answers, and is not in the list, would be guarded by nobody.
#[test]
fn the_list_of_addresses_has_those_of_accounts() {
    let place = Place::new();
    let routes = routes(&place);
    for path in [
        "/",
        "/login",
        "/logout",
        "/account",
        "/account/sessions",
        "/account/tokens",
    ] {
        assert!(
            routes.iter().any(|route| route.path == path),
            "{path} in {routes:?}"
        );
    }
}
