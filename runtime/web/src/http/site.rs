//! An application as data: what it takes to serve it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as UrlPath, Request};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use umbel_data::change::AnyModel;
use umbel_data::error::Result;

use super::pipeline::Pipeline;
use super::{App, Files, Html, Problem, Routes, files, is_own, redirect_with};
use crate::show::Page;
use crate::visit::Openings;

/// Makes the page of a problem.
pub type ErrorPage = fn(Problem) -> Result<Html>;

/// An application: what it takes to serve it.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// What people call it.
    pub name: &'static str,
    /// The tables as they were when it was emitted; at its start it says what differs.
    pub tables: &'static [AnyModel],
    /// Its files, served below `/static/`.
    pub files: Option<&'static Files>,
    /// Every address that it answers.
    pub routes: fn(&App) -> Routes,
    /// Puts what surrounds every page around one that the application has not made itself.
    pub page: fn(&dyn Page) -> Result<Html>,
    /// The page of a problem.
    pub error_page: ErrorPage,
    /// What every request passes through: the layers of the runtime, and any others.
    pub layers: fn(Pipeline) -> Pipeline,
    /// Begins tasks of its own, when the server starts; tests do not.
    pub start: fn(&App),
}

impl Site {
    /// An application without tables and pages, to be filled.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            tables: &[],
            files: None,
            routes: |_| Routes::new(),
            page: |page| Ok(axum::response::Html(page.to_string())),
            error_page: |problem| Ok(axum::response::Html(problem.sentence)),
            layers: |pipeline| pipeline,
            start: |_| {},
        }
    }

    /// What every request passes through before its handler.
    pub fn pipeline(&self, app: &App) -> Pipeline {
        self.pipeline_to(app, Openings::default())
    }

    fn pipeline_to(&self, app: &App, openings: Openings) -> Pipeline {
        (self.layers)(Pipeline::new(app, self.error_page, openings))
    }

    /// The application as a whole: its routes within its layers.
    pub fn router(&self, app: App) -> Router {
        self.router_with(app, Routes::new())
    }

    /// Every address, with some more, of which the application may have the one or the other itself.
    pub fn routes_with(&self, app: &App, others: Routes) -> Routes {
        let all = (self.routes)(app).or(others);
        all.opened(&app.config.public)
    }

    /// The application as a whole, likewise.
    pub fn router_with(&self, app: App, others: Routes) -> Router {
        let routes = self.routes_with(&app, others);
        let pipeline = self.pipeline_to(&app, Arc::new(routes.openings()));
        let mut routes = routes.into_router().fallback(fallback);
        if let Some(files) = self.files {
            let serve = async |UrlPath(path): UrlPath<String>, headers: HeaderMap| {
                files.serve(&path, &headers).await
            };
            routes = routes.route(files::ROUTE, get(serve));
        }
        pipeline.around(routes.with_state(app))
    }
}

/// No such route: perhaps with a slash too many.
async fn fallback(request: Request) -> Response {
    let uri = request.uri();
    let path = uri.path();
    let shorter = path.trim_end_matches('/');
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_safe && shorter.len() + 1 == path.len() && is_own(shorter) {
        let query = uri.query().map(|query| format!("?{query}"));
        let to = format!("{shorter}{}", query.unwrap_or_default());
        return redirect_with(StatusCode::PERMANENT_REDIRECT, &to);
    }
    Problem::of_status(StatusCode::NOT_FOUND).into_response()
}
