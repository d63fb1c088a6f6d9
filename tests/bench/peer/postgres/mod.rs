//! The film list and the film page over Pagila.

mod film;
mod pages;

use axum::Router;
use axum::routing::get;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio_postgres::NoTls;

/// What every request needs.
#[derive(Clone)]
struct State {
    pool: Pool,
    list_padding: &'static str,
    show_padding: &'static str,
}

pub(crate) fn router(url: &str, list_padding: &'static str, show_padding: &'static str) -> Router {
    let state = State {
        pool: pool(url),
        list_padding,
        show_padding,
    };
    Router::new()
        .route("/film", get(pages::list))
        .route("/film/{key}", get(pages::show))
        .with_state(state)
}

fn pool(url: &str) -> Pool {
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
