//! Who gets in where, without a network.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use tower::ServiceExt;
use umbel_data::actor::{Permission, Permissions, User};
use umbel_data::catalog::{Table, TableKind};
use umbel_data::database::{Database, Options};

use super::*;
use crate::config::Config;
use crate::http::{App, Identify, Result, Routes, Site, routing};
use crate::visit;

static FILM: Table = Table {
    kind: TableKind::Table,
    schema: "main",
    name: "film",
    path: "/film",
    title: "Films",
    singular: "film",
    indefinite: "a film",
    plural: "films",
    columns: &[],
    key: &[],
    label: &[],
    sort: "",
    relations: &[],
    referrers: &[],
    scope: None,
    constraints: &[],
};

/// Believes what a request says: `x-user: view add`.
#[derive(Debug)]
struct Believer;

impl Identify for Believer {
    fn identify<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<Actor, Problem>> {
        let mut permissions = Permissions::default();
        let said = request
            .headers()
            .get("x-user")
            .map(|said| said.to_str().unwrap().to_owned());
        for action in said.iter().flat_map(|said| said.split_whitespace()) {
            permissions.allow(Permission {
                schema: "main",
                table: "film",
                action,
            });
        }
        let user = |permissions| User {
            id: 1,
            login: "mary".to_owned(),
            name: String::new(),
            is_staff: false,
            permissions,
        };
        let actor = match said.as_deref() {
            None => Actor::Anonymous(Arc::new(permissions)),
            Some("false") => {
                return Box::pin(async { Err(Problem::of_status(StatusCode::UNAUTHORIZED)) });
            }
            Some(_) => Actor::User(Arc::new(user(permissions))),
        };
        Box::pin(async { Ok(actor) })
    }
}

fn routes(_: &App) -> Routes {
    let own = Router::new().route("/own", axum::routing::get(async || "own"));
    let open = Router::new().route("/open", axum::routing::get(async || "open"));
    Routes::new()
        .route("/", routing::get(offers))
        .merge(
            Routes::of(&FILM)
                .view("/film", routing::get(film))
                .add("/film", routing::post(film))
                .add("/film/new", routing::get(film))
                .change("/film/{key}/edit", routing::get(film))
                .delete("/film/{key}/delete", routing::get(film))
                .may_do("publish", "/film/{key}/publish", routing::post(film)),
        )
        .nest("/below", Routes::new().route("/page", routing::get(film)))
        .merge(own)
        .merge(Routes::from(open).public())
}

async fn film() -> Response {
    "film".into_response()
}

/// What somebody is offered.
async fn offers() -> Response {
    let paths = [
        "/",
        "/film",
        "/film/new",
        "/film/{key}/edit",
        "/film/{key}/delete",
        "/none",
    ];
    let open = paths.into_iter().filter(|path| visit::opens(path));
    open.collect::<Vec<_>>().join(" ").into_response()
}

static SITE: Site = Site {
    routes,
    ..Site::new("Films")
};

fn app() -> App {
    let url = match cfg!(feature = "postgres") {
        true => "postgres://nobody@127.0.0.1:1/none",
        false => "sqlite:/nowhere/none.db",
    };
    let db = Database::open(url, &Options::default()).unwrap();
    App::new(db, Config::default())
}

async fn ask(
    app: App,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> (u16, String, String) {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let Ok(response) = SITE.router(app).oneshot(request).await;
    let status = response.status().as_u16();
    let location = response.headers().get(header::LOCATION);
    let location = location
        .map_or("", |location| location.to_str().unwrap())
        .to_owned();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap();
    (status, location, String::from_utf8(body.into()).unwrap())
}

/// The status of each address, for somebody who may this.
async fn check(user: Option<&str>, expect: [u16; 10]) {
    let asked = [
        ("GET", "/"),
        ("GET", "/film"),
        ("POST", "/film"),
        ("GET", "/film/new"),
        ("GET", "/film/1/edit"),
        ("GET", "/film/1/delete"),
        ("POST", "/film/1/publish"),
        ("GET", "/below/page"),
        ("GET", "/own"),
        ("GET", "/open"),
    ];
    let headers: Vec<_> = user.map(|user| ("x-user", user)).into_iter().collect();
    for ((method, path), expect) in asked.into_iter().zip(expect) {
        let app = app().with_accounts(Arc::new(Believer));
        let (status, ..) = ask(app, method, path, &headers).await;
        assert_eq!(status, expect, "{user:?} {method} {path}");
    }
}

#[tokio::test]
async fn whom_an_address_is_for() {
    check(None, [303, 303, 401, 303, 303, 303, 401, 303, 303, 200]).await;
    check(Some(""), [200, 403, 403, 403, 403, 403, 403, 200, 200, 200]).await;
    check(
        Some("view"),
        [200, 200, 403, 403, 403, 403, 403, 200, 200, 200],
    )
    .await;
    check(
        Some("add"),
        [200, 403, 200, 200, 403, 403, 403, 200, 200, 200],
    )
    .await;
    // Who may change a row sees it.
    check(
        Some("change"),
        [200, 200, 403, 403, 200, 403, 403, 200, 200, 200],
    )
    .await;
    check(
        Some("delete"),
        [200, 403, 403, 403, 403, 200, 403, 200, 200, 200],
    )
    .await;
    check(
        Some("publish"),
        [200, 403, 403, 403, 403, 403, 200, 200, 200, 200],
    )
    .await;
    check(Some("false"), [401; 10]).await;
}

#[tokio::test]
async fn the_settings_open_pages_to_everyone() {
    let mut app = app().with_accounts(Arc::new(Believer));
    Arc::make_mut(&mut app.config).public = vec!["/".to_owned(), "/film/{key}/edit".to_owned()];
    assert_eq!(ask(app.clone(), "GET", "/", &[]).await.0, 200);
    assert_eq!(ask(app.clone(), "GET", "/film/1/edit", &[]).await.0, 200);
    assert_eq!(ask(app, "GET", "/film", &[]).await.0, 303);
}

#[tokio::test]
async fn without_accounts_all_is_for_the_owner() {
    for path in ["/", "/film", "/film/new", "/film/1/delete", "/own", "/open"] {
        assert_eq!(ask(app(), "GET", path, &[]).await.0, 200, "{path}");
    }
}

#[tokio::test]
async fn strangers_are_led_to_the_log_in_and_back() {
    let check = async |accept: &str, path: &str, expect: (u16, &str)| {
        let app = app().with_accounts(Arc::new(Believer));
        let (status, location, _) = ask(app, "GET", path, &[("accept", accept)]).await;
        assert_eq!((status, location.as_str()), expect, "{accept} {path}");
    };
    let to = "/login?next=%2Ffilm%3Fq%3Da%26b%3D%252F";
    check("text/html", "/film?q=a&b=%2F", (303, to)).await;
    check("*/*", "/film?q=a&b=%2F", (303, to)).await;
    check("application/json", "/film", (401, "")).await;
    check("text/plain", "/film", (401, "")).await;
    // There is nothing to be guessed from what is not there.
    check("text/html", "/none", (404, "")).await;
}

#[tokio::test]
async fn what_is_offered_is_what_opens() {
    let offered = async |user: &str| {
        let app = app().with_accounts(Arc::new(Believer));
        ask(app, "GET", "/", &[("x-user", user)]).await.2
    };
    assert_eq!(offered("").await, "/");
    assert_eq!(offered("view").await, "/ /film");
    assert_eq!(
        offered("add delete").await,
        "/ /film/new /film/{key}/delete"
    );
    let all = "/ /film /film/new /film/{key}/edit /film/{key}/delete";
    assert_eq!(ask(app(), "GET", "/", &[]).await.2, all);
}

#[test]
fn every_address_says_for_whom_it_is() {
    let routes = routes(&app());
    let lines: Vec<_> = routes
        .iter()
        .map(|route| {
            format!(
                "{:4} {} {}",
                route.method().unwrap_or("*"),
                route.path,
                route.access
            )
        })
        .collect();
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[0], "GET  / signed in");
    assert_eq!(lines[2], "POST /film add main.film");
    assert_eq!(lines[6], "POST /film/{key}/publish publish main.film");
    assert_eq!(lines[7], "GET  /below/page signed in");
}
