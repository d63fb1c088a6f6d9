//! The form of a subscriber: what a person types, and the rules that it must satisfy.

use umbel::db::Db;
use umbel::form::{Check, Field, Form, FormState, FormValue, Input, Linked, Widget};
use umbel::model::{Insert, LinkChange, Versioned};
use umbel::{FieldErrors, Result};

use super::model::{NewSubscriber, Subscriber, SubscriberPatch};

pub const NAME: Field = Field::new("name", "Name", Widget::Text)
    .required()
    .max_length(80);
pub const EMAIL: Field = Field::new("email", "Email", Widget::Email)
    .required()
    .max_length(120);
pub const PLAN: Field = Field::new("plan", "Plan", Widget::Select)
    .required()
    .options(&["free", "monthly", "yearly", "patron"]);
pub const PRICE: Field = Field::new("price", "Price", Widget::Number)
    .required()
    .step("any")
    .min("0");
pub const BORN_ON: Field = Field::new("born_on", "Born on", Widget::Date);
pub const SUBSCRIBED_AT: Field =
    Field::new("subscribed_at", "Subscribed at", Widget::DateTime).default("CURRENT_TIMESTAMP");
pub const CANCELLED_AT: Field = Field::new("cancelled_at", "Cancelled at", Widget::DateTime);
pub const SECTIONS: Field = Field::new("sections", "Sections", Widget::Choices);

/// What a person typed into the form of a subscriber.
#[derive(Debug, Clone, Default)]
pub struct SubscriberForm {
    pub name: String,
    pub email: String,
    pub plan: String,
    pub price: String,
    pub born_on: String,
    pub subscribed_at: String,
    pub cancelled_at: String,
    pub sections: Linked,
    pub state: FormState,
}

impl SubscriberForm {
    /// The form of a new subscriber, with the defaults of the table.
    pub fn blank() -> Self {
        Self {
            plan: "free".to_owned(),
            price: "0".to_owned(),
            ..Self::default()
        }
    }

    /// The form of a subscriber as it is now.
    pub async fn open(db: &Db, subscriber: &Versioned<Subscriber>) -> Result<Self> {
        let form = Self {
            sections: Subscriber::SECTIONS.linked(db, subscriber).await?.into(),
            ..Self::from(&**subscriber)
        };
        Ok(form.opened(subscriber.version()))
    }

    /// Checks every rule and returns the subscriber, or what is wrong, by field.
    pub fn validate(&self) -> Result<NewSubscriber, FieldErrors> {
        let mut check = Check::new(&self.state);
        let subscriber = NewSubscriber {
            name: check.required(&NAME, &self.name),
            email: check.required(&EMAIL, &self.email),
            plan: Some(check.required(&PLAN, &self.plan)),
            price: Some(check.required(&PRICE, &self.price)),
            born_on: check.optional(&BORN_ON, &self.born_on),
            subscribed_at: check.required_or_default(&SUBSCRIBED_AT, &self.subscribed_at),
            cancelled_at: check.optional(&CANCELLED_AT, &self.cancelled_at),
        };
        check.finish(subscriber)
    }

    /// Inserts the subscriber and its sections.
    pub async fn insert(&self, db: &Db) -> Result<Subscriber> {
        self.validate()?.insert_with(db, self.links()).await
    }

    /// Saves what was changed in the form, unless someone else changed the subscriber meanwhile.
    pub async fn update(&self, db: &Db, subscriber: &Versioned<Subscriber>) -> Result<Subscriber> {
        let patch = self.changed(Self::patch(self.validate()?));
        subscriber.update_with(db, patch, self.links()).await
    }

    fn patch(subscriber: NewSubscriber) -> SubscriberPatch {
        SubscriberPatch {
            name: Some(subscriber.name),
            email: Some(subscriber.email),
            plan: subscriber.plan,
            price: subscriber.price,
            born_on: Some(subscriber.born_on),
            subscribed_at: subscriber.subscribed_at,
            cancelled_at: Some(subscriber.cancelled_at),
        }
    }

    /// What the form changes about the rows that the subscriber is linked with.
    fn links(&self) -> Vec<LinkChange> {
        vec![Subscriber::SECTIONS.changed(self.state.links(&SECTIONS, &self.sections))]
    }
}

impl Form for SubscriberForm {
    const FIELDS: &'static [Field] = &[
        NAME,
        EMAIL,
        PLAN,
        PRICE,
        BORN_ON,
        SUBSCRIBED_AT,
        CANCELLED_AT,
        SECTIONS,
    ];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&NAME, &mut self.name),
            Input::Text(&EMAIL, &mut self.email),
            Input::Text(&PLAN, &mut self.plan),
            Input::Text(&PRICE, &mut self.price),
            Input::Text(&BORN_ON, &mut self.born_on),
            Input::Text(&SUBSCRIBED_AT, &mut self.subscribed_at),
            Input::Text(&CANCELLED_AT, &mut self.cancelled_at),
            Input::Links(&SECTIONS, &mut self.sections),
        ]
    }

    fn state(&mut self) -> &mut FormState {
        &mut self.state
    }
}

impl From<&Subscriber> for SubscriberForm {
    fn from(subscriber: &Subscriber) -> Self {
        Self {
            name: subscriber.name.to_input(),
            email: subscriber.email.to_input(),
            plan: subscriber.plan.to_input(),
            price: subscriber.price.to_input(),
            born_on: subscriber.born_on.to_input(),
            subscribed_at: subscriber.subscribed_at.to_input(),
            cancelled_at: subscriber.cancelled_at.to_input(),
            ..Self::default()
        }
    }
}
