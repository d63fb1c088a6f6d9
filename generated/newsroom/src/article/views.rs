//! The pages of articles.

use askama::Template;
use askama::filters::HtmlSafe;
use umbel::axum::response::Response;
use umbel::db::Database;
use umbel::form::{Errors, Form as _};
use umbel::list::{List, Page};
use umbel::model::{Choices, Effect, Model, Related};
use umbel::show::Show;
use umbel::web::{Form, Html, Key};
use umbel::{Result, web};

use super::form::{
    AUTHORS, ArticleForm, BODY, FEE, FOLLOWS_ID, IS_BREAKING, LAYOUT, PUBLISHED_AT, SECTION_ID,
    SLUG, STATE, SUMMARY, TAGS, TITLE, WORD_LIMIT,
};
use super::model::{Article, ArticleRow};
use crate::author::Author;
use crate::section::Section;
use crate::tag::Tag;
use crate::ui;

#[derive(Template)]
#[template(path = "article/list.html")]
struct ListPage {
    articles: Page<ArticleRow>,
}

#[derive(Template)]
#[template(path = "article/show.html")]
struct ShowPage {
    row: ArticleRow,
    related: Vec<Related>,
}

#[derive(Template)]
#[template(path = "article/new.html")]
struct NewPage {
    fields: Fields,
}

#[derive(Template)]
#[template(path = "article/edit.html")]
struct EditPage {
    article: Article,
    fields: Fields,
}

#[derive(Template)]
#[template(path = "article/delete.html")]
struct DeletePage {
    article: Article,
    effects: Vec<Effect>,
}

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "article/_fields.html")]
struct Fields {
    form: ArticleForm,
    errors: Errors,
    section_id: Choices,
    follows_id: Choices,
    tags: Choices,
    authors: Choices,
}

impl HtmlSafe for Fields {}

impl Fields {
    async fn load(db: &Database, form: ArticleForm, errors: Errors) -> Result<Self> {
        Ok(Self {
            section_id: Choices::one::<Section>(
                db,
                &form.section_id,
                form.state.find("section_id"),
            )
            .await?,
            follows_id: Choices::one::<Article>(
                db,
                &form.follows_id,
                form.state.find("follows_id"),
            )
            .await?,
            tags: Choices::many::<Tag>(db, &form.tags, form.state.find("tags")).await?,
            authors: Choices::many::<Author>(db, &form.authors, form.state.find("authors")).await?,
            form,
            errors,
        })
    }
}

/// `GET /article`
pub async fn list(db: Database, list: List<Article>) -> Result<Html> {
    let articles = Article::query().page::<ArticleRow>(&db, list).await?;
    web::render(&ListPage { articles })
}

/// `GET /article/{key}`
pub async fn show(db: Database, Key(key): Key<Article>) -> Result<Html> {
    let row = Article::find_as::<ArticleRow>(&db, &key).await?;
    let related = Related::load(
        &db,
        &row.article,
        &[
            Article::TAGS.def(),
            Article::AUTHORS.def(),
            Article::ARTICLES_BY_FOLLOWS.def(),
            Article::COMMENTS.def(),
            Article::EDITIONS.def(),
        ],
    )
    .await?;
    web::render(&ShowPage { row, related })
}

/// `GET /article/new`
pub async fn new(db: Database) -> Result<Html> {
    let fields = Fields::load(&db, ArticleForm::blank(), Errors::default()).await?;
    web::render(&NewPage { fields })
}

/// `POST /article`
pub async fn create(db: Database, Form(form): Form<ArticleForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(article) => Ok(web::redirect(&article.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(status, &NewPage { fields })
        }
    }
}

/// `GET /article/{key}/edit`
pub async fn edit(db: Database, Key(key): Key<Article>) -> Result<Html> {
    let article = Article::find_versioned(&db, &key).await?;
    let form = ArticleForm::open(&db, &article).await?;
    let fields = Fields::load(&db, form, Errors::default()).await?;
    web::render(&EditPage {
        article: article.into_row(),
        fields,
    })
}

/// `POST /article/{key}/edit`
pub async fn update(
    db: Database,
    Key(key): Key<Article>,
    Form(form): Form<ArticleForm>,
) -> Result<Response> {
    let article = Article::find_versioned(&db, &key).await?;
    let form = form.rebase(ArticleForm::open(&db, &article).await?);
    match form.update(&db, &article).await {
        Ok(article) => Ok(web::redirect(&article.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(
                status,
                &EditPage {
                    article: article.into_row(),
                    fields,
                },
            )
        }
    }
}

/// `GET /article/{key}/delete`
pub async fn confirm(db: Database, Key(key): Key<Article>) -> Result<Html> {
    let article = Article::find(&db, &key).await?;
    let effects = Effect::preview(&db, &article).await?;
    web::render(&DeletePage { article, effects })
}

/// `POST /article/{key}/delete`
pub async fn delete(db: Database, Key(key): Key<Article>) -> Result<Response> {
    Article::find(&db, &key).await?.delete(&db).await?;
    Ok(web::redirect(Article::list_url()))
}
