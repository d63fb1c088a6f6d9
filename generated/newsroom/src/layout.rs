//! What surrounds every page: the navigation, the first page, the page that shows an error.

use askama::Template;
use askama::filters::HtmlSafe;
use umbel::show::Page;
use umbel::web::{self, Files, Html, Problem, Result};
use umbel::{include_dir, ui};

/// The name of the application, as every page shows it.
pub const NAME: &str = "Newsroom";

/// What lies in the folder `static`.
pub static FILES: Files = Files::new(
    &include_dir::include_dir!("$CARGO_MANIFEST_DIR/static"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/static"),
);

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    problem: Problem,
}

/// A page that is alike for every table, with what surrounds it.
#[derive(Template)]
#[template(path = "page.html")]
pub struct TablePage<'a> {
    page: &'a dyn Page,
}

/// A page that is alike for every table, with what surrounds it.
pub fn page(page: &dyn Page) -> TablePage<'_> {
    TablePage { page }
}

/// The top of every page, and the links to every table beside it.
#[derive(Template)]
#[template(path = "nav.html")]
pub struct Nav {
    /// The list of the table that the page is about.
    here: &'static str,
}

impl HtmlSafe for Nav {}

/// The top of a page of the table whose list is at `here`.
pub fn nav(here: &'static str) -> Nav {
    Nav { here }
}

/// `GET /`
pub async fn home() -> Result<Html> {
    web::render(&HomePage)
}

/// A page that the runtime makes for every application alike, such as that of log-in.
pub fn runtime_page(content: &dyn Page) -> Result<Html> {
    web::render(&page(content))
}

/// Turns an error of a handler, or of a layer around it, into a page of this application.
pub fn error_page(problem: Problem) -> Result<Html> {
    web::render(&ErrorPage { problem })
}
