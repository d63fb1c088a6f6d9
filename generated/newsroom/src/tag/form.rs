//! The form of a tag: what a person types, and the rules that it must satisfy.

use umbel::db::Db;
use umbel::form::{Check, Field, Form, FormState, FormValue, Input, Linked, Widget};
use umbel::model::{Insert, LinkChange, Versioned};
use umbel::{FieldErrors, Result};

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
    pub state: FormState,
}

impl TagForm {
    /// The form of a new tag, with the defaults of the table.
    pub fn blank() -> Self {
        Self::default()
    }

    /// The form of a tag as it is now.
    pub async fn open(db: &Db, tag: &Versioned<Tag>) -> Result<Self> {
        let form = Self {
            articles: Tag::ARTICLES.linked(db, tag).await?.into(),
            ..Self::from(&**tag)
        };
        Ok(form.opened(tag.version()))
    }

    /// Checks every rule and returns the tag, or what is wrong, by field.
    pub fn validate(&self) -> Result<NewTag, FieldErrors> {
        let mut check = Check::new(&self.state);
        let tag = NewTag {
            name: check.required(&NAME, &self.name),
        };
        check.finish(tag)
    }

    /// Inserts the tag and its articles.
    pub async fn insert(&self, db: &Db) -> Result<Tag> {
        self.validate()?.insert_with(db, self.links()).await
    }

    /// Saves what was changed in the form, unless someone else changed the tag meanwhile.
    pub async fn update(&self, db: &Db, tag: &Versioned<Tag>) -> Result<Tag> {
        let patch = self.changed(Self::patch(self.validate()?));
        tag.update_with(db, patch, self.links()).await
    }

    fn patch(tag: NewTag) -> TagPatch {
        TagPatch {
            name: Some(tag.name),
        }
    }

    /// What the form changes about the rows that the tag is linked with.
    fn links(&self) -> Vec<LinkChange> {
        vec![Tag::ARTICLES.changed(self.state.links(&ARTICLES, &self.articles))]
    }
}

impl Form for TagForm {
    const FIELDS: &'static [Field] = &[NAME, ARTICLES];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&NAME, &mut self.name),
            Input::Links(&ARTICLES, &mut self.articles),
        ]
    }

    fn state(&mut self) -> &mut FormState {
        &mut self.state
    }
}

impl From<&Tag> for TagForm {
    fn from(tag: &Tag) -> Self {
        Self {
            name: tag.name.to_input(),
            ..Self::default()
        }
    }
}
