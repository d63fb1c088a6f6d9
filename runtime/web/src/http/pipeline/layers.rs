//! The layers of the runtime, but for what answers problems; their order is that of the pipeline.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower::{Layer, ServiceExt, service_fn};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tracing::Instrument;
use umbel_data::actor::Actor;

use super::Next;
use super::problems::{self, BodyRead};
use crate::http::secure::secure;
use crate::http::{App, Client, Problem, base, body as bodies, client, files, guard, head};
use crate::server::health::{self, Health};
use crate::server::{Connection, Phase};
use crate::visit::{Answering, Openings, Visit};

/// How much longer a handler may take than it is given before its connection is ended from outside.
const GRACE: Duration = Duration::from_secs(1);

pub(super) async fn compression(_: Arc<App>, request: Request, next: Next) -> impl IntoResponse {
    let within = service_fn(move |request| {
        let answer = next.clone().run(request);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    let layer = CompressionLayer::new().quality(CompressionLevel::Fastest);
    let Ok(response) = layer.layer(within).oneshot(request).await;
    response.map(axum::body::Body::new)
}

/// The number of a request in the log.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub(super) Arc<str>);

impl RequestId {
    /// One that no other request of this process has, nor one of the process before it.
    fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let start = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |elapsed| elapsed.as_secs());
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(format!("{start:x}-{number:x}").into())
    }

    pub(super) fn of(request: &Request) -> Arc<str> {
        let id = request.extensions().get::<Self>();
        id.map_or_else(|| Arc::from(""), |id| Arc::clone(&id.0))
    }
}

pub(super) async fn request_id(_: Arc<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    let header = HeaderValue::try_from(&*id.0);
    request.extensions_mut().insert(id);
    let mut response = next.run(request).await;
    if let Ok(header) = header {
        response.headers_mut().insert("x-request-id", header);
    }
    response
}

pub(super) async fn proxy(app: Arc<App>, mut request: Request, next: Next) -> Response {
    client::of(&mut request, &app.config);
    next.run(request).await
}

pub(super) async fn log(_: Arc<App>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let client = request.extensions().get::<Client>();
    let address = client.and_then(|client| client.address);
    let span = tracing::info_span!("request", id = &*RequestId::of(&request));
    let response = next.run(request).instrument(span.clone()).await;
    let _entered = span.enter();
    let took = start.elapsed();
    let client = address.map(tracing::field::display);
    tracing::info!(%method, path = uri.path(), status = response.status().as_u16(), ?took, client);
    response
}

pub(super) async fn security_headers(app: Arc<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_secure = app.config.url.as_ref().is_some_and(|url| url.is_secure);
    secure(response.headers_mut(), is_secure);
    response
}

/// Whether the process runs, and whether it can do its work.
pub(super) async fn health(app: Arc<App>, request: Request, next: Next) -> Response {
    let Some(asked) = Health::asked(&request, &app.config.base) else {
        return next.run(request).await;
    };
    let has_body = problems::has_body(&request);
    let limit = app.config.timeouts.request;
    begin_work(&request, limit);
    let mut response = match asked {
        Health::Alive => health::ALIVE.into_response(),
        // A database may also have been stopped in the middle, and say nothing.
        Health::Ready => match tokio::time::timeout(limit, app.db.ping()).await {
            Ok(Ok(())) => "ready\n".into_response(),
            Ok(Err(_)) | Err(_) => {
                let status = StatusCode::SERVICE_UNAVAILABLE;
                (status, "the database does not answer\n").into_response()
            }
        },
        Health::Options => problems::allowed(HeaderValue::from_static("GET,HEAD,OPTIONS")),
        Health::Otherwise => {
            let allow = (header::ALLOW, HeaderValue::from_static("GET,HEAD"));
            (StatusCode::METHOD_NOT_ALLOWED, [allow]).into_response()
        }
    };
    problems::close_after(has_body, &mut response);
    response
}

pub(super) async fn limits(
    app: Arc<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    head::check(request.uri(), request.headers(), app.config.limits)?;
    Ok(next.run(request).await)
}

/// The host that the request is for.
#[derive(Debug, Clone)]
struct Host(String);

pub(super) async fn host(
    app: Arc<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let client = request.extensions().get::<Client>();
    let forwarded = client.and_then(|client| client.host.as_deref());
    let host = guard::host(&request, forwarded, &app.config.hosts)?;
    let host = Host(host.to_owned());
    request.extensions_mut().insert(host);
    Ok(next.run(request).await)
}

pub(super) async fn origin(
    app: Arc<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let host = request.extensions().get::<Host>();
    let host = host.map(|host| host.0.as_str());
    let public = app.config.url.as_ref().map(|url| url.authority.as_str());
    let (method, headers) = (request.method(), request.headers());
    guard::origin(method, headers, &[host, public], &app.config.origins)?;
    Ok(next.run(request).await)
}

pub(super) async fn base_path(
    app: Arc<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if request.method() == Method::OPTIONS && request.uri().path() == "*" {
        let all = HeaderValue::from_static("GET,HEAD,POST,OPTIONS");
        return Ok(problems::allowed(all));
    }
    let base = &app.config.base;
    let request = base::take(base, request);
    let request = request.ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))?;
    Ok(base::put(base, next.run(request).await).await)
}

pub(super) async fn actor(
    app: Arc<App>,
    openings: Openings,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(accounts) = &app.accounts else {
        request.extensions_mut().insert(Actor::Owner);
        return next.run(request).await;
    };
    // Files are for everyone.
    let actor = match files::is_file(request.uri().path()) {
        true => Actor::nobody(),
        false => match accounts.identify(&mut request).await {
            Ok(actor) => actor,
            Err(problem) => return unidentified(problem),
        },
    };
    request.extensions_mut().insert(actor.clone());
    Answering::visited(Visit { actor, openings });
    next.run(request).await
}

/// What is said to whoever shows what is no proof.
fn unidentified(problem: Problem) -> Response {
    let is_refused = problem.status == StatusCode::UNAUTHORIZED;
    let mut response = problem.into_response();
    if is_refused {
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        let headers = response.headers_mut();
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

pub(super) async fn body(app: Arc<App>, request: Request, next: Next) -> Result<Response, Problem> {
    let (request, share) = bodies::read(&app, request).await?;
    BodyRead::note(&request);
    begin_work(&request, app.config.timeouts.request);
    let response = next.run(request).await;
    drop(share);
    Ok(response)
}

pub(super) async fn time_limit(app: Arc<App>, request: Request, next: Next) -> Response {
    let handler = AssertUnwindSafe(next.run(request)).catch_unwind();
    let answer = tokio::time::timeout(app.config.timeouts.request, handler).await;
    match answer {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!("a handler panicked");
            Problem::panicked().into_response()
        }
        Err(_) => Problem::timed_out().into_response(),
    }
}

/// From now on it is the application that takes its time, and no longer the client.
fn begin_work(request: &Request, limit: Duration) {
    if let Some(connection) = request.extensions().get::<Arc<Connection>>() {
        connection.enter(Phase::Work, limit + GRACE);
    }
}
