//! The form of an edition: what a person types, and the rules that it must satisfy.

use umbel::db::Db;
use umbel::form::{Blank, Check, Field, Form, FormKey, FormState, FormValue, Input, Widget};
use umbel::model::{Insert, Versioned};
use umbel::{FieldErrors, Result};

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
    pub state: FormState,
}

impl EditionForm {
    /// The form of a new edition, with the defaults of the table.
    pub fn blank() -> Self {
        Self::default()
    }

    /// The form of an edition as it is now.
    pub async fn open(_: &Db, edition: &Versioned<Edition>) -> Result<Self> {
        let form = Self::from(&**edition);
        Ok(form.opened(edition.version()))
    }

    /// Checks every rule and returns the edition, or what is wrong, by field.
    pub fn validate(&self) -> Result<NewEdition, FieldErrors> {
        let mut check = Check::new(&self.state);
        let edition = NewEdition {
            day: check.required(&DAY, &self.day),
            slot: check.required(&SLOT, &self.slot),
            section_id: check.required(&SECTION_ID, &self.section_id),
            article_id: check.optional(&ARTICLE_ID, &self.article_id),
            goes_out_at: check.required(&GOES_OUT_AT, &self.goes_out_at),
            note: check.optional(&NOTE, &self.note),
        };
        check.finish(edition)
    }

    /// Inserts the edition.
    pub async fn insert(&self, db: &Db) -> Result<Edition> {
        self.validate()?.insert(db).await
    }

    /// Saves what was changed in the form, unless someone else changed the edition meanwhile.
    pub async fn update(&self, db: &Db, edition: &Versioned<Edition>) -> Result<Edition> {
        let patch = self.changed(Self::patch(self.validate()?));
        edition.update(db, patch).await
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

impl Form for EditionForm {
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

    fn state(&mut self) -> &mut FormState {
        &mut self.state
    }
}

impl From<&Edition> for EditionForm {
    fn from(edition: &Edition) -> Self {
        Self {
            day: edition.day.to_input(),
            slot: edition.slot.to_input(),
            section_id: edition.section_id.to_key(),
            article_id: edition.article_id.to_key(),
            goes_out_at: edition.goes_out_at.to_input(),
            note: NOTE.shown(&edition.note),
            ..Self::default()
        }
    }
}
