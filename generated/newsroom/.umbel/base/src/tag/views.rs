//! The pages of tags.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::Filled;
use umbel::list::{List, Page};
use umbel::model::{Choices, DeleteEffect, Model, RelatedRows};
use umbel::show::Show;
use umbel::web::{Html, RowKey};
use umbel::{Result, ui, web};

use super::form::{ARTICLES, NAME, TagForm};
use super::model::Tag;
use crate::article::Article;
use crate::layout;

#[derive(Template)]
#[template(path = "tag/list.html")]
struct ListPage {
    tags: Page<Tag>,
}

#[derive(Template)]
#[template(path = "tag/show.html")]
struct ShowPage {
    tag: Tag,
    related: Vec<RelatedRows>,
}

/// The controls of the form, and what can be chosen in it.
#[derive(Template)]
#[template(path = "tag/_fields.html")]
struct Fields {
    form: Filled<TagForm>,
    choices: Choices,
}

impl Fields {
    async fn load(db: &Db, form: Filled<TagForm>) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[ARTICLES.any_of::<Article>(&form.articles)],
        )
        .await?;
        Ok(Self { form, choices })
    }
}

/// `GET /tag`
pub async fn list(db: Db, list: List<Tag>) -> Result<Html> {
    let tags = Tag::query().page::<Tag>(&db, list).await?;
    web::render(&ListPage { tags })
}

/// `GET /tag/{key}`
pub async fn show(db: Db, RowKey(key): RowKey<Tag>) -> Result<Html> {
    let relations = [Tag::ARTICLES.def()];
    let (tag, related) = Tag::query()
        .find_with_related(&db, &key, &relations)
        .await?;
    web::render(&ShowPage { tag, related })
}

/// `GET /tag/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank()).await?;
    let page = ui::new(Tag::TABLE, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /tag`
pub async fn create(db: Db, form: Filled<TagForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(tag) => Ok(web::redirect(&tag.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::new(Tag::TABLE, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /tag/{key}/edit`
pub async fn edit(db: Db, RowKey(key): RowKey<Tag>) -> Result<Html> {
    let tag = Tag::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &tag).await?;
    let fields = Fields::load(&db, form).await?;
    let page = ui::edit(&*tag, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /tag/{key}/edit`
pub async fn update(db: Db, RowKey(key): RowKey<Tag>, form: Filled<TagForm>) -> Result<Response> {
    let tag = Tag::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &tag).await?);
    match form.update(&db, &tag).await {
        Ok(tag) => Ok(web::redirect(&tag.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::edit(&*tag, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /tag/{key}/delete`
pub async fn confirm(db: Db, RowKey(key): RowKey<Tag>) -> Result<Html> {
    let tag = Tag::find_to_delete(&db, &key).await?;
    let effects = DeleteEffect::preview(&db, &tag).await?;
    web::render(&layout::page(&ui::delete(&tag, &effects)))
}

/// `POST /tag/{key}/delete`
pub async fn delete(db: Db, RowKey(key): RowKey<Tag>) -> Result<Response> {
    let tag = Tag::find_to_delete(&db, &key).await?;
    tag.delete(&db).await?;
    Ok(web::redirect(Tag::list_url()))
}
