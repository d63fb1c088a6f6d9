//! The pages of sections.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::Filled;
use umbel::list::{List, Page};
use umbel::model::{Choices, DeleteEffect, Model, RelatedRows};
use umbel::show::Show;
use umbel::web::{Html, RowKey};
use umbel::{Result, ui, web};

use super::form::{DESCRIPTION, NAME, PARENT_ID, SUBSCRIBERS, SectionForm, TONE};
use super::model::{Section, SectionWithLabels};
use crate::layout;
use crate::subscriber::Subscriber;

#[derive(Template)]
#[template(path = "section/list.html")]
struct ListPage {
    sections: Page<SectionWithLabels>,
}

#[derive(Template)]
#[template(path = "section/show.html")]
struct ShowPage {
    row: SectionWithLabels,
    related: Vec<RelatedRows>,
}

/// The controls of the form, and what can be chosen in it.
#[derive(Template)]
#[template(path = "section/_fields.html")]
struct Fields {
    form: Filled<SectionForm>,
    choices: Choices,
}

impl Fields {
    async fn load(db: &Db, form: Filled<SectionForm>) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                PARENT_ID.one_of::<Section>(&form.parent_id),
                SUBSCRIBERS.any_of::<Subscriber>(&form.subscribers),
            ],
        )
        .await?;
        Ok(Self { form, choices })
    }
}

/// `GET /section`
pub async fn list(db: Db, list: List<Section>) -> Result<Html> {
    let sections = Section::query()
        .page::<SectionWithLabels>(&db, list)
        .await?;
    web::render(&ListPage { sections })
}

/// `GET /section/{key}`
pub async fn show(db: Db, RowKey(key): RowKey<Section>) -> Result<Html> {
    let relations = [
        Section::SUBSCRIBERS.def(),
        Section::ARTICLES.def(),
        Section::AUTHORS_BY_DESK.def(),
        Section::EDITIONS.def(),
        Section::SECTIONS_BY_PARENT.def(),
    ];
    let (row, related) = Section::query()
        .find_with_related::<SectionWithLabels>(&db, &key, &relations)
        .await?;
    web::render(&ShowPage { row, related })
}

/// `GET /section/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank()).await?;
    let page = ui::new(Section::TABLE, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /section`
pub async fn create(db: Db, form: Filled<SectionForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(section) => Ok(web::redirect(&section.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::new(Section::TABLE, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /section/{key}/edit`
pub async fn edit(db: Db, RowKey(key): RowKey<Section>) -> Result<Html> {
    let section = Section::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &section).await?;
    let fields = Fields::load(&db, form).await?;
    let page = ui::edit(&*section, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /section/{key}/edit`
pub async fn update(
    db: Db,
    RowKey(key): RowKey<Section>,
    form: Filled<SectionForm>,
) -> Result<Response> {
    let section = Section::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &section).await?);
    match form.update(&db, &section).await {
        Ok(section) => Ok(web::redirect(&section.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::edit(&*section, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /section/{key}/delete`
pub async fn confirm(db: Db, RowKey(key): RowKey<Section>) -> Result<Html> {
    let section = Section::find_to_delete(&db, &key).await?;
    let effects = DeleteEffect::preview(&db, &section).await?;
    web::render(&layout::page(&ui::delete(&section, &effects)))
}

/// `POST /section/{key}/delete`
pub async fn delete(db: Db, RowKey(key): RowKey<Section>) -> Result<Response> {
    let section = Section::find_to_delete(&db, &key).await?;
    section.delete(&db).await?;
    Ok(web::redirect(Section::list_url()))
}
