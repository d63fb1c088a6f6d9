//! The form of a byline: what a person types, and the rules that it must satisfy.

use umbel::db::Db;
use umbel::form::{Check, Field, Form, FormKey, FormState, FormValue, Input, Widget};
use umbel::model::{Insert, Versioned};
use umbel::{FieldErrors, Result};

use super::model::{Byline, BylinePatch, NewByline};

pub const ARTICLE_ID: Field = Field::new("article_id", "Article", Widget::Choice).required();
pub const AUTHOR_ID: Field = Field::new("author_id", "Author", Widget::Choice).required();
pub const PART: Field = Field::new("part", "Part", Widget::Select)
    .required()
    .options(&["text", "photos", "research", "translation"]);

/// What a person typed into the form of a byline.
#[derive(Debug, Clone, Default)]
pub struct BylineForm {
    pub article_id: String,
    pub author_id: String,
    pub part: String,
    pub state: FormState,
}

impl BylineForm {
    /// The form of a new byline, with the defaults of the table.
    pub fn blank() -> Self {
        Self {
            part: "text".to_owned(),
            ..Self::default()
        }
    }

    /// The form of a byline as it is now.
    pub async fn open(_: &Db, byline: &Versioned<Byline>) -> Result<Self> {
        let form = Self::from(&**byline);
        Ok(form.opened(byline.version()))
    }

    /// Checks every rule and returns the byline, or what is wrong, by field.
    pub fn validate(&self) -> Result<NewByline, FieldErrors> {
        let mut check = Check::new(&self.state);
        let byline = NewByline {
            article_id: check.required(&ARTICLE_ID, &self.article_id),
            author_id: check.required(&AUTHOR_ID, &self.author_id),
            part: Some(check.required(&PART, &self.part)),
        };
        check.finish(byline)
    }

    /// Inserts the byline.
    pub async fn insert(&self, db: &Db) -> Result<Byline> {
        self.validate()?.insert(db).await
    }

    /// Saves what was changed in the form, unless someone else changed the byline meanwhile.
    pub async fn update(&self, db: &Db, byline: &Versioned<Byline>) -> Result<Byline> {
        let patch = self.changed(Self::patch(self.validate()?));
        byline.update(db, patch).await
    }

    fn patch(byline: NewByline) -> BylinePatch {
        BylinePatch {
            article_id: Some(byline.article_id),
            author_id: Some(byline.author_id),
            part: byline.part,
        }
    }
}

impl Form for BylineForm {
    const FIELDS: &'static [Field] = &[ARTICLE_ID, AUTHOR_ID, PART];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&ARTICLE_ID, &mut self.article_id),
            Input::Text(&AUTHOR_ID, &mut self.author_id),
            Input::Text(&PART, &mut self.part),
        ]
    }

    fn state(&mut self) -> &mut FormState {
        &mut self.state
    }
}

impl From<&Byline> for BylineForm {
    fn from(byline: &Byline) -> Self {
        Self {
            article_id: byline.article_id.to_key(),
            author_id: byline.author_id.to_key(),
            part: byline.part.to_input(),
            ..Self::default()
        }
    }
}
