//! The form of a tag: what a person types, and the rules that it must satisfy.

use umbel::Result;
use umbel::db::Executor;
use umbel::form::{Check, EditForm, Field, Form, FormState, FormValue, Input, Linked, Widget};
use umbel::model::{LinkChange, Versioned};

use super::model::{NewTag, Tag, TagPatch};

pub const NAME: Field = Field::new("name", "Name", Widget::Text)
    .required()
    .max_length(40);
pub const ARTICLES: Field = Field::new("articles", "Articles", Widget::Choices);

/// What a person typed into the form of a tag.
#[derive(Debug, Clone, Default)]
pub struct TagForm {
    pub name: String,
    pub articles: Linked,
}

impl Form for TagForm {
    type New = NewTag;

    const FIELDS: &'static [Field] = &[NAME, ARTICLES];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&NAME, &mut self.name),
            Input::Links(&ARTICLES, &mut self.articles),
        ]
    }

    fn validate(&self, check: &mut Check<'_>) -> NewTag {
        NewTag {
            name: check.required(&NAME, &self.name),
        }
    }

    fn links(&self, state: &FormState) -> Vec<LinkChange> {
        vec![Tag::ARTICLES.changed(state.links(&ARTICLES, &self.articles))]
    }
}

impl EditForm for TagForm {
    type Patch = TagPatch;

    async fn open(db: &dyn Executor, tag: &Versioned<Tag>) -> Result<Self> {
        Ok(Self {
            name: tag.name.to_input(),
            articles: Tag::ARTICLES.linked(db, tag).await?.into(),
        })
    }

    fn patch(tag: NewTag) -> TagPatch {
        TagPatch {
            name: Some(tag.name),
        }
    }
}
