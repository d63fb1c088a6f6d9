//! What every request passes through, without a network.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::routing::get;
use tower::ServiceExt;
use umbel_data::database::{Database, Db, Options};
use umbel_data::error::Error;

use super::*;
use crate::config::{Config, Limits, Timeouts};
use crate::form::{self, Filled};
use crate::http::{Html, Problem, Result, Routes, Site, routing};

#[derive(Debug, Default, Clone)]
struct Note(String);

const TITLE: form::Field = form::Field::new("title", "Title", form::Widget::Text);

impl form::Form for Note {
    type New = ();

    const FIELDS: &'static [form::Field] = &[TITLE];

    fn inputs(&mut self) -> Vec<form::Input<'_>> {
        vec![form::Input::Text(&TITLE, &mut self.0)]
    }

    fn validate(&self, _: &mut form::Check<'_>) {}
}

async fn boxed(headers: HeaderMap) -> Response {
    let host = headers.get(header::HOST).cloned();
    host.map_or(StatusCode::BAD_REQUEST.into_response(), |host| {
        axum::response::Html(host.as_bytes().to_vec()).into_response()
    })
}

async fn post_boxed(db: Database, note: Filled<Note>) -> Result<Html> {
    match note.0.as_str() {
        "ping" => db
            .ping()
            .await
            .map(|()| axum::response::Html(note.0.clone())),
        _ => Ok(axum::response::Html(note.0.clone())),
    }
}

/// An application whose database is not there.
fn app() -> Router {
    let url = match cfg!(feature = "postgres") {
        true => "postgres://nobody@127.0.0.1:1/none",
        false => "sqlite:/nowhere/none.db",
    };
    app_over(url, &Options::default())
}

fn app_over(url: &str, options: &Options) -> Router {
    let db = Database::open(url, options).unwrap();
    let config = Config {
        timeouts: Timeouts {
            request: Duration::from_millis(50),
            ..Timeouts::default()
        },
        limits: Limits {
            body: 64,
            fields: 4,
            ..Limits::default()
        },
        ..Config::default()
    };
    SITE.router(App::new(db, config))
}

static SITE: Site = Site {
    routes,
    error_page: |problem| {
        let text = format!("page of {}: {}", problem.status.as_u16(), problem.title);
        Ok(axum::response::Html(text))
    },
    layers: |pipeline| {
        pipeline
            .before(
                Place::Host,
                "outer",
                async |request: Request, next: Next| noted("outer", next.run(request).await),
            )
            .after(
                Place::TimeLimit,
                "inner",
                async |request: Request, next: Next| noted("inner", next.run(request).await),
            )
    },
    ..Site::new("Notes")
};

/// The answer, with the name of a layer that it has passed.
fn noted(layer: &'static str, mut response: Response) -> Response {
    let passed = HeaderValue::from_static(layer);
    response.headers_mut().append("x-passed", passed);
    response
}

fn routes(_: &App) -> Routes {
    Routes::new()
        .route("/page", get(async || "page"))
        .route("/panic", get(async || -> String { panic!("on purpose") }))
        .route(
            "/slow",
            get(async || std::future::pending::<String>().await),
        )
        .route("/gone", get(async || Problem::from(Error::NotFound)))
        .route(
            "/down",
            get(async |db: Database| db.ping().await.map_err(Problem::from)),
        )
        .route(
            "/note",
            get(async || "note").post(async |note: Filled<Note>| note.0.clone()),
        )
        .route("/boxed", routing::get(boxed))
        .route("/boxed", routing::post(post_boxed))
        .route("/many", routing::get(many))
}

async fn many(a: HeaderMap, b: HeaderMap, c: HeaderMap, _: Database, _: Db) -> Response {
    let count = a.len() + b.len() + c.len();
    axum::response::Html(count.to_string()).into_response()
}

async fn ask(
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (Response, String) {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:8000");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let (parts, body) = app().oneshot(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, 100_000).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    (Response::from_parts(parts, Body::empty()), text)
}

async fn check(path: &str, status: u16, text: &str) -> Response {
    let (response, body) = ask(Method::GET, path, &[], "").await;
    assert_eq!(
        (response.status().as_u16(), body.as_str()),
        (status, text),
        "{path}"
    );
    response
}

#[tokio::test]
async fn whatever_goes_wrong_has_a_page() {
    check("/page", 200, "page").await;
    check("/gone", 404, "page of 404: Not found").await;
    check("/nowhere", 404, "page of 404: Not found").await;
    check("/panic", 500, "page of 500: Something went wrong").await;
    check("/slow", 504, "page of 504: This took too long").await;
    let down = check("/down", 503, "page of 503: The database cannot be reached").await;
    assert_eq!(down.headers()[header::RETRY_AFTER], "5");
}

#[tokio::test]
async fn a_wrong_method_has_a_page_and_names_the_right_ones() {
    let (response, body) = ask(Method::DELETE, "/note", &[], "").await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(body.starts_with("page of 405"));
    assert!(
        response.headers()[header::ALLOW]
            .to_str()
            .unwrap()
            .contains("POST")
    );
}

#[tokio::test]
async fn a_slash_too_many_is_taken_away() {
    let response = check("/page/?a=b", 308, "").await;
    assert_eq!(response.headers()[header::LOCATION], "/page?a=b");
    check("//evil.example/", 404, "page of 404: Not found").await;
}

#[tokio::test]
async fn health() {
    check("/healthz", 200, "ok\n").await;
    check("/readyz", 503, "the database does not answer\n").await;
    for path in ["/healthz", "/readyz"] {
        // An answer of success to CONNECT would make a tunnel of the connection.
        for (method, status) in [
            (Method::CONNECT, 405),
            (Method::POST, 405),
            (Method::OPTIONS, 204),
        ] {
            let (response, body) = ask(method, path, &[], "").await;
            assert_eq!((response.status().as_u16(), body.as_str()), (status, ""));
            assert!(response.headers().contains_key(header::ALLOW));
        }
    }
}

/// As one that was stopped in the middle of its work.
#[cfg(feature = "postgres")]
#[tokio::test]
async fn who_asks_for_a_database_that_says_nothing_is_answered() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://nobody@{}/none", silent.local_addr().unwrap());
    let options = Options {
        connect_timeout: Duration::from_secs(3600),
        ..Options::default()
    };
    let request = Request::builder().uri("/readyz").body(Body::empty());
    let response = app_over(&url, &options).oneshot(request.unwrap()).await;
    assert_eq!(response.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn every_answer_is_guarded() {
    for path in ["/page", "/nowhere", "/healthz"] {
        let (response, _) = ask(Method::GET, path, &[], "").await;
        let headers = response.headers();
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert!(headers.contains_key("x-request-id"));
    }
}

#[tokio::test]
async fn strangers_are_refused() {
    let (response, _) = ask(Method::GET, "/page", &[("host", "evil.example")], "").await;
    assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST);
    let forged = [("origin", "http://evil.example")];
    let (response, _) = ask(Method::POST, "/note", &forged, "title=x").await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn forms_have_limits() {
    const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
    for path in ["/note", "/boxed"] {
        let send = async |body: &str| ask(Method::POST, path, &[FORM], body).await;
        assert_eq!(send("title=A+B").await.1, "A B");
        assert_eq!(send("title=%ff").await.0.status(), StatusCode::BAD_REQUEST);
        assert_eq!(
            send("a&b&c&d&e").await.0.status(),
            StatusCode::PAYLOAD_TOO_LARGE
        );
        assert_eq!(
            send(&"a".repeat(65)).await.0.status(),
            StatusCode::PAYLOAD_TOO_LARGE
        );
    }
}

/// A client that is not told so sends its next request over a connection that is being closed.
#[tokio::test]
async fn what_is_not_read_ends_the_connection() {
    let check = async |method: Method, path: &str, body: &str, closes: bool| {
        let (response, _) = ask(method, path, &[], body).await;
        let said = response.headers().contains_key(header::CONNECTION);
        assert_eq!(said, closes, "{path} {body}");
    };
    let long = "a".repeat(65);
    check(Method::POST, "/note", "a", false).await;
    check(Method::POST, "/note", &long, true).await;
    check(Method::POST, "/healthz", "a", true).await;
    check(Method::GET, "/page", "a", true).await;
    check(Method::GET, "/page", "", false).await;
    check(Method::GET, "/nowhere", "", false).await;
}

#[tokio::test]
async fn boxed_handlers_answer_as_others_do() {
    check("/boxed", 200, "localhost:8000").await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let (response, _) = ask(Method::POST, "/boxed", &form, "title=ping").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let (response, _) = ask(Method::DELETE, "/boxed", &[], "").await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    let allow = response.headers()[header::ALLOW].to_str().unwrap();
    assert!(allow.contains("GET") && allow.contains("POST"));
}

#[tokio::test]
async fn a_handler_takes_up_to_five_arguments() {
    check("/many", 200, "3").await;
}

#[tokio::test]
async fn it_reads_as_it_is() {
    let url = match cfg!(feature = "postgres") {
        true => "postgres://nobody@127.0.0.1:1/none",
        false => "sqlite:/nowhere/none.db",
    };
    let app = App::new(
        Database::open(url, &Options::default()).unwrap(),
        Config::default(),
    );
    assert_eq!(
        SITE.pipeline(&app).to_string(),
        "compression → request id → proxy → log → security headers → health → problems → limits → outer → host → \
         origin → base path → actor → body → time limit → inner → routes"
    );
}

/// Where each stands is seen by what it still does, or does no more, when another one has answered.
#[tokio::test]
async fn each_layer_stands_in_its_place() {
    let passed = |response: &Response| -> Vec<String> {
        let passed = response.headers().get_all("x-passed").iter();
        passed
            .map(|name| name.to_str().unwrap().to_owned())
            .collect()
    };
    let page = check("/page", 200, "page").await;
    assert_eq!(passed(&page), ["inner", "outer"]);
    // Health is answered before the host is looked at, and before any layer of one's own.
    let strange = ("host", "evil.example");
    let (healthy, _) = ask(Method::GET, "/healthz", &[strange], "").await;
    assert_eq!(
        (healthy.status().as_u16(), passed(&healthy).len()),
        (200, 0)
    );
    assert!(
        healthy
            .headers()
            .contains_key(header::X_CONTENT_TYPE_OPTIONS)
    );
    // A strange host has a page, as every problem: the layer around it has passed on what that is about.
    let (refused, body) = ask(Method::GET, "/page", &[strange], "").await;
    assert_eq!(
        (refused.status().as_u16(), body.as_str()),
        (421, "page of 421: Wrong host")
    );
    // The host is asked before the origin, the origin before the body.
    let forged = ("origin", "http://evil.example");
    let both = [strange, forged];
    assert_eq!(
        ask(Method::POST, "/note", &both, "")
            .await
            .0
            .status()
            .as_u16(),
        421
    );
    let long = "a".repeat(65);
    assert_eq!(
        ask(Method::POST, "/note", &[forged], &long)
            .await
            .0
            .status()
            .as_u16(),
        403
    );
    // Limits come before the host.
    let long = "a".repeat(40_000);
    let (limited, _) = ask(
        Method::GET,
        "/page",
        &[("x-long", long.as_str()), strange],
        "",
    )
    .await;
    assert_eq!(limited.status().as_u16(), 431);
    // What a handler does is within the time limit; what is said of it is compressed, and has a number.
    let request = Request::builder().uri("/slow").header("host", "localhost");
    let request = request
        .header("accept-encoding", "gzip")
        .body(Body::empty());
    let slow = app().oneshot(request.unwrap()).await.unwrap();
    assert_eq!(slow.status(), StatusCode::GATEWAY_TIMEOUT);
    assert!(slow.headers().contains_key("x-request-id"));
}

#[tokio::test]
async fn a_problem_is_answered_as_it_was_asked_for() {
    let asked = async |accept: &str| ask(Method::GET, "/gone", &[("accept", accept)], "").await;
    let (json, body) = asked("application/json").await;
    assert_eq!(json.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        json.headers()[header::CONTENT_TYPE],
        "application/problem+json"
    );
    assert_eq!(json.headers()[header::VARY], "accept");
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (&body["status"], &body["title"]),
        (&404.into(), &"Not found".into())
    );
    let id = json.headers()["x-request-id"].to_str().unwrap();
    assert_eq!(body["request_id"], id);
    let (text, body) = asked("text/plain").await;
    assert_eq!(
        text.headers()[header::CONTENT_TYPE],
        "text/plain; charset=utf-8"
    );
    assert!(body.starts_with("Not found\n\n"), "{body}");
    assert_eq!(asked("text/html").await.1, "page of 404: Not found");
    let (down, _) = ask(Method::GET, "/down", &[("accept", "application/json")], "").await;
    assert_eq!(down.headers()[header::RETRY_AFTER], "5");
}
