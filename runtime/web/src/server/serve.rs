//! Serves one connection: hyper reads its requests, and the application answers them.

use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::{mpsc, watch};
use tower::Service;

use super::connection::{Connection, Peer, Phase};
use super::open::{Open, Seat};
use super::stream::{Stream, UNLIMITED};
use super::{health, refusal};
use crate::config::{Config, Timeouts};

/// How much longer the server waits for what the application ends by itself, with a page.
const GRACE: Duration = Duration::from_secs(1);
/// What a head may have more than its limits before it is refused without a page.
const MORE: usize = 64 * 1024;
/// How many headers a request may have.
const HEADERS: usize = 200;

/// What every connection is served with.
#[derive(Clone)]
pub(super) struct Serving {
    router: Router,
    http: http1::Builder,
    pub(super) timeouts: Timeouts,
    base: Arc<str>,
    pub(super) open: Arc<Open>,
    is_stopping: watch::Receiver<bool>,
    /// Closed when no connection has it any more.
    _open_until: mpsc::Sender<()>,
}

impl Serving {
    pub(super) fn new(
        router: Router,
        config: &Config,
        open: Arc<Open>,
        is_stopping: watch::Receiver<bool>,
        open_until: mpsc::Sender<()>,
    ) -> Self {
        let mut http = http1::Builder::new();
        let head = config.limits.url.saturating_add(config.limits.headers);
        http.max_headers(HEADERS)
            .max_buf_size(head.saturating_add(MORE));
        Self {
            router,
            http,
            timeouts: config.timeouts,
            base: Arc::from(config.base.as_str()),
            open,
            is_stopping,
            _open_until: open_until,
        }
    }

    /// Serves a connection as everyone is.
    pub(super) async fn serve(self, seat: Seat) {
        let peer = seat.socket.peer_addr();
        let connection = Arc::clone(&seat.connection);
        let (router, timeouts) = (self.router.clone(), self.timeouts);
        let service = service_fn(move |request: Request<Incoming>| {
            connection.begin(timeouts.body + GRACE);
            let mut request = request.map(Body::new);
            let extensions = request.extensions_mut();
            extensions.insert(Arc::clone(&connection));
            if let Ok(addr) = &peer {
                extensions.insert(Peer(*addr));
            }
            let answer = router.clone().call(request);
            let connection = Arc::clone(&connection);
            async move {
                let Ok(response) = answer.await;
                connection.enter(Phase::Answer, UNLIMITED);
                Ok::<_, Infallible>(response.map(|body| Answer { body, connection }))
            }
        });
        let io = TokioIo::new(Stream::new(&seat, timeouts));
        let served = self.http.serve_connection(io, service);
        let mut served = pin!(served.with_upgrades());
        tokio::select! {
            // How a client goes is its own affair.
            _ = served.as_mut() => {}
            () = is_true(self.is_stopping.clone()) => {
                served.as_mut().graceful_shutdown();
                let _ = served.await;
            }
        }
    }

    /// Tells a connection for which there is no place whether the server runs.
    pub(super) async fn refuse(self, seat: Seat) {
        let connection = Arc::clone(&seat.connection);
        let timeouts = self.timeouts;
        let service = service_fn(move |request: Request<Incoming>| {
            connection.begin(timeouts.body + GRACE);
            let response = self.spare(request.uri().path());
            connection.enter(Phase::Answer, UNLIMITED);
            let connection = Arc::clone(&connection);
            async move { Ok::<_, Infallible>(response.map(|body| Answer { body, connection })) }
        });
        let io = TokioIo::new(Stream::new(&seat, timeouts));
        let mut http = http1::Builder::new();
        let _ = http.keep_alive(false).serve_connection(io, service).await;
    }

    fn spare(&self, path: &str) -> Response {
        match (health::is_alive(path, &self.base), self.open.is_stuck()) {
            (true, false) => health::ALIVE.into_response(),
            (true, true) => (StatusCode::SERVICE_UNAVAILABLE, health::STUCK).into_response(),
            (false, _) => {
                let page = axum::response::Html(refusal::FULL.page());
                let retry = (header::RETRY_AFTER, HeaderValue::from_static("5"));
                (StatusCode::SERVICE_UNAVAILABLE, [retry], page).into_response()
            }
        }
    }
}

/// Waits until something is so.
pub(super) async fn is_true(mut value: watch::Receiver<bool>) {
    // Who could say so may be gone: then the server has stopped.
    let _ = value.wait_for(|value| *value).await;
}

/// The body of an answer, which says when it has been handed over as a whole.
struct Answer {
    body: Body,
    connection: Arc<Connection>,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.connection.answered();
    }
}
