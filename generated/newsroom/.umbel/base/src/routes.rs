//! Every URL of the application, table by table.

use umbel::App;
use umbel::any::AnyModel;
use umbel::axum::Router;
use umbel::model::Model;
use umbel::web::routing::{get, post};

use crate::article::Article;
use crate::author::Author;
use crate::byline::Byline;
use crate::comment::Comment;
use crate::edition::Edition;
use crate::layout;
use crate::published_article::PublishedArticle;
use crate::section::Section;
use crate::subscriber::Subscriber;
use crate::tag::Tag;

/// The tables as they were when the application was emitted; at its start it says what differs.
pub const TABLES: &[AnyModel] = &[
    Article::ANY,
    Author::ANY,
    Byline::ANY,
    Comment::ANY,
    Edition::ANY,
    PublishedArticle::ANY,
    Section::ANY,
    Subscriber::ANY,
    Tag::ANY,
];

pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(layout::home))
        .merge(article())
        .merge(author())
        .merge(byline())
        .merge(comment())
        .merge(edition())
        .merge(published_article())
        .merge(section())
        .merge(subscriber())
        .merge(tag())
}

/// `main.article`
fn article() -> Router<App> {
    use crate::article::views;

    Router::new()
        .route("/article", get(views::list))
        .route("/article", post(views::create))
        .route("/article/new", get(views::new))
        .route("/article/{key}", get(views::show))
        .route("/article/{key}/edit", get(views::edit))
        .route("/article/{key}/edit", post(views::update))
        .route("/article/{key}/delete", get(views::confirm))
        .route("/article/{key}/delete", post(views::delete))
}

/// `main.author`
fn author() -> Router<App> {
    use crate::author::views;

    Router::new()
        .route("/author", get(views::list))
        .route("/author", post(views::create))
        .route("/author/new", get(views::new))
        .route("/author/{key}", get(views::show))
        .route("/author/{key}/edit", get(views::edit))
        .route("/author/{key}/edit", post(views::update))
        .route("/author/{key}/delete", get(views::confirm))
        .route("/author/{key}/delete", post(views::delete))
}

/// `main.byline`
fn byline() -> Router<App> {
    use crate::byline::views;

    Router::new()
        .route("/byline", get(views::list))
        .route("/byline", post(views::create))
        .route("/byline/new", get(views::new))
        .route("/byline/{key}", get(views::show))
        .route("/byline/{key}/edit", get(views::edit))
        .route("/byline/{key}/edit", post(views::update))
        .route("/byline/{key}/delete", get(views::confirm))
        .route("/byline/{key}/delete", post(views::delete))
}

/// `main.comment`
fn comment() -> Router<App> {
    use crate::comment::views;

    Router::new()
        .route("/comment", get(views::list))
        .route("/comment", post(views::create))
        .route("/comment/new", get(views::new))
        .route("/comment/{key}", get(views::show))
        .route("/comment/{key}/edit", get(views::edit))
        .route("/comment/{key}/edit", post(views::update))
        .route("/comment/{key}/delete", get(views::confirm))
        .route("/comment/{key}/delete", post(views::delete))
}

/// `main.edition`
fn edition() -> Router<App> {
    use crate::edition::views;

    Router::new()
        .route("/edition", get(views::list))
        .route("/edition", post(views::create))
        .route("/edition/new", get(views::new))
        .route("/edition/{key}", get(views::show))
        .route("/edition/{key}/edit", get(views::edit))
        .route("/edition/{key}/edit", post(views::update))
        .route("/edition/{key}/delete", get(views::confirm))
        .route("/edition/{key}/delete", post(views::delete))
}

/// `main.published_article`
fn published_article() -> Router<App> {
    use crate::published_article::views;

    Router::new().route("/published_article", get(views::list))
}

/// `main.section`
fn section() -> Router<App> {
    use crate::section::views;

    Router::new()
        .route("/section", get(views::list))
        .route("/section", post(views::create))
        .route("/section/new", get(views::new))
        .route("/section/{key}", get(views::show))
        .route("/section/{key}/edit", get(views::edit))
        .route("/section/{key}/edit", post(views::update))
        .route("/section/{key}/delete", get(views::confirm))
        .route("/section/{key}/delete", post(views::delete))
}

/// `main.subscriber`
fn subscriber() -> Router<App> {
    use crate::subscriber::views;

    Router::new()
        .route("/subscriber", get(views::list))
        .route("/subscriber", post(views::create))
        .route("/subscriber/new", get(views::new))
        .route("/subscriber/{key}", get(views::show))
        .route("/subscriber/{key}/edit", get(views::edit))
        .route("/subscriber/{key}/edit", post(views::update))
        .route("/subscriber/{key}/delete", get(views::confirm))
        .route("/subscriber/{key}/delete", post(views::delete))
}

/// `main.tag`
fn tag() -> Router<App> {
    use crate::tag::views;

    Router::new()
        .route("/tag", get(views::list))
        .route("/tag", post(views::create))
        .route("/tag/new", get(views::new))
        .route("/tag/{key}", get(views::show))
        .route("/tag/{key}/edit", get(views::edit))
        .route("/tag/{key}/edit", post(views::update))
        .route("/tag/{key}/delete", get(views::confirm))
        .route("/tag/{key}/delete", post(views::delete))
}
