//! What every request passes through, without a network.

use std::time::Duration;

use axum::body::Body;
use axum::routing::get;
use tower::ServiceExt;
use umbel_data::database::{Database, Options};
use umbel_data::error::Error;

use super::*;
use crate::config::{Config, Limits, Timeouts};
use crate::form;
use crate::http::{Form, Html, Result, routing};

#[derive(Debug, Default)]
struct Note(String, form::FormState);

const TITLE: form::Field = form::Field::new("title", "Title", form::Widget::Text);

impl form::Form for Note {
    const FIELDS: &'static [form::Field] = &[TITLE];

    fn inputs(&mut self) -> Vec<form::Input<'_>> {
        vec![form::Input::Text(&TITLE, &mut self.0)]
    }

    fn state(&mut self) -> &mut form::FormState {
        &mut self.1
    }
}

async fn boxed(headers: HeaderMap) -> Response {
    let host = headers.get(header::HOST).cloned();
    host.map_or(StatusCode::BAD_REQUEST.into_response(), |host| {
        axum::response::Html(host.as_bytes().to_vec()).into_response()
    })
}

async fn post_boxed(db: Database, Form(note): Form<Note>) -> Result<Html> {
    match note.0.as_str() {
        "ping" => db.ping().await.map(|()| axum::response::Html(note.0)),
        _ => Ok(axum::response::Html(note.0)),
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
    let routes = Router::new()
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
            get(async || "note").post(async |Form(note): Form<Note>| note.0),
        )
        .route("/boxed", routing::get(boxed))
        .route("/boxed", routing::post(post_boxed));
    layers(App::new(db, config), routes, |problem| {
        let text = format!("page of {}: {}", problem.status.as_u16(), problem.title);
        Ok(axum::response::Html(text))
    })
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
