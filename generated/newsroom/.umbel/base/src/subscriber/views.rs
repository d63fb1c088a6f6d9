//! The pages of subscribers.

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
    BORN_ON, CANCELLED_AT, EMAIL, NAME, PLAN, PRICE, SECTIONS, SUBSCRIBED_AT, SubscriberForm,
};
use super::model::Subscriber;
use crate::layout;
use crate::section::Section;

#[derive(Template)]
#[template(path = "subscriber/list.html")]
struct ListPage {
    subscribers: Page<Subscriber>,
}

#[derive(Template)]
#[template(path = "subscriber/show.html")]
struct ShowPage {
    subscriber: Subscriber,
    related: Vec<RelatedRows>,
}

/// The controls of the form, and what can be chosen in it.
#[derive(Template)]
#[template(path = "subscriber/_fields.html")]
struct Fields {
    form: Filled<SubscriberForm>,
    choices: Choices,
}

impl Fields {
    async fn load(db: &Db, form: Filled<SubscriberForm>) -> Result<Self> {
        let choices = Choices::load(
            db,
            form.state(),
            &[SECTIONS.any_of::<Section>(&form.sections)],
        )
        .await?;
        Ok(Self { form, choices })
    }
}

/// `GET /subscriber`
pub async fn list(db: Db, list: List<Subscriber>) -> Result<Html> {
    let subscribers = Subscriber::query().page::<Subscriber>(&db, list).await?;
    web::render(&ListPage { subscribers })
}

/// `GET /subscriber/{key}`
pub async fn show(db: Db, RowKey(key): RowKey<Subscriber>) -> Result<Html> {
    let relations = [Subscriber::SECTIONS.def()];
    let (subscriber, related) = Subscriber::query()
        .find_with_related(&db, &key, &relations)
        .await?;
    web::render(&ShowPage {
        subscriber,
        related,
    })
}

/// `GET /subscriber/new`
pub async fn new(db: Db) -> Result<Html> {
    let fields = Fields::load(&db, Filled::blank()).await?;
    let page = ui::new(Subscriber::TABLE, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /subscriber`
pub async fn create(db: Db, form: Filled<SubscriberForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(subscriber) => Ok(web::redirect(&subscriber.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::new(Subscriber::TABLE, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /subscriber/{key}/edit`
pub async fn edit(db: Db, RowKey(key): RowKey<Subscriber>) -> Result<Html> {
    let subscriber = Subscriber::find_versioned(&db, &key).await?;
    let form = Filled::open(&db, &subscriber).await?;
    let fields = Fields::load(&db, form).await?;
    let page = ui::edit(&*subscriber, &fields.form, &fields);
    web::render(&layout::page(&page))
}

/// `POST /subscriber/{key}/edit`
pub async fn update(
    db: Db,
    RowKey(key): RowKey<Subscriber>,
    form: Filled<SubscriberForm>,
) -> Result<Response> {
    let subscriber = Subscriber::find_versioned(&db, &key).await?;
    let form = form.rebase(Filled::open(&db, &subscriber).await?);
    match form.update(&db, &subscriber).await {
        Ok(subscriber) => Ok(web::redirect(&subscriber.url())),
        Err(error) => {
            let fields = Fields::load(&db, form.refused(error)?).await?;
            let page = ui::edit(&*subscriber, &fields.form, &fields);
            web::render_with(fields.form.status(), &layout::page(&page))
        }
    }
}

/// `GET /subscriber/{key}/delete`
pub async fn confirm(db: Db, RowKey(key): RowKey<Subscriber>) -> Result<Html> {
    let subscriber = Subscriber::find_to_delete(&db, &key).await?;
    let effects = DeleteEffect::preview(&db, &subscriber).await?;
    web::render(&layout::page(&ui::delete(&subscriber, &effects)))
}

/// `POST /subscriber/{key}/delete`
pub async fn delete(db: Db, RowKey(key): RowKey<Subscriber>) -> Result<Response> {
    let subscriber = Subscriber::find_to_delete(&db, &key).await?;
    subscriber.delete(&db).await?;
    Ok(web::redirect(Subscriber::list_url()))
}
