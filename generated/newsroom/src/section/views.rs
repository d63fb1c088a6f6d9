//! The pages of sections.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::{Field, Filled, Form as _, Redisplay};
use umbel::list::{List, Page};
use umbel::model::{Choices, Effect, Model, Related};
use umbel::show::Show;
use umbel::web::{Html, Key};
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

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "section/_fields.html")]
struct Fields {
    form: Filled<SectionForm>,
    errors: Redisplay,
    choices: Choices,
}

impl ui::Sheet for Fields {
    fn fields(&self) -> &'static [Field] {
        SectionForm::FIELDS
    }

    fn errors(&self) -> &Redisplay {
        &self.errors
    }
}

impl Fields {
    async fn load(db: &Db, form: Filled<SectionForm>, errors: Redisplay) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                PARENT_ID.one_of::<Section>(&form.parent_id),
                SUBSCRIBERS.any_of::<Subscriber>(&form.subscribers),
            ],
        )
        .await?;
        Ok(Self {
            form,
            errors,
            choices,
        })
    }
}

/// `GET /section`
pub async fn list(db: Db, list: List<Section>) -> Result<Html> {
    let sections = Section::query().page::<SectionRow>(&db, list).await?;
    web::render(&ListPage { sections })
}

/// `GET /section/{key}`
pub async fn show(db: Db, Key(key): Key<Section>) -> Result<Html> {
    let relations = [
        Section::SUBSCRIBERS.def(),
        Section::ARTICLES.def(),
        Section::AUTHORS_BY_DESK.def(),
        Section::EDITIONS.def(),
        Section::SECTIONS_BY_PARENT.def(),
    ];
    let (row, related) = Section::query()
        .find_with_related::<SectionRow>(&db, &key, &relations)
        .await?;
    web::render(&ShowPage { row, related })
}

/// `GET /section/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank(), Redisplay::default()).await?;
    web::render(&ui::new(Section::TABLE, &fields))
}

/// `POST /section`
pub async fn create(db: Db, form: Filled<SectionForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(section) => Ok(web::redirect(&section.url())),
        Err(error) => {
            let errors = form.redisplay(error)?;
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(fields.errors.status(), &ui::new(Section::TABLE, &fields))
        }
    }
}

/// `GET /section/{key}/edit`
pub async fn edit(db: Db, Key(key): Key<Section>) -> Result<Html> {
    let section = Section::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &section).await?;
    let fields = Fields::load(&db, form, Redisplay::default()).await?;
    web::render(&ui::edit(&*section, &fields))
}

/// `POST /section/{key}/edit`
pub async fn update(db: Db, Key(key): Key<Section>, form: Filled<SectionForm>) -> Result<Response> {
    let section = Section::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &section).await?);
    match form.update(&db, &section).await {
        Ok(section) => Ok(web::redirect(&section.url())),
        Err(error) => {
            let errors = form.redisplay(error)?;
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(fields.errors.status(), &ui::edit(&*section, &fields))
        }
    }
}

/// `GET /section/{key}/delete`
pub async fn confirm(db: Db, Key(key): Key<Section>) -> Result<Html> {
    let section = Section::find_to_delete(&db, &key).await?;
    let effects = Effect::preview(&db, &section).await?;
    web::render(&ui::delete(&section, &effects))
}

/// `POST /section/{key}/delete`
pub async fn delete(db: Db, Key(key): Key<Section>) -> Result<Response> {
    let section = Section::find_to_delete(&db, &key).await?;
    section.delete(&db).await?;
    Ok(web::redirect(Section::list_url()))
}
