//! The server against which an emitted application is measured: the film list and the film page over Pagila, as one
//! writes them by hand with axum, tokio-postgres and askama.
//!
//!     DATABASE_URL=postgres://… peer BYTES BYTES
//!
//! The two figures are how much constant text stands on the list and on the film page besides the rows.

mod film;
mod pages;

use std::env;

use axum::Router;
use axum::routing::get;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio::net::TcpListener;
use tokio_postgres::NoTls;

/// What every request needs.
#[derive(Clone)]
struct State {
    pool: Pool,
    list_padding: &'static str,
    show_padding: &'static str,
}

#[tokio::main]
async fn main() {
    let mut padding = env::args()
        .skip(1)
        .map(|bytes| bytes.parse().expect("a number of bytes"));
    let state = State {
        pool: pool(),
        list_padding: filler(padding.next().unwrap_or(0)),
        show_padding: filler(padding.next().unwrap_or(0)),
    };
    let router = Router::new()
        .route("/film", get(pages::list))
        .route("/film/{key}", get(pages::show))
        .with_state(state);
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("loopback has a free port");
    println!("http://{}", listener.local_addr().expect("it listens"));
    axum::serve(listener, router)
        .await
        .expect("serving does not end");
}

fn pool() -> Pool {
    let url = env::var("DATABASE_URL").expect("DATABASE_URL says where the database is");
    let config = url.parse().expect("DATABASE_URL is a URL");
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(config, NoTls, recycling);
    Pool::builder(manager)
        .max_size(16)
        .build()
        .expect("no timeout is set")
}

/// As much constant text as asked; it lives as long as the server.
fn filler(bytes: usize) -> &'static str {
    String::leak("x".repeat(bytes))
}
