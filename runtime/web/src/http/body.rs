//! Reads the body of a request before its handler begins: within its limits, its time, and those of all bodies together.

use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::future::poll_fn;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};
use umbel_data::error::Error;

use super::{App, Problem};

/// The bytes of all bodies that are in memory.
#[derive(Debug)]
pub(super) struct Bodies(Arc<Semaphore>);

/// The share of a body, given back when it is dropped.
pub(super) type Share = Option<OwnedSemaphorePermit>;

impl Bodies {
    /// So many may be in memory at once.
    pub(super) fn new(most: usize) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        Self(Arc::new(Semaphore::new(most)))
    }

    fn take(&self, bytes: usize) -> Result<Share, Problem> {
        let bytes = u32::try_from(bytes).map_err(|_| busy())?;
        let permits = Arc::clone(&self.0).try_acquire_many_owned(bytes);
        permits.map(Some).map_err(|_| busy())
    }
}

/// The same request with its body in memory. A request that changes nothing keeps its body, which nobody reads.
pub(super) async fn read(app: &App, request: Request) -> Result<(Request, Share), Problem> {
    if request.method().is_safe() {
        return Ok((request, None));
    }
    let most = app.config.limits.body;
    let (parts, mut body) = request.into_parts();
    if length(&parts.headers).is_some_and(|length| length > most) {
        return Err(too_large(most));
    }
    let until = Instant::now() + app.config.timeouts.body;
    let (mut bytes, mut share): (Vec<u8>, Share) = (Vec::new(), None);
    while let Some(data) = timeout_at(until, next(&mut body))
        .await
        .map_err(|_| too_slow())??
    {
        if data.len() > most - bytes.len() {
            return Err(too_large(most));
        }
        let more = app.bodies.take(data.len())?;
        match (&mut share, more) {
            (Some(share), Some(more)) => share.merge(more),
            (share, more) => *share = more,
        }
        bytes.extend_from_slice(&data);
    }
    Ok((Request::from_parts(parts, Body::from(bytes)), share))
}

fn length(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// The next bytes of a body; none at its end.
async fn next(body: &mut Body) -> Result<Option<Bytes>, Problem> {
    loop {
        let frame = poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await;
        match frame {
            None => return Ok(None),
            Some(Err(_)) => {
                let message = "The request was cut off on its way".to_owned();
                return Err(Error::BadRequest(message).into());
            }
            // What follows the body says nothing to us.
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}

fn too_large(most: usize) -> Problem {
    let most = umbel_data::text::size(most);
    Error::TooLarge(format!("A request may hold at most {most}")).into()
}

fn too_slow() -> Problem {
    Problem::new(
        StatusCode::REQUEST_TIMEOUT,
        "Too slow",
        "The request did not arrive within the time that it is given. Nothing was changed.",
        "Try again, over a faster connection or with a smaller file.",
    )
}

fn busy() -> Problem {
    Problem {
        retry_after: Some(5),
        ..Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Too busy",
            "The application is receiving as much as it can hold at the moment. Nothing was changed.",
            "Go back and send it again in a few seconds.",
        )
    }
}
