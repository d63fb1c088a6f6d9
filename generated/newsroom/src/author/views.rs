//! The pages of authors.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::Filled;
use umbel::list::{List, Page};
use umbel::model::{Choices, DeleteEffect, Model, RelatedRows};
use umbel::show::Show;
use umbel::web::{Html, RowKey};
use umbel::{Result, ui, web};

use super::form::{
    ARTICLES, AuthorForm, BIOGRAPHY, DESK_ID, EDITOR_ID, EMAIL, FEE_PER_WORD, IS_STAFF, JOINED_ON,
    NAME, PORTRAIT,
};
use super::model::{Author, AuthorWithLabels};
use crate::article::Article;
use crate::layout;
use crate::section::Section;

#[derive(Template)]
#[template(path = "author/list.html")]
struct ListPage {
    authors: Page<AuthorWithLabels>,
}

#[derive(Template)]
#[template(path = "author/show.html")]
struct ShowPage {
    row: AuthorWithLabels,
    related: Vec<RelatedRows>,
}

/// The controls of the form, and what can be chosen in it.
#[derive(Template)]
#[template(path = "author/_fields.html")]
struct Fields {
    form: Filled<AuthorForm>,
    choices: Choices,
}

impl Fields {
    async fn load(db: &Db, form: Filled<AuthorForm>) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[
                DESK_ID.one_of::<Section>(&form.desk_id),
                EDITOR_ID.one_of::<Author>(&form.editor_id),
                ARTICLES.any_of::<Article>(&form.articles),
            ],
        )
        .await?;
        Ok(Self { form, choices })
    }
}

/// `GET /author`
pub async fn list(db: Db, list: List<Author>) -> Result<Html> {
    let authors = Author::query().page::<AuthorWithLabels>(&db, list).await?;
    web::render(&ListPage { authors })
}

/// `GET /author/{key}`
pub async fn show(db: Db, RowKey(key): RowKey<Author>) -> Result<Html> {
    let relations = [Author::ARTICLES.def(), Author::AUTHORS_BY_EDITOR.def()];
    let (row, related) = Author::query()
        .find_with_related::<AuthorWithLabels>(&db, &key, &relations)
        .await?;
    web::render(&ShowPage { row, related })
}

/// `GET /author/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank()).await?;
    let page = ui::new(Author::TABLE, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /author`
pub async fn create(db: Db, form: Filled<AuthorForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(author) => Ok(web::redirect(&author.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::new(Author::TABLE, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /author/{key}/edit`
pub async fn edit(db: Db, RowKey(key): RowKey<Author>) -> Result<Html> {
    let author = Author::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &author).await?;
    let fields = Fields::load(&db, form).await?;
    let page = ui::edit(&*author, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /author/{key}/edit`
pub async fn update(
    db: Db,
    RowKey(key): RowKey<Author>,
    form: Filled<AuthorForm>,
) -> Result<Response> {
    let author = Author::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &author).await?);
    match form.update(&db, &author).await {
        Ok(author) => Ok(web::redirect(&author.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::edit(&*author, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /author/{key}/delete`
pub async fn confirm(db: Db, RowKey(key): RowKey<Author>) -> Result<Html> {
    let author = Author::find_to_delete(&db, &key).await?;
    let effects = DeleteEffect::preview(&db, &author).await?;
    web::render(&layout::page(&ui::delete(&author, &effects)))
}

/// `POST /author/{key}/delete`
pub async fn delete(db: Db, RowKey(key): RowKey<Author>) -> Result<Response> {
    let author = Author::find_to_delete(&db, &key).await?;
    author.delete(&db).await?;
    Ok(web::redirect(Author::list_url()))
}
