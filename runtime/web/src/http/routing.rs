//! Routes to handlers, as `axum::routing` makes them, but compiled once for all handlers of an application.
//!
//! axum wraps every handler into some sixty functions and types of its own. Here a handler is boxed first: all
//! that is compiled for each is how its arguments are taken from the request.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use umbel_data::database::BoxFuture;
use umbel_data::error::Result;

use super::{App, Html, Problem, identify};
use crate::form::FormBody;
use crate::visit::Answering;

/// Answers `GET` with a handler.
pub fn get<T>(handler: impl Handler<T>) -> Endpoint {
    let start = Arc::new(move |call: &mut Call| handler.start(call));
    Endpoint::new("GET", MethodFilter::GET, start)
}

/// Answers `POST` with a handler.
pub fn post<T>(handler: impl Handler<T>) -> Endpoint {
    let start = Arc::new(move |call: &mut Call| handler.start(call));
    Endpoint::new("POST", MethodFilter::POST, start)
}

/// What answers at an address.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The method; none for all that the router takes.
    pub(super) method: Option<&'static str>,
    pub(super) router: MethodRouter<App>,
}

impl Endpoint {
    /// What answers a method by a handler of axum.
    pub fn of(method: &'static str, router: MethodRouter<App>) -> Self {
        let method = Some(method);
        Self { method, router }
    }

    fn new(method: &'static str, filter: MethodFilter, start: Arc<Start>) -> Self {
        Self::of(method, on(filter, Boxed(start)))
    }
}

/// An asynchronous function of up to five arguments `T`, each of which is [taken](FromCall) from the request, that
/// returns a page or a response. Any other function is a handler of `axum::routing`.
pub trait Handler<T>: Send + Sync + 'static {
    /// Takes the arguments from the request, and begins to answer it.
    ///
    /// # Errors
    /// If an argument cannot be taken.
    fn start(&self, call: &mut Call) -> Result<Pending>;
}

/// A request, as a handler takes its arguments from it.
#[derive(Debug)]
pub struct Call {
    pub(super) app: App,
    pub(super) parts: Parts,
    /// What was sent, until it is taken.
    pub(super) form: Result<FormBody>,
    /// What was sent, where that is no form.
    #[cfg(feature = "serde")]
    pub(super) body: Bytes,
}

impl Call {
    /// The request, and what it has sent; the bytes of a form are given back once it is read.
    async fn read(request: Request, app: App) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let limits = app.config.limits;
        let body = match parts.method.is_safe() {
            true => Bytes::new(),
            false => FormBody::body(&parts.headers, body, limits).await?,
        };
        let form = match parts.method.is_safe() {
            true => Ok(FormBody::default()),
            false => FormBody::parse(&parts.headers, &body, limits),
        };
        Ok(Self {
            app,
            parts,
            #[cfg(feature = "serde")]
            body: if form.is_err() { body } else { Bytes::new() },
            form,
        })
    }
}

/// What a handler of this runtime can take from a request.
pub trait FromCall: Sized {
    /// Takes it.
    ///
    /// # Errors
    /// If the request does not have it, or not as it must be.
    fn take(call: &mut Call) -> Result<Self>;
}

impl FromCall for HeaderMap {
    fn take(call: &mut Call) -> Result<Self> {
        Ok(call.parts.headers.clone())
    }
}

/// The answer of a handler, in the making.
pub struct Pending(Answer);

enum Answer {
    Page(BoxFuture<'static, Result<Html>>),
    Response(BoxFuture<'static, Result<Response>>),
    Certain(BoxFuture<'static, Response>),
}

/// What a handler of this runtime can return.
pub trait Return: Sized {
    /// The answer that a future will give.
    fn pending(future: impl Future<Output = Self> + Send + 'static) -> Pending;
}

impl Return for Result<Html> {
    fn pending(future: impl Future<Output = Self> + Send + 'static) -> Pending {
        Pending(Answer::Page(Box::pin(future)))
    }
}

impl Return for Result<Response> {
    fn pending(future: impl Future<Output = Self> + Send + 'static) -> Pending {
        Pending(Answer::Response(Box::pin(future)))
    }
}

impl Return for Response {
    fn pending(future: impl Future<Output = Self> + Send + 'static) -> Pending {
        Pending(Answer::Certain(Box::pin(future)))
    }
}

/// A handler of so many arguments.
macro_rules! handler {
    ($($argument:ident)*) => {
        impl<F, Fut, $($argument),*> Handler<($($argument,)*)> for F
        where
            F: Fn($($argument),*) -> Fut + Send + Sync + 'static,
            Fut: Future<Output: Return> + Send + 'static,
            $($argument: FromCall,)*
        {
            fn start(&self, _call: &mut Call) -> Result<Pending> {
                Ok(Return::pending(self($($argument::take(_call)?),*)))
            }
        }
    };
}

handler!();
handler!(A);
handler!(A B);
handler!(A B C);
handler!(A B C D);
handler!(A B C D E);

type Start = dyn Fn(&mut Call) -> Result<Pending> + Send + Sync;

/// A handler of which nothing is known but that it answers.
#[derive(Clone)]
struct Boxed(Arc<Start>);

impl axum::handler::Handler<(), App> for Boxed {
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, app: App) -> Self::Future {
        Box::pin(async move {
            let answer = self.answer(request, app).await;
            answer.unwrap_or_else(|error| Problem::from(error).into_response())
        })
    }
}

impl Boxed {
    async fn answer(self, request: Request, app: App) -> Result<Response> {
        let call = Call::read(request, app).await?;
        let (app, path) = (&call.app, call.parts.uri.path());
        let fingerprint = call.form.as_ref().ok();
        let actor = identify::actor_of(&call.parts.extensions);
        let fingerprint = fingerprint.and_then(|form| form.fingerprint(path, &actor));
        let (once, saved) = (Arc::clone(&app.once), Arc::clone(&app.saved));
        let timeout = app.config.timeouts.request;
        saved.forget(path);
        let answer = self.run(call);
        let Some(fingerprint) = fingerprint else {
            return answer.await;
        };
        let answer = Answering::current().make(answer);
        let answer = once.answer(fingerprint, timeout, answer).await?;
        saved.note(&answer);
        Ok(answer)
    }

    async fn run(self, mut call: Call) -> Result<Response> {
        match (self.0)(&mut call)?.0 {
            Answer::Page(page) => Ok(page.await?.into_response()),
            Answer::Response(response) => response.await,
            Answer::Certain(response) => Ok(response.await),
        }
    }
}
