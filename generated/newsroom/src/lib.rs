//! The application Newsroom, shared by `main` and the tests.

use umbel::Site;

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

/// The application: its tables, its files, its pages, and what a page says when something goes wrong.
pub static SITE: Site = Site {
    tables: routes::TABLES,
    files: Some(&layout::FILES),
    routes: |_| routes::routes(),
    page: layout::runtime_page,
    error_page: layout::error_page,
    ..Site::new(layout::NAME)
};
