//! The application Newsroom, shared by `main` and the tests.

use umbel::axum::Router;
use umbel::{App, web};

pub mod article;
pub mod author;
pub mod byline;
pub mod comment;
pub mod edition;
pub mod layout;
pub mod published_article;
pub mod routes;
pub mod section;
pub mod subscriber;
pub mod tag;
pub mod ui;

/// The whole application: every route, wrapped in the layers that every page needs.
pub fn app(app: App) -> Router {
    web::layers(app, routes::routes(), layout::error_page)
}
