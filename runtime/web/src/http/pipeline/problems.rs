//! What goes wrong within is answered as a page, as JSON or as text, as it was asked for.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use umbel_data::actor::Actor;

use super::Next;
use super::layers::RequestId;
use crate::http::wanted::Wanted;
use crate::http::{App, ErrorPage, Problem, base};
use crate::visit::{Answering, Openings, Visit};

/// What is said to whom a form has led to a row that is not to be seen.
const UNSEEN: &str = "what you have sent is saved, but it is not among the rows that are shown here: the condition of a view, a \
     policy of the database or a rule of this application leaves it out";

/// Whether the body of a request was read.
#[derive(Debug, Clone, Default)]
pub(super) struct BodyRead(Arc<AtomicBool>);

impl BodyRead {
    /// The body of a request that changes something is read.
    pub(super) fn note(request: &Request) {
        if let Some(Self(read)) = request.extensions().get()
            && !request.method().is_safe()
        {
            read.store(true, Ordering::Relaxed);
        }
    }
}

/// The answer from within, or what is said of the problem with it.
pub(super) async fn answered(
    app: Arc<App>,
    error_page: ErrorPage,
    openings: Openings,
    mut request: Request,
    next: Next,
) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (id, wanted) = (RequestId::of(&request), Wanted::of(request.headers()));
    let body_read = BodyRead::default();
    let has_body = has_body(&request);
    request.extensions_mut().insert(body_read.clone());
    let limits = app.config.limits;
    let base = &app.config.base;
    let answer = async {
        let mut response = next.run(request).await;
        if method == Method::OPTIONS {
            response = options(response);
        }
        let path = path.strip_prefix(base.as_str()).unwrap_or(&path);
        let is_led = method == Method::GET && app.saved.has_led_to(path);
        if let Some(problem) = problem(&mut response) {
            let problem = match is_led && problem.status == StatusCode::NOT_FOUND {
                true => Problem::saved(UNSEEN),
                false => problem,
            };
            let problem = Problem {
                request_id: id.to_string(),
                ..problem
            };
            let said = said(problem, wanted, error_page, response.headers());
            response = base::put(base, said).await;
        }
        close_after(
            has_body && !body_read.0.load(Ordering::Relaxed),
            &mut response,
        );
        response
    };
    // Without accounts it is known who asks, also where nobody comes to ask that.
    let owner = app.accounts.is_none().then_some(Visit {
        actor: Actor::Owner,
        openings,
    });
    Answering::new(limits, owner).make(answer).await
}

/// What is said of a problem, in the form that was asked for; in plain words if the page fails.
fn said(problem: Problem, wanted: Wanted, page: ErrorPage, headers: &HeaderMap) -> Response {
    let status = problem.status;
    let words = || format!("{}\n\n{}\n", problem.title, problem.sentence);
    let mut response = match wanted {
        Wanted::Text => (status, words()).into_response(),
        Wanted::Json => {
            let json = (header::CONTENT_TYPE, "application/problem+json");
            (status, [json], json_of(&problem)).into_response()
        }
        Wanted::Page => {
            let words = words();
            let page = std::panic::catch_unwind(AssertUnwindSafe(|| page(problem)));
            match page {
                Ok(Ok(page)) => (status, page).into_response(),
                Ok(Err(_)) | Err(_) => (status, words).into_response(),
            }
        }
    };
    let kept = [
        header::ALLOW,
        header::CACHE_CONTROL,
        header::RETRY_AFTER,
        header::WWW_AUTHENTICATE,
    ];
    let headers = kept.map(|name| (headers.get(&name), name));
    for (value, name) in headers {
        if let Some(value) = value {
            response.headers_mut().insert(name, value.clone());
        }
    }
    let vary = HeaderValue::from_static("accept");
    response.headers_mut().append(header::VARY, vary);
    response
}

/// A problem as RFC 9457 has it.
fn json_of(problem: &Problem) -> String {
    let json = serde_json::json!({
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status.as_u16(),
        "detail": problem.sentence,
        "hint": problem.hint,
        "request_id": problem.request_id,
    });
    format!("{json}\n")
}

pub(super) fn has_body(request: &Request) -> bool {
    !request.body().is_end_stream()
}

/// Says that the connection ends with an answer to a request whose body was not read: the next request would be lost in it.
pub(super) fn close_after(is_unread: bool, response: &mut Response) {
    if is_unread {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
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

pub(super) fn allowed(methods: HeaderValue) -> Response {
    (StatusCode::NO_CONTENT, [(header::ALLOW, methods)]).into_response()
}
