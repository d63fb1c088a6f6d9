//! The pages of bylines.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::{Field, Filled, Form as _, Redisplay};
use umbel::list::{List, Page};
use umbel::model::{Choices, Effect, Model};
use umbel::show::Show;
use umbel::web::{Html, Key};
use umbel::{Result, web};

use super::form::{ARTICLE_ID, AUTHOR_ID, BylineForm, PART};
use super::model::{Byline, BylineRow};
use crate::article::Article;
use crate::author::Author;
use crate::ui;

#[derive(Template)]
#[template(path = "byline/list.html")]
struct ListPage {
    bylines: Page<BylineRow>,
}

#[derive(Template)]
#[template(path = "byline/show.html")]
struct ShowPage {
    row: BylineRow,
}

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "byline/_fields.html")]
struct Fields {
    form: Filled<BylineForm>,
    errors: Redisplay,
    choices: Choices,
}

impl ui::Sheet for Fields {
    fn fields(&self) -> &'static [Field] {
        BylineForm::FIELDS
    }

    fn errors(&self) -> &Redisplay {
        &self.errors
    }
}

impl Fields {
    async fn load(db: &Db, form: Filled<BylineForm>, errors: Redisplay) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                ARTICLE_ID.one_of::<Article>(&form.article_id),
                AUTHOR_ID.one_of::<Author>(&form.author_id),
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

/// `GET /byline`
pub async fn list(db: Db, list: List<Byline>) -> Result<Html> {
    let bylines = Byline::query().page::<BylineRow>(&db, list).await?;
    web::render(&ListPage { bylines })
}

/// `GET /byline/{key}`
pub async fn show(db: Db, Key(key): Key<Byline>) -> Result<Html> {
    let row = Byline::find_as::<BylineRow>(&db, &key).await?;
    web::render(&ShowPage { row })
}

/// `GET /byline/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank(), Redisplay::default()).await?;
    web::render(&ui::new(Byline::TABLE, &fields))
}

/// `POST /byline`
pub async fn create(db: Db, form: Filled<BylineForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(byline) => Ok(web::redirect(&byline.url())),
        Err(error) => {
            let errors = form.redisplay(error)?;
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(fields.errors.status(), &ui::new(Byline::TABLE, &fields))
        }
    }
}

/// `GET /byline/{key}/edit`
pub async fn edit(db: Db, Key(key): Key<Byline>) -> Result<Html> {
    let byline = Byline::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &byline).await?;
    let fields = Fields::load(&db, form, Redisplay::default()).await?;
    web::render(&ui::edit(&*byline, &fields))
}

/// `POST /byline/{key}/edit`
pub async fn update(db: Db, Key(key): Key<Byline>, form: Filled<BylineForm>) -> Result<Response> {
    let byline = Byline::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &byline).await?);
    match form.update(&db, &byline).await {
        Ok(byline) => Ok(web::redirect(&byline.url())),
        Err(error) => {
            let errors = form.redisplay(error)?;
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(fields.errors.status(), &ui::edit(&*byline, &fields))
        }
    }
}

/// `GET /byline/{key}/delete`
pub async fn confirm(db: Db, Key(key): Key<Byline>) -> Result<Html> {
    let byline = Byline::find_to_delete(&db, &key).await?;
    let effects = Effect::preview(&db, &byline).await?;
    web::render(&ui::delete(&byline, &effects))
}

/// `POST /byline/{key}/delete`
pub async fn delete(db: Db, Key(key): Key<Byline>) -> Result<Response> {
    let byline = Byline::find_to_delete(&db, &key).await?;
    byline.delete(&db).await?;
    Ok(web::redirect(Byline::list_url()))
}
