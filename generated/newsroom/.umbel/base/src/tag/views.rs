//! The pages of tags.

use askama::Template;
use umbel::axum::response::Response;
use umbel::db::Db;
use umbel::form::{Field, Filled, Form as _, Redisplay};
use umbel::list::{List, Page};
use umbel::model::{Choices, Effect, Model, Related};
use umbel::show::Show;
use umbel::web::{Html, Key};
use umbel::{Result, web};

use super::form::{ARTICLES, NAME, TagForm};
use super::model::Tag;
use crate::article::Article;
use crate::ui;

#[derive(Template)]
#[template(path = "tag/list.html")]
struct ListPage {
    tags: Page<Tag>,
}

#[derive(Template)]
#[template(path = "tag/show.html")]
struct ShowPage {
    tag: Tag,
    related: Vec<Related>,
}

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "tag/_fields.html")]
struct Fields {
    form: Filled<TagForm>,
    errors: Redisplay,
    choices: Choices,
}

impl ui::Sheet for Fields {
    fn fields(&self) -> &'static [Field] {
        TagForm::FIELDS
    }

    fn errors(&self) -> &Redisplay {
        &self.errors
    }
}

impl Fields {
    async fn load(db: &Db, form: Filled<TagForm>, errors: Redisplay) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[ARTICLES.any_of::<Article>(&form.articles)],
        )
        .await?;
        Ok(Self {
            form,
            errors,
            choices,
        })
    }
}

/// `GET /tag`
pub async fn list(db: Db, list: List<Tag>) -> Result<Html> {
    let tags = Tag::query().page::<Tag>(&db, list).await?;
    web::render(&ListPage { tags })
}

/// `GET /tag/{key}`
pub async fn show(db: Db, Key(key): Key<Tag>) -> Result<Html> {
    let relations = [Tag::ARTICLES.def()];
    let (tag, related) = Tag::query()
        .find_with_related(&db, &key, &relations)
        .await?;
    web::render(&ShowPage { tag, related })
}

/// `GET /tag/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank(), Redisplay::default()).await?;
    web::render(&ui::new(Tag::TABLE, &fields))
}

/// `POST /tag`
pub async fn create(db: Db, form: Filled<TagForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(tag) => Ok(web::redirect(&tag.url())),
        Err(error) => {
            let errors = form.redisplay(error)?;
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(fields.errors.status(), &ui::new(Tag::TABLE, &fields))
        }
    }
}

/// `GET /tag/{key}/edit`
pub async fn edit(db: Db, Key(key): Key<Tag>) -> Result<Html> {
    let tag = Tag::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &tag).await?;
    let fields = Fields::load(&db, form, Redisplay::default()).await?;
    web::render(&ui::edit(&*tag, &fields))
}

/// `POST /tag/{key}/edit`
pub async fn update(db: Db, Key(key): Key<Tag>, form: Filled<TagForm>) -> Result<Response> {
    let tag = Tag::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &tag).await?);
    match form.update(&db, &tag).await {
        Ok(tag) => Ok(web::redirect(&tag.url())),
        Err(error) => {
            let errors = form.redisplay(error)?;
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(fields.errors.status(), &ui::edit(&*tag, &fields))
        }
    }
}

/// `GET /tag/{key}/delete`
pub async fn confirm(db: Db, Key(key): Key<Tag>) -> Result<Html> {
    let tag = Tag::find_to_delete(&db, &key).await?;
    let effects = Effect::preview(&db, &tag).await?;
    web::render(&ui::delete(&tag, &effects))
}

/// `POST /tag/{key}/delete`
pub async fn delete(db: Db, Key(key): Key<Tag>) -> Result<Response> {
    let tag = Tag::find_to_delete(&db, &key).await?;
    tag.delete(&db).await?;
    Ok(web::redirect(Tag::list_url()))
}
