//! The form of an edition: what a person types, and the rules that it must satisfy.

use umbel::Result;
use umbel::db::Executor;
use umbel::form::{Blank, Check, EditForm, Field, Form, FormKey, FormValue, Input, Widget};
use umbel::model::Versioned;

use super::model::{Edition, EditionPatch, NewEdition};

pub const DAY: Field = Field::new("day", "Day", Widget::Date).required();
pub const SLOT: Field = Field::new("slot", "Slot", Widget::Select)
    .required()
    .options(&["morning", "evening"]);
pub const SECTION_ID: Field = Field::new("section_id", "Section", Widget::Choice).required();
pub const ARTICLE_ID: Field = Field::new("article_id", "Article", Widget::Choice);
pub const GOES_OUT_AT: Field = Field::new("goes_out_at", "Goes out at", Widget::Time).required();
pub const NOTE: Field =
    Field::new("note", "Note", Widget::Textarea).blanks(&[Blank::Null, Blank::Empty]);

/// What a person typed into the form of an edition.
#[derive(Debug, Clone, Default)]
pub struct EditionForm {
    pub day: String,
    pub slot: String,
    pub section_id: String,
    pub article_id: String,
    pub goes_out_at: String,
    pub note: String,
}

impl Form for EditionForm {
    type New = NewEdition;

    const FIELDS: &'static [Field] = &[DAY, SLOT, SECTION_ID, ARTICLE_ID, GOES_OUT_AT, NOTE];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&DAY, &mut self.day),
            Input::Text(&SLOT, &mut self.slot),
            Input::Text(&SECTION_ID, &mut self.section_id),
            Input::Text(&ARTICLE_ID, &mut self.article_id),
            Input::Text(&GOES_OUT_AT, &mut self.goes_out_at),
            Input::Text(&NOTE, &mut self.note),
        ]
    }

    fn validate(&self, check: &mut Check<'_>) -> NewEdition {
        NewEdition {
            day: check.required(&DAY, &self.day),
            slot: check.required(&SLOT, &self.slot),
            section_id: check.required(&SECTION_ID, &self.section_id),
            article_id: check.optional(&ARTICLE_ID, &self.article_id),
            goes_out_at: check.required(&GOES_OUT_AT, &self.goes_out_at),
            note: check.optional(&NOTE, &self.note),
        }
    }
}

impl EditForm for EditionForm {
    type Patch = EditionPatch;

    async fn open(_: &dyn Executor, edition: &Versioned<Edition>) -> Result<Self> {
        Ok(Self {
            day: edition.day.to_input(),
            slot: edition.slot.to_input(),
            section_id: edition.section_id.to_key(),
            article_id: edition.article_id.to_key(),
            goes_out_at: edition.goes_out_at.to_input(),
            note: NOTE.shown(&edition.note),
        })
    }

    fn patch(edition: NewEdition) -> EditionPatch {
        EditionPatch {
            day: Some(edition.day),
            slot: Some(edition.slot),
            section_id: Some(edition.section_id),
            article_id: Some(edition.article_id),
            goes_out_at: Some(edition.goes_out_at),
            note: Some(edition.note),
        }
    }
}
