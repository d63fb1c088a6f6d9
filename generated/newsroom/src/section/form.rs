//! The form of a section: what a person types, and the rules that it must satisfy.

use umbel::db::Db;
use umbel::form::{
    Blank, Check, Field, Form, FormKey, FormState, FormValue, Input, Linked, Widget,
};
use umbel::model::{Insert, LinkChange, Versioned};
use umbel::{FieldErrors, Result};

use super::model::{NewSection, Section, SectionPatch};

pub const PARENT_ID: Field = Field::new("parent_id", "Parent", Widget::Choice);
pub const NAME: Field = Field::new("name", "Name", Widget::Text)
    .required()
    .max_length(60);
pub const TONE: Field = Field::new("tone", "Tone", Widget::Select)
    .required()
    .options(&["neutral", "warm", "cool"]);
pub const DESCRIPTION: Field =
    Field::new("description", "Description", Widget::Textarea).blanks(&[Blank::Null, Blank::Empty]);
pub const SUBSCRIBERS: Field = Field::new("subscribers", "Subscribers", Widget::Choices);

/// What a person typed into the form of a section.
#[derive(Debug, Clone, Default)]
pub struct SectionForm {
    pub parent_id: String,
    pub name: String,
    pub tone: String,
    pub description: String,
    pub subscribers: Linked,
    pub state: FormState,
}

impl SectionForm {
    /// The form of a new section, with the defaults of the table.
    pub fn blank() -> Self {
        Self {
            tone: "neutral".to_owned(),
            ..Self::default()
        }
    }

    /// The form of a section as it is now.
    pub async fn open(db: &Db, section: &Versioned<Section>) -> Result<Self> {
        let form = Self {
            subscribers: Section::SUBSCRIBERS.linked(db, section).await?.into(),
            ..Self::from(&**section)
        };
        Ok(form.opened(section.version()))
    }

    /// Checks every rule and returns the section, or what is wrong, by field.
    pub fn validate(&self) -> Result<NewSection, FieldErrors> {
        let mut check = Check::new(&self.state);
        let section = NewSection {
            parent_id: check.optional(&PARENT_ID, &self.parent_id),
            name: check.required(&NAME, &self.name),
            tone: Some(check.required(&TONE, &self.tone)),
            description: check.optional(&DESCRIPTION, &self.description),
        };
        check.finish(section)
    }

    /// Inserts the section and its subscribers.
    pub async fn insert(&self, db: &Db) -> Result<Section> {
        self.validate()?.insert_with(db, self.links()).await
    }

    /// Saves what was changed in the form, unless someone else changed the section meanwhile.
    pub async fn update(&self, db: &Db, section: &Versioned<Section>) -> Result<Section> {
        let patch = self.changed(Self::patch(self.validate()?));
        section.update_with(db, patch, self.links()).await
    }

    fn patch(section: NewSection) -> SectionPatch {
        SectionPatch {
            parent_id: Some(section.parent_id),
            name: Some(section.name),
            tone: section.tone,
            description: Some(section.description),
        }
    }

    /// What the form changes about the rows that the section is linked with.
    fn links(&self) -> Vec<LinkChange> {
        vec![Section::SUBSCRIBERS.changed(self.state.links(&SUBSCRIBERS, &self.subscribers))]
    }
}

impl Form for SectionForm {
    const FIELDS: &'static [Field] = &[PARENT_ID, NAME, TONE, DESCRIPTION, SUBSCRIBERS];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&PARENT_ID, &mut self.parent_id),
            Input::Text(&NAME, &mut self.name),
            Input::Text(&TONE, &mut self.tone),
            Input::Text(&DESCRIPTION, &mut self.description),
            Input::Links(&SUBSCRIBERS, &mut self.subscribers),
        ]
    }

    fn state(&mut self) -> &mut FormState {
        &mut self.state
    }
}

impl From<&Section> for SectionForm {
    fn from(section: &Section) -> Self {
        Self {
            parent_id: section.parent_id.to_key(),
            name: section.name.to_input(),
            tone: section.tone.to_input(),
            description: DESCRIPTION.shown(&section.description),
            ..Self::default()
        }
    }
}
