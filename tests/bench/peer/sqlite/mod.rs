//! The track list over Chinook.

mod pages;
mod pool;
mod track;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use pool::Pool;

/// What every request needs.
#[derive(Clone)]
struct State {
    pool: Arc<Pool>,
    padding: &'static str,
}

pub(crate) fn router(path: &str, padding: &'static str) -> Router {
    let state = State {
        pool: Arc::new(Pool::new(path)),
        padding,
    };
    Router::new()
        .route("/track", get(pages::list))
        .with_state(state)
}
