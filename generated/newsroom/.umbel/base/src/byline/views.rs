//! The pages of bylines.

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
    related: Vec<Related>,
}

#[derive(Template)]
#[template(path = "byline/new.html")]
struct NewPage {
    fields: Fields,
}

#[derive(Template)]
#[template(path = "byline/edit.html")]
struct EditPage {
    byline: Byline,
    fields: Fields,
}

#[derive(Template)]
#[template(path = "byline/delete.html")]
struct DeletePage {
    byline: Byline,
    effects: Vec<Effect>,
}

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "byline/_fields.html")]
struct Fields {
    form: BylineForm,
    errors: Errors,
    article_id: Choices,
    author_id: Choices,
}

impl HtmlSafe for Fields {}

impl Fields {
    async fn load(db: &Database, form: BylineForm, errors: Errors) -> Result<Self> {
        Ok(Self {
            article_id: Choices::one::<Article>(
                db,
                &form.article_id,
                form.state.find("article_id"),
            )
            .await?,
            author_id: Choices::one::<Author>(db, &form.author_id, form.state.find("author_id"))
                .await?,
            form,
            errors,
        })
    }
}

/// `GET /byline`
pub async fn list(db: Database, list: List<Byline>) -> Result<Html> {
    let bylines = Byline::query().page::<BylineRow>(&db, list).await?;
    web::render(&ListPage { bylines })
}

/// `GET /byline/{key}`
pub async fn show(db: Database, Key(key): Key<Byline>) -> Result<Html> {
    let row = Byline::find_as::<BylineRow>(&db, &key).await?;
    let related = Related::load(&db, &row.byline, &[]).await?;
    web::render(&ShowPage { row, related })
}

/// `GET /byline/new`
pub async fn new(db: Database) -> Result<Html> {
    let fields = Fields::load(&db, BylineForm::blank(), Errors::default()).await?;
    web::render(&NewPage { fields })
}

/// `POST /byline`
pub async fn create(db: Database, Form(form): Form<BylineForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(byline) => Ok(web::redirect(&byline.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(status, &NewPage { fields })
        }
    }
}

/// `GET /byline/{key}/edit`
pub async fn edit(db: Database, Key(key): Key<Byline>) -> Result<Html> {
    let byline = Byline::find_versioned(&db, &key).await?;
    let form = BylineForm::open(&db, &byline).await?;
    let fields = Fields::load(&db, form, Errors::default()).await?;
    web::render(&EditPage {
        byline: byline.into_row(),
        fields,
    })
}

/// `POST /byline/{key}/edit`
pub async fn update(
    db: Database,
    Key(key): Key<Byline>,
    Form(form): Form<BylineForm>,
) -> Result<Response> {
    let byline = Byline::find_versioned(&db, &key).await?;
    let form = form.rebase(BylineForm::open(&db, &byline).await?);
    match form.update(&db, &byline).await {
        Ok(byline) => Ok(web::redirect(&byline.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(
                status,
                &EditPage {
                    byline: byline.into_row(),
                    fields,
                },
            )
        }
    }
}

/// `GET /byline/{key}/delete`
pub async fn confirm(db: Database, Key(key): Key<Byline>) -> Result<Html> {
    let byline = Byline::find(&db, &key).await?;
    let effects = Effect::preview(&db, &byline).await?;
    web::render(&DeletePage { byline, effects })
}

/// `POST /byline/{key}/delete`
pub async fn delete(db: Database, Key(key): Key<Byline>) -> Result<Response> {
    Byline::find(&db, &key).await?.delete(&db).await?;
    Ok(web::redirect(Byline::list_url()))
}
