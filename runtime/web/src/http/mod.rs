//! Pages over HTTP: what every request passes through, what handlers take and what they return.

mod app;
mod base;
mod body;
mod client;
mod extract;
mod files;
mod guard;
mod guard_layer;
mod head;
mod identify;
#[cfg(feature = "serde")]
mod json;
mod once;
mod page;
mod pipeline;
mod problem;
mod routes;
pub mod routing;
mod saved;
mod secure;
mod site;
mod wanted;

pub use app::App;
pub use client::Client;
pub use extract::{RowKey, Visitor};
pub use files::Files;
pub use identify::Identify;
#[cfg(feature = "serde")]
pub use json::Json;
pub use page::{Html, render, render_with};
pub use pipeline::{Next, Pipeline, Place};
pub use problem::Problem;
pub use routes::{Route, Routes, TableRoutes};
pub use site::{ErrorPage, Site};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

pub use umbel_data::error::Result;

/// Sends the browser on to another page of this application, by GET (303).
///
/// Anything but a path of this application leads to its first page.
pub fn redirect(path: &str) -> Response {
    redirect_with(StatusCode::SEE_OTHER, path)
}

fn redirect_with(status: StatusCode, path: &str) -> Response {
    let path = if is_own(path) { path } else { "/" };
    let path = utf8_percent_encode(path, BEYOND_URL).to_string();
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (status, [(header::LOCATION, location)]).into_response()
}

/// What a URL cannot hold, and what browsers take for something else.
const BEYOND_URL: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');

/// Whether a path stays on this host: browsers take `//host` and `/\host` for another one, and skip
/// tabs and line ends.
fn is_own(path: &str) -> bool {
    path.starts_with('/')
        && !path[1..].starts_with(['/', '\\'])
        && !path.contains(|c: char| c.is_ascii_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expect: &str) {
        let response = redirect(path);
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[header::LOCATION], expect, "{path:?}");
    }

    #[test]
    fn a_redirect_stays_here() {
        check("/film/1?q=a%20b#x", "/film/1?q=a%20b#x");
        check("/film/ä b", "/film/%C3%A4%20b");
        check("//evil.example", "/");
        check("/\\evil.example", "/");
        check("/\t/evil.example", "/");
        check("https://evil.example", "/");
        check("", "/");
        check("film", "/");
    }
}
