//! What every request passes through, from the socket to the handler and back: layers, one within the other.

mod layers;
mod problems;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use tower::{ServiceExt, service_fn};

use super::{App, ErrorPage};
use crate::visit::Openings;

/// What every request passes through before its handler, and its answer after it: layers, of which the first is outermost.
///
/// It reads as it is: `compression → request id → … → routes`.
#[derive(Clone)]
pub struct Pipeline {
    layers: Vec<Layer>,
}

/// Where a layer of the runtime stands: the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Answers are compressed, if the client takes that.
    Compression,
    /// The request gets a number, which the answer and the log tell.
    RequestId,
    /// Who asks, and for which host: a proxy that is trusted is believed.
    Proxy,
    /// What was asked and answered is logged.
    Log,
    /// The answer tells the browser what it must not do.
    SecurityHeaders,
    /// `/healthz` and `/readyz` are answered.
    Health,
    /// What goes wrong further within is answered as a page, as JSON or as text, as it was asked for.
    Problems,
    /// What a request may say at most.
    Limits,
    /// The request is for one of our hosts.
    Host,
    /// What changes something was asked by a page of ours.
    Origin,
    /// The path in front of every path is taken away.
    BasePath,
    /// It is found out who asks.
    Actor,
    /// The body is read, within its limits.
    Body,
    /// A handler that takes too long, or panics, is ended.
    TimeLimit,
    /// The handlers.
    Routes,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Compression => "compression",
            Self::RequestId => "request id",
            Self::Proxy => "proxy",
            Self::Log => "log",
            Self::SecurityHeaders => "security headers",
            Self::Health => "health",
            Self::Problems => "problems",
            Self::Limits => "limits",
            Self::Host => "host",
            Self::Origin => "origin",
            Self::BasePath => "base path",
            Self::Actor => "actor",
            Self::Body => "body",
            Self::TimeLimit => "time limit",
            Self::Routes => "routes",
        }
    }
}

#[derive(Clone)]
struct Layer {
    /// Where it stands, if it is one of the runtime's.
    place: Option<Place>,
    name: &'static str,
    run: Arc<dyn Fn(Request, Next) -> Answer + Send + Sync>,
}

/// An answer in the making.
type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// What is within a layer.
#[derive(Clone)]
pub struct Next {
    chain: Arc<Chain>,
    at: usize,
}

struct Chain {
    layers: Vec<Layer>,
    routes: Router,
}

impl Next {
    /// The answer from within.
    pub fn run(mut self, request: Request) -> impl Future<Output = Response> + Send {
        let layer = self.chain.layers.get(self.at);
        let run = layer.map(|layer| Arc::clone(&layer.run));
        self.at += 1;
        match run {
            Some(run) => run(request, self),
            None => {
                let answer = self.chain.routes.clone().oneshot(request);
                Box::pin(async move {
                    let Ok(response) = answer.await;
                    response
                })
            }
        }
    }
}

impl Pipeline {
    /// The layers of the runtime, for an application.
    pub(super) fn new(app: &App, error_page: ErrorPage, openings: Openings) -> Self {
        let known = Arc::clone(&openings);
        let actor = move |app: Arc<App>, request: Request, next: Next| {
            layers::actor(app, Arc::clone(&openings), request, next)
        };
        let problems = move |app: Arc<App>, request: Request, next: Next| {
            problems::answered(app, error_page, Arc::clone(&known), request, next)
        };
        // One for all layers: each of them takes it with each request.
        let app = &Arc::new(app.clone());
        let mut pipeline = Self { layers: Vec::new() };
        pipeline.push(Place::Compression, app, layers::compression);
        pipeline.push(Place::RequestId, app, layers::request_id);
        pipeline.push(Place::Proxy, app, layers::proxy);
        pipeline.push(Place::Log, app, layers::log);
        pipeline.push(Place::SecurityHeaders, app, layers::security_headers);
        pipeline.push(Place::Health, app, layers::health);
        pipeline.push(Place::Problems, app, problems);
        pipeline.push(Place::Limits, app, layers::limits);
        pipeline.push(Place::Host, app, layers::host);
        pipeline.push(Place::Origin, app, layers::origin);
        pipeline.push(Place::BasePath, app, layers::base_path);
        pipeline.push(Place::Actor, app, actor);
        pipeline.push(Place::Body, app, layers::body);
        pipeline.push(Place::TimeLimit, app, layers::time_limit);
        pipeline
    }

    fn push<F, R>(
        &mut self,
        place: Place,
        app: &Arc<App>,
        layer: impl Fn(Arc<App>, Request, Next) -> F + Send + Sync + 'static,
    ) where
        F: Future<Output = R> + Send + 'static,
        R: IntoResponse,
    {
        let app = Arc::clone(app);
        let run = move |request, next| layer(Arc::clone(&app), request, next);
        let layer = named(place.name(), run);
        self.layers.push(Layer {
            place: Some(place),
            ..layer
        });
    }

    /// With a layer of one's own around that of a place.
    #[must_use]
    pub fn before<F, R>(
        self,
        place: Place,
        name: &'static str,
        layer: impl Fn(Request, Next) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: IntoResponse,
    {
        let at = self.position(place);
        self.with(at, named(name, layer))
    }

    /// With a layer of one's own within that of a place; within the routes there is none, so that it stands before them.
    #[must_use]
    pub fn after<F, R>(
        self,
        place: Place,
        name: &'static str,
        layer: impl Fn(Request, Next) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: IntoResponse,
    {
        let at = self.position(place).saturating_add(1);
        self.with(at, named(name, layer))
    }

    fn position(&self, place: Place) -> usize {
        let mut layers = self.layers.iter();
        let at = layers.position(|layer| layer.place == Some(place));
        at.unwrap_or(self.layers.len())
    }

    fn with(mut self, at: usize, layer: Layer) -> Self {
        let at = at.min(self.layers.len());
        self.layers.insert(at, layer);
        self
    }

    /// The layers around routes.
    pub(super) fn around(self, routes: Router) -> Router {
        let layers = self.layers;
        let chain = Arc::new(Chain { layers, routes });
        let answer = move |request: Request| {
            let chain = Arc::clone(&chain);
            let answer = Next { chain, at: 0 }.run(request);
            async move { Ok::<_, Infallible>(answer.await) }
        };
        Router::new().fallback_service(service_fn(answer))
    }
}

fn named<F, R>(
    name: &'static str,
    layer: impl Fn(Request, Next) -> F + Send + Sync + 'static,
) -> Layer
where
    F: Future<Output = R> + Send + 'static,
    R: IntoResponse,
{
    let run = move |request, next| -> Answer {
        let answer = layer(request, next);
        Box::pin(async move { answer.await.into_response() })
    };
    Layer {
        place: None,
        name,
        run: Arc::new(run),
    }
}

impl fmt::Display for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for layer in &self.layers {
            write!(f, "{} → ", layer.name)?;
        }
        f.write_str(Place::Routes.name())
    }
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pipeline({self})")
    }
}
