//! The pages of sections.

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

use super::form::{DESCRIPTION, NAME, PARENT_ID, SUBSCRIBERS, SectionForm, TONE};
use super::model::{Section, SectionRow};
use crate::subscriber::Subscriber;
use crate::ui;

#[derive(Template)]
#[template(path = "section/list.html")]
struct ListPage {
    sections: Page<SectionRow>,
}

#[derive(Template)]
#[template(path = "section/show.html")]
struct ShowPage {
    row: SectionRow,
    related: Vec<Related>,
}

#[derive(Template)]
#[template(path = "section/new.html")]
struct NewPage {
    fields: Fields,
}

#[derive(Template)]
#[template(path = "section/edit.html")]
struct EditPage {
    section: Section,
    fields: Fields,
}

#[derive(Template)]
#[template(path = "section/delete.html")]
struct DeletePage {
    section: Section,
    effects: Vec<Effect>,
}

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "section/_fields.html")]
struct Fields {
    form: SectionForm,
    errors: Errors,
    parent_id: Choices,
    subscribers: Choices,
}

impl HtmlSafe for Fields {}

impl Fields {
    async fn load(db: &Database, form: SectionForm, errors: Errors) -> Result<Self> {
        Ok(Self {
            parent_id: Choices::one::<Section>(db, &form.parent_id, form.state.find("parent_id"))
                .await?,
            subscribers: Choices::many::<Subscriber>(
                db,
                &form.subscribers,
                form.state.find("subscribers"),
            )
            .await?,
            form,
            errors,
        })
    }
}

/// `GET /section`
pub async fn list(db: Database, list: List<Section>) -> Result<Html> {
    let sections = Section::query().page::<SectionRow>(&db, list).await?;
    web::render(&ListPage { sections })
}

/// `GET /section/{key}`
pub async fn show(db: Database, Key(key): Key<Section>) -> Result<Html> {
    let row = Section::find_as::<SectionRow>(&db, &key).await?;
    let related = Related::load(
        &db,
        &row.section,
        &[
            Section::SUBSCRIBERS.def(),
            Section::ARTICLES.def(),
            Section::AUTHORS_BY_DESK.def(),
            Section::EDITIONS.def(),
            Section::SECTIONS_BY_PARENT.def(),
        ],
    )
    .await?;
    web::render(&ShowPage { row, related })
}

/// `GET /section/new`
pub async fn new(db: Database) -> Result<Html> {
    let fields = Fields::load(&db, SectionForm::blank(), Errors::default()).await?;
    web::render(&NewPage { fields })
}

/// `POST /section`
pub async fn create(db: Database, Form(form): Form<SectionForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(section) => Ok(web::redirect(&section.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(status, &NewPage { fields })
        }
    }
}

/// `GET /section/{key}/edit`
pub async fn edit(db: Database, Key(key): Key<Section>) -> Result<Html> {
    let section = Section::find_versioned(&db, &key).await?;
    let form = SectionForm::open(&db, &section).await?;
    let fields = Fields::load(&db, form, Errors::default()).await?;
    web::render(&EditPage {
        section: section.into_row(),
        fields,
    })
}

/// `POST /section/{key}/edit`
pub async fn update(
    db: Database,
    Key(key): Key<Section>,
    Form(form): Form<SectionForm>,
) -> Result<Response> {
    let section = Section::find_versioned(&db, &key).await?;
    let form = form.rebase(SectionForm::open(&db, &section).await?);
    match form.update(&db, &section).await {
        Ok(section) => Ok(web::redirect(&section.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(
                status,
                &EditPage {
                    section: section.into_row(),
                    fields,
                },
            )
        }
    }
}

/// `GET /section/{key}/delete`
pub async fn confirm(db: Database, Key(key): Key<Section>) -> Result<Html> {
    let section = Section::find(&db, &key).await?;
    let effects = Effect::preview(&db, &section).await?;
    web::render(&DeletePage { section, effects })
}

/// `POST /section/{key}/delete`
pub async fn delete(db: Database, Key(key): Key<Section>) -> Result<Response> {
    Section::find(&db, &key).await?.delete(&db).await?;
    Ok(web::redirect(Section::list_url()))
}
