//! The servers against which emitted applications are measured, as one writes them by hand with axum and askama: over
//! Pagila with tokio-postgres, over Chinook with rusqlite.
//!
//!     DATABASE_URL=postgres://… peer BYTES BYTES
//!     DATABASE_URL=sqlite:chinook.db peer BYTES
//!
//! The figures are how much constant text stands on each page besides the rows.

mod postgres;
mod sqlite;

use std::env;

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::map_response;
use axum::response::Response;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() {
    let url = env::var("DATABASE_URL").expect("DATABASE_URL says where the database is");
    let mut padding = env::args()
        .skip(1)
        .map(|bytes| filler(bytes.parse().expect("a number of bytes")));
    let router = match url.strip_prefix("sqlite:") {
        Some(path) => sqlite::router(path, padding.next().unwrap_or_default()),
        None => {
            let list = padding.next().unwrap_or_default();
            postgres::router(&url, list, padding.next().unwrap_or_default())
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("loopback has a free port");
    println!("http://{}", listener.local_addr().expect("it listens"));
    axum::serve(listener, router.layer(map_response(secure)))
        .await
        .expect("serving does not end");
}

/// Headers that keep other sites, and injected markup, from using a page: the same as those of the application.
async fn secure(mut response: Response) -> Response {
    const HEADERS: [(HeaderName, &str); 7] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// As much constant text as asked; it lives as long as the server.
fn filler(bytes: usize) -> &'static str {
    String::leak("x".repeat(bytes))
}
