//! The form of a byline: what a person types, and the rules that it must satisfy.

use umbel::Result;
use umbel::db::Executor;
use umbel::form::{Check, EditForm, Field, Form, FormKey, FormValue, Input, Widget};
use umbel::model::Versioned;

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
}

impl Form for BylineForm {
    type New = NewByline;

    const FIELDS: &'static [Field] = &[ARTICLE_ID, AUTHOR_ID, PART];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&ARTICLE_ID, &mut self.article_id),
            Input::Text(&AUTHOR_ID, &mut self.author_id),
            Input::Text(&PART, &mut self.part),
        ]
    }

    fn blank() -> Self {
        Self {
            part: "text".to_owned(),
            ..Self::default()
        }
    }

    fn validate(&self, check: &mut Check<'_>) -> NewByline {
        NewByline {
            article_id: check.required(&ARTICLE_ID, &self.article_id),
            author_id: check.required(&AUTHOR_ID, &self.author_id),
            part: Some(check.required(&PART, &self.part)),
        }
    }
}

impl EditForm for BylineForm {
    type Patch = BylinePatch;

    async fn open(_: &dyn Executor, byline: &Versioned<Byline>) -> Result<Self> {
        Ok(Self {
            article_id: byline.article_id.to_key(),
            author_id: byline.author_id.to_key(),
            part: byline.part.to_input(),
        })
    }

    fn patch(byline: NewByline) -> BylinePatch {
        BylinePatch {
            article_id: Some(byline.article_id),
            author_id: Some(byline.author_id),
            part: byline.part,
        }
    }
}
