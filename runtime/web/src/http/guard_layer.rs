//! The guard before a handler: whom its address is not for is refused, or asked to sign in.

use std::convert::Infallible;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tower::{Layer, Service};
use umbel_data::actor::{Action, Actor};
use umbel_data::database::BoxFuture;
use umbel_data::error::Error;

use super::wanted::Wanted;
use super::{Problem, redirect};
use crate::visit::Access;

/// Lets in whom an address is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard(pub(super) Access);

impl<S> Layer<S> for Guard {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded {
            access: self.0,
            inner,
        }
    }
}

/// A handler behind a guard.
#[derive(Debug, Clone)]
pub(super) struct Guarded<S> {
    access: Access,
    inner: S,
}

impl<S> Service<Request> for Guarded<S>
where
    S: Service<Request, Error = Infallible, Response = Response, Future: Send + 'static>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match refusal(self.access, &request) {
            None => Box::pin(self.inner.call(request)),
            Some(response) => Box::pin(async { Ok(response) }),
        }
    }
}

/// What is said to whom an address is not for.
fn refusal(access: Access, request: &Request) -> Option<Response> {
    let actor = request.extensions().get::<Actor>();
    if actor.is_some_and(|actor| access.is_for(actor)) {
        return None;
    }
    Some(match actor {
        Some(Actor::Anonymous(_)) | None => sign_in(request),
        Some(_) => Problem::from(Error::Forbidden(words(access))).into_response(),
    })
}

fn words(access: Access) -> String {
    let (word, table) = match access {
        Access::Public | Access::SignedIn => return "this page is for others".to_owned(),
        Access::May(Action::View, table) => ("see", table),
        Access::May(action, table) => (action.word(), table),
        Access::MayDo(word, table) => (word, table),
    };
    format!("you may not {word} {}", table.plural)
}

/// Leads to the page of log-in, and from there back. Who has sent something is not led away from it.
fn sign_in(request: &Request) -> Response {
    let is_page = Wanted::of(request.headers()) == Wanted::Page;
    let path = request.uri().path_and_query();
    let path = path.map_or("/", |path| path.as_str());
    if is_page && matches!(*request.method(), Method::GET | Method::HEAD) {
        let next = utf8_percent_encode(path, NON_ALPHANUMERIC);
        return redirect(&format!("/login?next={next}"));
    }
    let mut response = Problem::new(
        StatusCode::UNAUTHORIZED,
        "You are not signed in",
        "This is for those who have signed in. Nothing was changed.",
        "Sign in in another tab, come back, and send it again: what you have typed is still there.",
    )
    .into_response();
    let scheme = HeaderValue::from_static("Bearer");
    let headers = response.headers_mut();
    headers.insert(header::WWW_AUTHENTICATE, scheme);
    response
}

#[cfg(test)]
mod tests;
