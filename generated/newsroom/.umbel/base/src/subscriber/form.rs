//! The form of a subscriber: what a person types, and the rules that it must satisfy.

use umbel::Result;
use umbel::db::Executor;
use umbel::form::{Check, EditForm, Field, Form, FormState, FormValue, Input, Linked, Widget};
use umbel::model::{LinkChange, Versioned};

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
}

impl Form for SubscriberForm {
    type New = NewSubscriber;

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

    fn blank() -> Self {
        Self {
            plan: "free".to_owned(),
            price: "0".to_owned(),
            ..Self::default()
        }
    }

    fn validate(&self, check: &mut Check<'_>) -> NewSubscriber {
        NewSubscriber {
            name: check.required(&NAME, &self.name),
            email: check.required(&EMAIL, &self.email),
            plan: Some(check.required(&PLAN, &self.plan)),
            price: Some(check.required(&PRICE, &self.price)),
            born_on: check.optional(&BORN_ON, &self.born_on),
            subscribed_at: check.required_or_default(&SUBSCRIBED_AT, &self.subscribed_at),
            cancelled_at: check.optional(&CANCELLED_AT, &self.cancelled_at),
        }
    }

    fn links(&self, state: &FormState) -> Vec<LinkChange> {
        vec![Subscriber::SECTIONS.changed(state.links(&SECTIONS, &self.sections))]
    }
}

impl EditForm for SubscriberForm {
    type Patch = SubscriberPatch;

    async fn open(db: &dyn Executor, subscriber: &Versioned<Subscriber>) -> Result<Self> {
        Ok(Self {
            name: subscriber.name.to_input(),
            email: subscriber.email.to_input(),
            plan: subscriber.plan.to_input(),
            price: subscriber.price.to_input(),
            born_on: subscriber.born_on.to_input(),
            subscribed_at: subscriber.subscribed_at.to_input(),
            cancelled_at: subscriber.cancelled_at.to_input(),
            sections: Subscriber::SECTIONS.linked(db, subscriber).await?.into(),
        })
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
}
