//! The pages of editions.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::Filled;
use umbel::list::{List, Page};
use umbel::model::{Choices, DeleteEffect, Model};
use umbel::show::Show;
use umbel::web::{Html, RowKey};
use umbel::{Result, ui, web};

use super::form::{ARTICLE_ID, DAY, EditionForm, GOES_OUT_AT, NOTE, SECTION_ID, SLOT};
use super::model::{Edition, EditionWithLabels};
use crate::article::Article;
use crate::layout;
use crate::section::Section;

#[derive(Template)]
#[template(path = "edition/list.html")]
struct ListPage {
    editions: Page<EditionWithLabels>,
}

#[derive(Template)]
#[template(path = "edition/show.html")]
struct ShowPage {
    row: EditionWithLabels,
}

/// The controls of the form, and what can be chosen in it.
#[derive(Template)]
#[template(path = "edition/_fields.html")]
struct Fields {
    form: Filled<EditionForm>,
    choices: Choices,
}

impl Fields {
    async fn load(db: &Db, form: Filled<EditionForm>) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                SECTION_ID.one_of::<Section>(&form.section_id),
                ARTICLE_ID.one_of::<Article>(&form.article_id),
            ],
        )
        .await?;
        Ok(Self { form, choices })
    }
}

/// `GET /edition`
pub async fn list(db: Db, list: List<Edition>) -> Result<Html> {
    let editions = Edition::query()
        .page::<EditionWithLabels>(&db, list)
        .await?;
    web::render(&ListPage { editions })
}

/// `GET /edition/{key}`
pub async fn show(db: Db, RowKey(key): RowKey<Edition>) -> Result<Html> {
    let row = Edition::find_as::<EditionWithLabels>(&db, &key).await?;
    web::render(&ShowPage { row })
}

/// `GET /edition/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank()).await?;
    let page = ui::new(Edition::TABLE, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /edition`
pub async fn create(db: Db, form: Filled<EditionForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(edition) => Ok(web::redirect(&edition.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::new(Edition::TABLE, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /edition/{key}/edit`
pub async fn edit(db: Db, RowKey(key): RowKey<Edition>) -> Result<Html> {
    let edition = Edition::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &edition).await?;
    let fields = Fields::load(&db, form).await?;
    let page = ui::edit(&*edition, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /edition/{key}/edit`
pub async fn update(
    db: Db,
    RowKey(key): RowKey<Edition>,
    form: Filled<EditionForm>,
) -> Result<Response> {
    let edition = Edition::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &edition).await?);
    match form.update(&db, &edition).await {
        Ok(edition) => Ok(web::redirect(&edition.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::edit(&*edition, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /edition/{key}/delete`
pub async fn confirm(db: Db, RowKey(key): RowKey<Edition>) -> Result<Html> {
    let edition = Edition::find_to_delete(&db, &key).await?;
    let effects = DeleteEffect::preview(&db, &edition).await?;
    web::render(&layout::page(&ui::delete(&edition, &effects)))
}

/// `POST /edition/{key}/delete`
pub async fn delete(db: Db, RowKey(key): RowKey<Edition>) -> Result<Response> {
    let edition = Edition::find_to_delete(&db, &key).await?;
    edition.delete(&db).await?;
    Ok(web::redirect(Edition::list_url()))
}
