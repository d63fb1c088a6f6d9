//! The pages of authors.

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

use super::form::{
    ARTICLES, AuthorForm, BIOGRAPHY, DESK_ID, EDITOR_ID, EMAIL, FEE_PER_WORD, IS_STAFF, JOINED_ON,
    NAME, PORTRAIT,
};
use super::model::{Author, AuthorRow};
use crate::article::Article;
use crate::section::Section;
use crate::ui;

#[derive(Template)]
#[template(path = "author/list.html")]
struct ListPage {
    authors: Page<AuthorRow>,
}

#[derive(Template)]
#[template(path = "author/show.html")]
struct ShowPage {
    row: AuthorRow,
    related: Vec<Related>,
}

#[derive(Template)]
#[template(path = "author/new.html")]
struct NewPage {
    fields: Fields,
}

#[derive(Template)]
#[template(path = "author/edit.html")]
struct EditPage {
    author: Author,
    fields: Fields,
}

#[derive(Template)]
#[template(path = "author/delete.html")]
struct DeletePage {
    author: Author,
    effects: Vec<Effect>,
}

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "author/_fields.html")]
struct Fields {
    form: AuthorForm,
    errors: Errors,
    desk_id: Choices,
    editor_id: Choices,
    articles: Choices,
}

impl HtmlSafe for Fields {}

impl Fields {
    async fn load(db: &Database, form: AuthorForm, errors: Errors) -> Result<Self> {
        Ok(Self {
            desk_id: Choices::one::<Section>(db, &form.desk_id, form.state.find("desk_id")).await?,
            editor_id: Choices::one::<Author>(db, &form.editor_id, form.state.find("editor_id"))
                .await?,
            articles: Choices::many::<Article>(db, &form.articles, form.state.find("articles"))
                .await?,
            form,
            errors,
        })
    }
}

/// `GET /author`
pub async fn list(db: Database, list: List<Author>) -> Result<Html> {
    let authors = Author::query().page::<AuthorRow>(&db, list).await?;
    web::render(&ListPage { authors })
}

/// `GET /author/{key}`
pub async fn show(db: Database, Key(key): Key<Author>) -> Result<Html> {
    let row = Author::find_as::<AuthorRow>(&db, &key).await?;
    let related = Related::load(
        &db,
        &row.author,
        &[Author::ARTICLES.def(), Author::AUTHORS_BY_EDITOR.def()],
    )
    .await?;
    web::render(&ShowPage { row, related })
}

/// `GET /author/new`
pub async fn new(db: Database) -> Result<Html> {
    let fields = Fields::load(&db, AuthorForm::blank(), Errors::default()).await?;
    web::render(&NewPage { fields })
}

/// `POST /author`
pub async fn create(db: Database, Form(form): Form<AuthorForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(author) => Ok(web::redirect(&author.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(status, &NewPage { fields })
        }
    }
}

/// `GET /author/{key}/edit`
pub async fn edit(db: Database, Key(key): Key<Author>) -> Result<Html> {
    let author = Author::find_versioned(&db, &key).await?;
    let form = AuthorForm::open(&db, &author).await?;
    let fields = Fields::load(&db, form, Errors::default()).await?;
    web::render(&EditPage {
        author: author.into_row(),
        fields,
    })
}

/// `POST /author/{key}/edit`
pub async fn update(
    db: Database,
    Key(key): Key<Author>,
    Form(form): Form<AuthorForm>,
) -> Result<Response> {
    let author = Author::find_versioned(&db, &key).await?;
    let form = form.rebase(AuthorForm::open(&db, &author).await?);
    match form.update(&db, &author).await {
        Ok(author) => Ok(web::redirect(&author.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(
                status,
                &EditPage {
                    author: author.into_row(),
                    fields,
                },
            )
        }
    }
}

/// `GET /author/{key}/delete`
pub async fn confirm(db: Database, Key(key): Key<Author>) -> Result<Html> {
    let author = Author::find(&db, &key).await?;
    let effects = Effect::preview(&db, &author).await?;
    web::render(&DeletePage { author, effects })
}

/// `POST /author/{key}/delete`
pub async fn delete(db: Database, Key(key): Key<Author>) -> Result<Response> {
    Author::find(&db, &key).await?.delete(&db).await?;
    Ok(web::redirect(Author::list_url()))
}
