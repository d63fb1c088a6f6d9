//! What every request passes through, from the socket to the handler and back.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower::Layer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tracing::Instrument;

use super::{App, Html, Problem, guard, is_own, redirect_with};
use crate::Result;

/// Makes the page of a problem.
pub type ErrorPage = fn(Problem) -> Result<Html>;

/// The whole application: its routes, inside of what every page needs.
///
/// That is: `/healthz` and `/readyz`, the checks of host and origin, a time limit, error pages for
/// whatever goes wrong (a panic too), security headers, a request id in the log and compression.
pub fn layers(app: App, routes: Router<App>, error_page: ErrorPage) -> Router {
    let outer = Outer {
        app: app.clone(),
        error_page,
    };
    let layers = (
        CompressionLayer::new().quality(CompressionLevel::Fastest),
        from_fn_with_state(outer, answer),
    );
    // Around the router, where they stand once; its own layers are cloned with each route, for each request.
    Router::new().fallback_service(layers.layer(routes.fallback(fallback).with_state(app)))
}

/// What is said to whom a form has led to a row that is not to be seen.
const UNSEEN: &str = "what you have sent is saved, but it is not among the rows that are shown here: the condition of a view, a \
     policy of the database or a rule of this application leaves it out";

#[derive(Clone)]
struct Outer {
    app: App,
    error_page: ErrorPage,
}

async fn answer(State(outer): State<Outer>, request: Request, next: Next) -> Response {
    let id = request_id();
    let start = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let span = tracing::info_span!("request", id);
    let mut response = match outer.health(uri.path()).await {
        Some(response) => response,
        None => outer.guarded(request, next).instrument(span.clone()).await,
    };
    let _entered = span.enter();
    let is_led = method == Method::GET && outer.app.saved.has_led_to(uri.path());
    if let Some(problem) = problem(&mut response) {
        let problem = match is_led && problem.status == StatusCode::NOT_FOUND {
            true => Problem::saved(UNSEEN),
            false => problem,
        };
        response = outer.page(problem, &id, response.headers());
    }
    secure(response.headers_mut());
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert("x-request-id", id);
    }
    let took = start.elapsed();
    tracing::info!(%method, path = uri.path(), status = response.status().as_u16(), ?took);
    response
}

impl Outer {
    /// Whether the process runs, and whether it can do its work.
    async fn health(&self, path: &str) -> Option<Response> {
        match path {
            "/healthz" => Some("ok\n".into_response()),
            "/readyz" => Some(match self.app.db.ping().await {
                Ok(()) => "ready\n".into_response(),
                Err(_) => (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "the database does not answer\n",
                )
                    .into_response(),
            }),
            _ => None,
        }
    }

    /// The handler's answer, if the request is let in and the handler neither hangs nor panics.
    async fn guarded(&self, request: Request, next: Next) -> Response {
        let config = &self.app.config;
        let let_in = guard::host(request.uri(), request.headers(), &config.hosts)
            .and_then(|host| guard::origin(request.method(), request.headers(), host));
        if let Err(problem) = let_in {
            return problem.into_response();
        }
        let handler = AssertUnwindSafe(next.run(request)).catch_unwind();
        match tokio::time::timeout(config.timeout, handler).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => {
                tracing::error!("a handler panicked");
                Problem::panicked().into_response()
            }
            Err(_) => Problem::timed_out().into_response(),
        }
    }

    /// The application's page for a problem; plain words if even that fails.
    fn page(&self, mut problem: Problem, id: &str, headers: &HeaderMap) -> Response {
        let status = problem.status;
        problem.request_id = id.to_owned();
        let words = format!("{}\n\n{}\n", problem.title, problem.sentence);
        let page = std::panic::catch_unwind(AssertUnwindSafe(|| (self.error_page)(problem)));
        let mut response = match page {
            Ok(Ok(page)) => (status, page).into_response(),
            Ok(Err(_)) | Err(_) => (status, words).into_response(),
        };
        for name in [header::ALLOW, header::RETRY_AFTER] {
            if let Some(value) = headers.get(&name) {
                response.headers_mut().insert(name, value.clone());
            }
        }
        response
    }
}

/// The problem that a response is about; a bare status gets words.
fn problem(response: &mut Response) -> Option<Problem> {
    if let Some(problem) = response.extensions_mut().remove() {
        return Some(problem);
    }
    let status = response.status();
    let bare = response.body().size_hint().exact() == Some(0);
    let failed = status.is_client_error() || status.is_server_error();
    (failed && bare).then(|| Problem::of_status(status))
}

/// No such route: perhaps with a slash too many.
async fn fallback(method: Method, uri: Uri) -> Response {
    let path = uri.path();
    let shorter = path.trim_end_matches('/');
    if method.is_safe() && shorter.len() + 1 == path.len() && is_own(shorter) {
        let query = uri
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        return redirect_with(StatusCode::PERMANENT_REDIRECT, &format!("{shorter}{query}"));
    }
    Problem::of_status(StatusCode::NOT_FOUND).into_response()
}

/// Headers that keep other sites, and injected markup, from using a page.
fn secure(headers: &mut HeaderMap) {
    static HEADERS: [(HeaderName, HeaderValue); 7] = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
                 connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            ),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
    ];
    headers.reserve(HEADERS.len() + 1);
    for (name, value) in &HEADERS {
        headers.entry(name).or_insert_with(|| value.clone());
    }
}

/// An id that no other request of this process has, nor one of the process before it.
fn request_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let start = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs());
    format!("{start:x}-{:x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::config::Config;
    use crate::db::{Database, Options};
    use crate::form::Limits;
    use crate::web::{Form, Html, Result, routing};
    use crate::{Error, form};

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
        let db = Database::open(url, &Options::default()).unwrap();
        let config = Config {
            timeout: Duration::from_millis(50),
            limits: Limits {
                body: 64,
                fields: 4,
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
            .route("/gone", get(async || Error::NotFound))
            .route("/down", get(async |db: Database| db.ping().await))
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
}
