//! Every URL of the application, table by table.

use umbel::any::AnyModel;
use umbel::model::Model;
use umbel::web::routing::{get, post};
use umbel::web::{Routes, TableRoutes};

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

pub fn routes() -> Routes {
    Routes::new()
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
fn article() -> TableRoutes {
    use crate::article::views;

    Routes::of(Article::TABLE)
        .view("/article", get(views::list))
        .add("/article", post(views::create))
        .add("/article/new", get(views::new))
        .view("/article/{key}", get(views::show))
        .change("/article/{key}/edit", get(views::edit))
        .change("/article/{key}/edit", post(views::update))
        .delete("/article/{key}/delete", get(views::confirm))
        .delete("/article/{key}/delete", post(views::delete))
}

/// `main.author`
fn author() -> TableRoutes {
    use crate::author::views;

    Routes::of(Author::TABLE)
        .view("/author", get(views::list))
        .add("/author", post(views::create))
        .add("/author/new", get(views::new))
        .view("/author/{key}", get(views::show))
        .change("/author/{key}/edit", get(views::edit))
        .change("/author/{key}/edit", post(views::update))
        .delete("/author/{key}/delete", get(views::confirm))
        .delete("/author/{key}/delete", post(views::delete))
}

/// `main.byline`
fn byline() -> TableRoutes {
    use crate::byline::views;

    Routes::of(Byline::TABLE)
        .view("/byline", get(views::list))
        .add("/byline", post(views::create))
        .add("/byline/new", get(views::new))
        .view("/byline/{key}", get(views::show))
        .change("/byline/{key}/edit", get(views::edit))
        .change("/byline/{key}/edit", post(views::update))
        .delete("/byline/{key}/delete", get(views::confirm))
        .delete("/byline/{key}/delete", post(views::delete))
}

/// `main.comment`
fn comment() -> TableRoutes {
    use crate::comment::views;

    Routes::of(Comment::TABLE)
        .view("/comment", get(views::list))
        .add("/comment", post(views::create))
        .add("/comment/new", get(views::new))
        .view("/comment/{key}", get(views::show))
        .change("/comment/{key}/edit", get(views::edit))
        .change("/comment/{key}/edit", post(views::update))
        .delete("/comment/{key}/delete", get(views::confirm))
        .delete("/comment/{key}/delete", post(views::delete))
}

/// `main.edition`
fn edition() -> TableRoutes {
    use crate::edition::views;

    Routes::of(Edition::TABLE)
        .view("/edition", get(views::list))
        .add("/edition", post(views::create))
        .add("/edition/new", get(views::new))
        .view("/edition/{key}", get(views::show))
        .change("/edition/{key}/edit", get(views::edit))
        .change("/edition/{key}/edit", post(views::update))
        .delete("/edition/{key}/delete", get(views::confirm))
        .delete("/edition/{key}/delete", post(views::delete))
}

/// `main.published_article`
fn published_article() -> TableRoutes {
    use crate::published_article::views;

    Routes::of(PublishedArticle::TABLE).view("/published_article", get(views::list))
}

/// `main.section`
fn section() -> TableRoutes {
    use crate::section::views;

    Routes::of(Section::TABLE)
        .view("/section", get(views::list))
        .add("/section", post(views::create))
        .add("/section/new", get(views::new))
        .view("/section/{key}", get(views::show))
        .change("/section/{key}/edit", get(views::edit))
        .change("/section/{key}/edit", post(views::update))
        .delete("/section/{key}/delete", get(views::confirm))
        .delete("/section/{key}/delete", post(views::delete))
}

/// `main.subscriber`
fn subscriber() -> TableRoutes {
    use crate::subscriber::views;

    Routes::of(Subscriber::TABLE)
        .view("/subscriber", get(views::list))
        .add("/subscriber", post(views::create))
        .add("/subscriber/new", get(views::new))
        .view("/subscriber/{key}", get(views::show))
        .change("/subscriber/{key}/edit", get(views::edit))
        .change("/subscriber/{key}/edit", post(views::update))
        .delete("/subscriber/{key}/delete", get(views::confirm))
        .delete("/subscriber/{key}/delete", post(views::delete))
}

/// `main.tag`
fn tag() -> TableRoutes {
    use crate::tag::views;

    Routes::of(Tag::TABLE)
        .view("/tag", get(views::list))
        .add("/tag", post(views::create))
        .add("/tag/new", get(views::new))
        .view("/tag/{key}", get(views::show))
        .change("/tag/{key}/edit", get(views::edit))
        .change("/tag/{key}/edit", post(views::update))
        .delete("/tag/{key}/delete", get(views::confirm))
        .delete("/tag/{key}/delete", post(views::delete))
}
