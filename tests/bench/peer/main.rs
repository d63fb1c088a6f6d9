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
    axum::serve(listener, router)
        .await
        .expect("serving does not end");
}

/// As much constant text as asked; it lives as long as the server.
fn filler(bytes: usize) -> &'static str {
    String::leak("x".repeat(bytes))
}
