//! The pages of bylines.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::Filled;
use umbel::list::{List, Page};
use umbel::model::{Choices, DeleteEffect, Model};
use umbel::show::Show;
use umbel::web::{Html, RowKey};
use umbel::{Result, ui, web};

use super::form::{ARTICLE_ID, AUTHOR_ID, BylineForm, PART};
use super::model::{Byline, BylineWithLabels};
use crate::article::Article;
use crate::author::Author;
use crate::layout;

#[derive(Template)]
#[template(path = "byline/list.html")]
struct ListPage {
    bylines: Page<BylineWithLabels>,
}

#[derive(Template)]
#[template(path = "byline/show.html")]
struct ShowPage {
    row: BylineWithLabels,
}

/// The controls of the form, and what can be chosen in it.
#[derive(Template)]
#[template(path = "byline/_fields.html")]
struct Fields {
    form: Filled<BylineForm>,
    choices: Choices,
}

impl Fields {
    async fn load(db: &Db, form: Filled<BylineForm>) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                ARTICLE_ID.one_of::<Article>(&form.article_id),
                AUTHOR_ID.one_of::<Author>(&form.author_id),
            ],
        )
        .await?;
        Ok(Self { form, choices })
    }
}

/// `GET /byline`
pub async fn list(db: Db, list: List<Byline>) -> Result<Html> {
    let bylines = Byline::query().page::<BylineWithLabels>(&db, list).await?;
    web::render(&ListPage { bylines })
}

/// `GET /byline/{key}`
pub async fn show(db: Db, RowKey(key): RowKey<Byline>) -> Result<Html> {
    let row = Byline::find_as::<BylineWithLabels>(&db, &key).await?;
    web::render(&ShowPage { row })
}

/// `GET /byline/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank()).await?;
    let page = ui::new(Byline::TABLE, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /byline`
pub async fn create(db: Db, form: Filled<BylineForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(byline) => Ok(web::redirect(&byline.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::new(Byline::TABLE, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /byline/{key}/edit`
pub async fn edit(db: Db, RowKey(key): RowKey<Byline>) -> Result<Html> {
    let byline = Byline::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &byline).await?;
    let fields = Fields::load(&db, form).await?;
    let page = ui::edit(&*byline, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /byline/{key}/edit`
pub async fn update(
    db: Db,
    RowKey(key): RowKey<Byline>,
    form: Filled<BylineForm>,
) -> Result<Response> {
    let byline = Byline::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &byline).await?);
    match form.update(&db, &byline).await {
        Ok(byline) => Ok(web::redirect(&byline.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::edit(&*byline, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /byline/{key}/delete`
pub async fn confirm(db: Db, RowKey(key): RowKey<Byline>) -> Result<Html> {
    let byline = Byline::find_to_delete(&db, &key).await?;
    let effects = DeleteEffect::preview(&db, &byline).await?;
    web::render(&layout::page(&ui::delete(&byline, &effects)))
}

/// `POST /byline/{key}/delete`
pub async fn delete(db: Db, RowKey(key): RowKey<Byline>) -> Result<Response> {
    let byline = Byline::find_to_delete(&db, &key).await?;
    byline.delete(&db).await?;
    Ok(web::redirect(Byline::list_url()))
}
