//! The pages of articles.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::Filled;
use umbel::list::{List, Page};
use umbel::model::{Choices, DeleteEffect, Model, RelatedRows};
use umbel::show::Show;
use umbel::web::{Html, RowKey};
use umbel::{Result, ui, web};

use super::form::{
    AUTHORS, ArticleForm, BODY, FEE, FOLLOWS_ID, IS_BREAKING, LAYOUT, PUBLISHED_AT, SECTION_ID,
    SLUG, STATE, SUMMARY, TAGS, TITLE, WORD_LIMIT,
};
use super::model::{Article, ArticleWithLabels};
use crate::author::Author;
use crate::layout;
use crate::section::Section;
use crate::tag::Tag;

#[derive(Template)]
#[template(path = "article/list.html")]
struct ListPage {
    articles: Page<ArticleWithLabels>,
}

#[derive(Template)]
#[template(path = "article/show.html")]
struct ShowPage {
    row: ArticleWithLabels,
    related: Vec<RelatedRows>,
}

/// The controls of the form, and what can be chosen in it.
#[derive(Template)]
#[template(path = "article/_fields.html")]
struct Fields {
    form: Filled<ArticleForm>,
    choices: Choices,
}

impl Fields {
    async fn load(db: &Db, form: Filled<ArticleForm>) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                SECTION_ID.one_of::<Section>(&form.section_id),
                FOLLOWS_ID.one_of::<Article>(&form.follows_id),
                TAGS.any_of::<Tag>(&form.tags),
                AUTHORS.any_of::<Author>(&form.authors),
            ],
        )
        .await?;
        Ok(Self { form, choices })
    }
}

/// `GET /article`
pub async fn list(db: Db, list: List<Article>) -> Result<Html> {
    let articles = Article::query()
        .page::<ArticleWithLabels>(&db, list)
        .await?;
    web::render(&ListPage { articles })
}

/// `GET /article/{key}`
pub async fn show(db: Db, RowKey(key): RowKey<Article>) -> Result<Html> {
    let relations = [
        Article::TAGS.def(),
        Article::AUTHORS.def(),
        Article::ARTICLES_BY_FOLLOWS.def(),
        Article::COMMENTS.def(),
        Article::EDITIONS.def(),
    ];
    let (row, related) = Article::query()
        .find_with_related::<ArticleWithLabels>(&db, &key, &relations)
        .await?;
    web::render(&ShowPage { row, related })
}

/// `GET /article/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank()).await?;
    let page = ui::new(Article::TABLE, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /article`
pub async fn create(db: Db, form: Filled<ArticleForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(article) => Ok(web::redirect(&article.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::new(Article::TABLE, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /article/{key}/edit`
pub async fn edit(db: Db, RowKey(key): RowKey<Article>) -> Result<Html> {
    let article = Article::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &article).await?;
    let fields = Fields::load(&db, form).await?;
    let page = ui::edit(&*article, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /article/{key}/edit`
pub async fn update(
    db: Db,
    RowKey(key): RowKey<Article>,
    form: Filled<ArticleForm>,
) -> Result<Response> {
    let article = Article::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &article).await?);
    match form.update(&db, &article).await {
        Ok(article) => Ok(web::redirect(&article.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::edit(&*article, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /article/{key}/delete`
pub async fn confirm(db: Db, RowKey(key): RowKey<Article>) -> Result<Html> {
    let article = Article::find_to_delete(&db, &key).await?;
    let effects = DeleteEffect::preview(&db, &article).await?;
    web::render(&layout::page(&ui::delete(&article, &effects)))
}

/// `POST /article/{key}/delete`
pub async fn delete(db: Db, RowKey(key): RowKey<Article>) -> Result<Response> {
    let article = Article::find_to_delete(&db, &key).await?;
    article.delete(&db).await?;
    Ok(web::redirect(Article::list_url()))
}
