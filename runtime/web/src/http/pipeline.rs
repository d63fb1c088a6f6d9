//! What every request passes through, from the socket to the handler and back.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower::Layer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tracing::Instrument;
use umbel_data::error::Result;

use super::body::{self, Share};
use super::client::{self, Client};
use super::secure::secure;
use super::{App, Html, Problem, base, guard, head, is_own, page, redirect_with};
use crate::server::health::{self, Health};
use crate::server::{Connection, Phase};

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

/// How much longer a handler may take than it is given before its connection is ended from outside.
const GRACE: Duration = Duration::from_secs(1);

async fn answer(State(outer): State<Outer>, mut request: Request, next: Next) -> Response {
    let id = request_id();
    let start = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let span = tracing::info_span!("request", id);
    let config = &outer.app.config;
    let client = client::of(&mut request, config);
    let asked = Health::asked(&request, &outer.app.config.base);
    let mut response = match asked {
        Some(asked) => {
            let has_body = !request.body().is_end_stream();
            let mut response = outer.health(asked, &request).await;
            close_after(has_body, &mut response);
            response
        }
        None => {
            let answer = outer.led(&client, request, next, &id);
            let answer = page::within(config.limits, answer);
            answer.instrument(span.clone()).await
        }
    };
    let _entered = span.enter();
    secure(response.headers_mut());
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert("x-request-id", id);
    }
    let took = start.elapsed();
    let client = client.address.map(tracing::field::display);
    tracing::info!(%method, path = uri.path(), status = response.status().as_u16(), ?took, client);
    response
}

impl Outer {
    /// Whether the process runs, and whether it can do its work.
    fn health(&self, asked: Health, request: &Request) -> impl Future<Output = Response> + use<> {
        let (db, limit) = (self.app.db.clone(), self.app.config.timeouts.request);
        begin_work(request, limit);
        async move {
            match asked {
                Health::Alive => health::ALIVE.into_response(),
                // A database may also have been stopped in the middle, and say nothing.
                Health::Ready => match tokio::time::timeout(limit, db.ping()).await {
                    Ok(Ok(())) => "ready\n".into_response(),
                    Ok(Err(_)) | Err(_) => {
                        let status = StatusCode::SERVICE_UNAVAILABLE;
                        (status, "the database does not answer\n").into_response()
                    }
                },
                Health::Options => allowed(HeaderValue::from_static("GET,HEAD,OPTIONS")),
                Health::Otherwise => {
                    let allow = (header::ALLOW, HeaderValue::from_static("GET,HEAD"));
                    (StatusCode::METHOD_NOT_ALLOWED, [allow]).into_response()
                }
            }
        }
    }

    /// The page that was asked for, or that of the problem with it.
    async fn led(&self, client: &Client, request: Request, next: Next, id: &str) -> Response {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let base = &self.app.config.base;
        let has_body = !request.body().is_end_stream();
        let answer = self.guarded(client, request, next).await;
        let is_unread = has_body && (answer.is_err() || method.is_safe());
        let mut response = answer.unwrap_or_else(IntoResponse::into_response);
        if method == Method::OPTIONS {
            response = options(response);
        }
        let path = path.strip_prefix(base.as_str()).unwrap_or(&path);
        let is_led = method == Method::GET && self.app.saved.has_led_to(path);
        if let Some(problem) = problem(&mut response) {
            let problem = match is_led && problem.status == StatusCode::NOT_FOUND {
                true => Problem::saved(UNSEEN),
                false => problem,
            };
            response = self.page(problem, id, response.headers());
        }
        close_after(is_unread, &mut response);
        base::put(base, response).await
    }

    /// The handler's answer, if the request is let in.
    async fn guarded(
        &self,
        client: &Client,
        request: Request,
        next: Next,
    ) -> Result<Response, Problem> {
        let config = &self.app.config;
        head::check(request.uri(), request.headers(), config.limits)?;
        let host = guard::host(&request, client.host.as_deref(), &config.hosts)?;
        let public = config.url.as_ref().map(|url| url.authority.as_str());
        guard::origin(request.method(), request.headers(), &[Some(host), public])?;
        if request.method() == Method::OPTIONS && request.uri().path() == "*" {
            return Ok(allowed(HeaderValue::from_static("GET,HEAD,POST,OPTIONS")));
        }
        let request = base::take(&config.base, request)
            .ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))?;
        let (request, share) = body::read(&self.app, request).await?;
        begin_work(&request, config.timeouts.request);
        Ok(self.handled(request, share, next).await)
    }

    /// The handler's answer, if it neither hangs nor panics.
    async fn handled(&self, request: Request, share: Share, next: Next) -> Response {
        let handler = AssertUnwindSafe(next.run(request)).catch_unwind();
        let answer = tokio::time::timeout(self.app.config.timeouts.request, handler).await;
        drop(share);
        match answer {
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

/// Says that the connection ends with an answer to a request whose body was not read: the next request would be lost in it.
fn close_after(is_unread: bool, response: &mut Response) {
    if is_unread {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
}

/// From now on it is the application that takes its time, and no longer the client.
fn begin_work(request: &Request, limit: Duration) {
    if let Some(connection) = request.extensions().get::<Arc<Connection>>() {
        connection.enter(Phase::Work, limit + GRACE);
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

/// What an address can be asked, as the answer to a method that it does not know says it.
fn options(response: Response) -> Response {
    let allow = response.headers().get(header::ALLOW).cloned();
    match (response.status(), allow) {
        (StatusCode::METHOD_NOT_ALLOWED, Some(allow)) => {
            let methods = [allow.as_bytes(), b",OPTIONS"].concat();
            allowed(HeaderValue::from_bytes(&methods).unwrap_or(allow))
        }
        _ => response,
    }
}

fn allowed(methods: HeaderValue) -> Response {
    (StatusCode::NO_CONTENT, [(header::ALLOW, methods)]).into_response()
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

/// An id that no other request of this process has, nor one of the process before it.
fn request_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let start = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs());
    format!("{start:x}-{:x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests;
