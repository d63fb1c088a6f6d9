//! The pages of subscribers.

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
    BORN_ON, CANCELLED_AT, EMAIL, NAME, PLAN, PRICE, SECTIONS, SUBSCRIBED_AT, SubscriberForm,
};
use super::model::Subscriber;
use crate::section::Section;
use crate::ui;

#[derive(Template)]
#[template(path = "subscriber/list.html")]
struct ListPage {
    subscribers: Page<Subscriber>,
}

#[derive(Template)]
#[template(path = "subscriber/show.html")]
struct ShowPage {
    subscriber: Subscriber,
    related: Vec<Related>,
}

#[derive(Template)]
#[template(path = "subscriber/new.html")]
struct NewPage {
    fields: Fields,
}

#[derive(Template)]
#[template(path = "subscriber/edit.html")]
struct EditPage {
    subscriber: Subscriber,
    fields: Fields,
}

#[derive(Template)]
#[template(path = "subscriber/delete.html")]
struct DeletePage {
    subscriber: Subscriber,
    effects: Vec<Effect>,
}

/// The controls of the form: what was typed, what can be chosen, what is wrong.
#[derive(Template)]
#[template(path = "subscriber/_fields.html")]
struct Fields {
    form: SubscriberForm,
    errors: Errors,
    sections: Choices,
}

impl HtmlSafe for Fields {}

impl Fields {
    async fn load(db: &Database, form: SubscriberForm, errors: Errors) -> Result<Self> {
        Ok(Self {
            sections: Choices::many::<Section>(db, &form.sections, form.state.find("sections"))
                .await?,
            form,
            errors,
        })
    }
}

/// `GET /subscriber`
pub async fn list(db: Database, list: List<Subscriber>) -> Result<Html> {
    let subscribers = Subscriber::query().page::<Subscriber>(&db, list).await?;
    web::render(&ListPage { subscribers })
}

/// `GET /subscriber/{key}`
pub async fn show(db: Database, Key(key): Key<Subscriber>) -> Result<Html> {
    let subscriber = Subscriber::find(&db, &key).await?;
    let related = Related::load(&db, &subscriber, &[Subscriber::SECTIONS.def()]).await?;
    web::render(&ShowPage {
        subscriber,
        related,
    })
}

/// `GET /subscriber/new`
pub async fn new(db: Database) -> Result<Html> {
    let fields = Fields::load(&db, SubscriberForm::blank(), Errors::default()).await?;
    web::render(&NewPage { fields })
}

/// `POST /subscriber`
pub async fn create(db: Database, Form(form): Form<SubscriberForm>) -> Result<Response> {
    match form.insert(&db).await {
        Ok(subscriber) => Ok(web::redirect(&subscriber.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(status, &NewPage { fields })
        }
    }
}

/// `GET /subscriber/{key}/edit`
pub async fn edit(db: Database, Key(key): Key<Subscriber>) -> Result<Html> {
    let subscriber = Subscriber::find_versioned(&db, &key).await?;
    let form = SubscriberForm::open(&db, &subscriber).await?;
    let fields = Fields::load(&db, form, Errors::default()).await?;
    web::render(&EditPage {
        subscriber: subscriber.into_row(),
        fields,
    })
}

/// `POST /subscriber/{key}/edit`
pub async fn update(
    db: Database,
    Key(key): Key<Subscriber>,
    Form(form): Form<SubscriberForm>,
) -> Result<Response> {
    let subscriber = Subscriber::find_versioned(&db, &key).await?;
    let form = form.rebase(SubscriberForm::open(&db, &subscriber).await?);
    match form.update(&db, &subscriber).await {
        Ok(subscriber) => Ok(web::redirect(&subscriber.url())),
        Err(error) => {
            let errors = error.into_errors()?;
            let status = errors.status();
            let fields = Fields::load(&db, form, errors).await?;
            web::render_with(
                status,
                &EditPage {
                    subscriber: subscriber.into_row(),
                    fields,
                },
            )
        }
    }
}

/// `GET /subscriber/{key}/delete`
pub async fn confirm(db: Database, Key(key): Key<Subscriber>) -> Result<Html> {
    let subscriber = Subscriber::find(&db, &key).await?;
    let effects = Effect::preview(&db, &subscriber).await?;
    web::render(&DeletePage {
        subscriber,
        effects,
    })
}

/// `POST /subscriber/{key}/delete`
pub async fn delete(db: Database, Key(key): Key<Subscriber>) -> Result<Response> {
    Subscriber::find(&db, &key).await?.delete(&db).await?;
    Ok(web::redirect(Subscriber::list_url()))
}
