//! Pages over HTTP: what every request passes through, what handlers take and what they return.

mod answer;
mod app;
mod asset;
mod extract;
mod guard;
mod once;
mod problem;
pub mod routing;
mod saved;

pub use answer::{ErrorPage, layers};
pub use app::App;
pub use asset::Asset;
pub use extract::{Form, Key};
pub(crate) use once::{Fingerprint, key};
pub use problem::Problem;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

pub use crate::Result;

/// A page.
pub type Html = axum::response::Html<String>;

/// Renders a page.
///
/// # Errors
/// If a value in it cannot be shown.
pub fn render(page: &impl Template) -> Result<Html> {
    let mut text = String::with_capacity(PAGE);
    page.render_into(&mut text)?;
    Ok(axum::response::Html(text))
}

/// The space that a page is given before it asks for more: most need no more.
const PAGE: usize = 32 * 1024;

/// Renders a page with a status of its own.
///
/// # Errors
/// If a value in it cannot be shown.
pub fn render_with(status: StatusCode, page: &impl Template) -> Result<Response> {
    Ok((status, render(page)?).into_response())
}

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
