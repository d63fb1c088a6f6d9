//! The form of a section: what a person types, and the rules that it must satisfy.

use umbel::Result;
use umbel::db::Executor;
use umbel::form::{
    Blank, Check, EditForm, Field, Form, FormKey, FormState, FormValue, Input, Linked, Widget,
};
use umbel::model::{LinkChange, Versioned};

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
}

impl Form for SectionForm {
    type New = NewSection;

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

    fn blank() -> Self {
        Self {
            tone: "neutral".to_owned(),
            ..Self::default()
        }
    }

    fn validate(&self, check: &mut Check<'_>) -> NewSection {
        NewSection {
            parent_id: check.optional(&PARENT_ID, &self.parent_id),
            name: check.required(&NAME, &self.name),
            tone: Some(check.required(&TONE, &self.tone)),
            description: check.optional(&DESCRIPTION, &self.description),
        }
    }

    fn links(&self, state: &FormState) -> Vec<LinkChange> {
        vec![Section::SUBSCRIBERS.changed(state.links(&SUBSCRIBERS, &self.subscribers))]
    }
}

impl EditForm for SectionForm {
    type Patch = SectionPatch;

    async fn open(db: &dyn Executor, section: &Versioned<Section>) -> Result<Self> {
        Ok(Self {
            parent_id: section.parent_id.to_key(),
            name: section.name.to_input(),
            tone: section.tone.to_input(),
            description: DESCRIPTION.shown(&section.description),
            subscribers: Section::SUBSCRIBERS.linked(db, section).await?.into(),
        })
    }

    fn patch(section: NewSection) -> SectionPatch {
        SectionPatch {
            parent_id: Some(section.parent_id),
            name: Some(section.name),
            tone: section.tone,
            description: Some(section.description),
        }
    }
}
