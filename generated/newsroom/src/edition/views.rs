//! The pages of editions.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::{Field, Filled, Form as _, Redisplay};
use umbel::list::{List, Page};
use umbel::model::{Choices, Effect, Model};
use umbel::show::Show;
use umbel::web::{Html, Key};
use umbel::{Result, web};

use super::form::{ARTICLE_ID, DAY, EditionForm, GOES_OUT_AT, NOTE, SECTION_ID, SLOT};
use super::model::{Edition, EditionRow};
use crate::article::Article;
use crate::section::Section;
use crate::ui;

#[derive(Template)]
#[template(path = "edition/list.html")]
struct ListPage {
    editions: Page<EditionRow>,
}

#[derive(Template)]
#[template(path = "edition/show.html")]
struct ShowPage {
    row: EditionRow,
}

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "edition/_fields.html")]
struct Fields {
    form: Filled<EditionForm>,
    errors: Redisplay,
    choices: Choices,
}

impl ui::Sheet for Fields {
    fn fields(&self) -> &'static [Field] {
        EditionForm::FIELDS
    }

    fn errors(&self) -> &Redisplay {
        &self.errors
    }
}

impl Fields {
    async fn load(db: &Db, form: Filled<EditionForm>, errors: Redisplay) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                SECTION_ID.one_of::<Section>(&form.section_id),
                ARTICLE_ID.one_of::<Article>(&form.article_id),
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

/// `GET /edition`
pub async fn list(db: Db, list: List<Edition>) -> Result<Html> {
    let editions = Edition::query().page::<EditionRow>(&db, list).await?;
    web::render(&ListPage { editions })
}

/// `GET /edition/{key}`
pub async fn show(db: Db, Key(key): Key<Edition>) -> Result<Html> {
    let row = Edition::find_as::<EditionRow>(&db, &key).await?;
    web::render(&ShowPage { row })
}

/// `GET /edition/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank(), Redisplay::default()).await?;
    web::render(&ui::new(Edition::TABLE, &fields))
}

/// `POST /edition`
pub async fn create(db: Db, form: Filled<EditionForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(edition) => Ok(web::redirect(&edition.url())),
        Err(error) => {
            let errors = form.redisplay(error)?;
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(fields.errors.status(), &ui::new(Edition::TABLE, &fields))
        }
    }
}

/// `GET /edition/{key}/edit`
pub async fn edit(db: Db, Key(key): Key<Edition>) -> Result<Html> {
    let edition = Edition::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &edition).await?;
    let fields = Fields::load(&db, form, Redisplay::default()).await?;
    web::render(&ui::edit(&*edition, &fields))
}

/// `POST /edition/{key}/edit`
pub async fn update(db: Db, Key(key): Key<Edition>, form: Filled<EditionForm>) -> Result<Response> {
    let edition = Edition::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &edition).await?);
    match form.update(&db, &edition).await {
        Ok(edition) => Ok(web::redirect(&edition.url())),
        Err(error) => {
            let errors = form.redisplay(error)?;
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(fields.errors.status(), &ui::edit(&*edition, &fields))
        }
    }
}

/// `GET /edition/{key}/delete`
pub async fn confirm(db: Db, Key(key): Key<Edition>) -> Result<Html> {
    let edition = Edition::find_to_delete(&db, &key).await?;
    let effects = Effect::preview(&db, &edition).await?;
    web::render(&ui::delete(&edition, &effects))
}

/// `POST /edition/{key}/delete`
pub async fn delete(db: Db, Key(key): Key<Edition>) -> Result<Response> {
    let edition = Edition::find_to_delete(&db, &key).await?;
    edition.delete(&db).await?;
    Ok(web::redirect(Edition::list_url()))
}
