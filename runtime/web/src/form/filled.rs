//! A form that is filled in: the texts of its fields, what it carries besides them, and what is wrong.

use std::ops::{Deref, DerefMut};

use axum::http::StatusCode;
use umbel_data::database::Executor;
use umbel_data::error::{Error, FieldErrors, Result};
use umbel_data::model::{Insert, Patch, Versioned};

use super::changed::Changed;
use super::{Check, EditForm, Form, FormBody, FormState, Redisplay, conflict};

/// A form that is filled in, with the defaults of its table, with a row, or by a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled<F> {
    form: F,
    state: FormState,
    errors: Redisplay,
}

impl<F: Form> Filled<F> {
    /// The form of a new row.
    pub fn blank() -> Self {
        Self::with(F::blank(), FormState::default())
    }

    fn with(form: F, state: FormState) -> Self {
        let errors = Redisplay::default();
        Self {
            form,
            state,
            errors,
        }
    }

    /// The form as it was sent.
    pub(crate) fn read(submitted: &mut FormBody) -> Self {
        let mut form = F::default();
        let absent = submitted.fill(form.inputs());
        let state = FormState {
            absent,
            ..submitted.state()
        };
        Self::with(form, state)
    }

    /// What the form carries besides its fields.
    pub fn state(&self) -> &FormState {
        &self.state
    }

    /// What is wrong with it.
    pub fn errors(&self) -> &Redisplay {
        &self.errors
    }

    /// The status of the page that shows it.
    pub fn status(&self) -> StatusCode {
        self.errors.status()
    }

    /// Checks every rule and returns the row, or what is wrong, by field.
    ///
    /// # Errors
    /// If any rule is broken, if the row changed while the form was open, or if the form was only sent to search among
    /// choices.
    pub fn validate(&self) -> Result<F::New, FieldErrors> {
        let mut check = Check::new(&self.state);
        let new = self.form.validate(&mut check);
        check.finish(new)
    }

    /// Inserts the row, and links it.
    ///
    /// # Errors
    /// What is wrong with the form, or what the database says.
    pub async fn insert(&self, db: &dyn Executor) -> Result<<F::New as Insert>::Model>
    where
        F::New: Insert,
    {
        let links = self.form.links(&self.state);
        self.validate()?.insert_with(db, links).await
    }

    /// The form that was not saved for this reason, with what is wrong, to be shown again.
    ///
    /// # Errors
    /// Anything that is not about the form, as it came.
    pub fn refused(self, error: Error) -> Result<Self> {
        let errors = self.state.redisplay(error)?;
        Ok(Self { errors, ..self })
    }
}

/// The model of the rows that a form edits.
type Edited<F> = <<F as EditForm>::Patch as Patch>::Model;

impl<F: EditForm> Filled<F> {
    /// The form of a row: remembers the version of the row and every text, so that a change by someone else is noticed
    /// when the form comes back.
    ///
    /// # Errors
    /// If the database refuses or cannot be reached.
    pub async fn open(db: &dyn Executor, row: &Versioned<Edited<F>>) -> Result<Self> {
        Ok(Self::opened(F::open(db, row).await?, row.version()))
    }

    /// Saves what was changed in the form, and the links, unless someone else changed the row meanwhile.
    ///
    /// A column whose field was left as it was is not written: so an empty text is not made null by a form that shows
    /// both alike.
    ///
    /// # Errors
    /// What is wrong with the form, or what the database says.
    pub async fn update(&self, db: &dyn Executor, row: &Versioned<Edited<F>>) -> Result<Edited<F>> {
        let patch = F::patch(self.validate()?);
        let unchanged = conflict::unchanged(&self.state.original, self.form.clone().inputs());
        let links = self.form.links(&self.state);
        row.update_with(db, Changed::new(patch, unchanged), links)
            .await
    }
}

impl<F: Form> Filled<F> {
    pub(super) fn opened(mut form: F, version: &str) -> Self {
        let mut state = FormState::default();
        state.open(version.to_owned(), conflict::snapshot(form.inputs()));
        Self::with(form, state)
    }

    /// The form as it came back, laid over the row as it is now.
    ///
    /// What only the other person changed is taken over, what both changed stays as it was typed, and either is shown
    /// before anything is saved: see [`Difference`](super::Difference).
    pub fn rebase(mut self, mut now: Self) -> Self {
        let (typed, current) = (self.form.inputs(), now.form.inputs());
        let state = conflict::rebase(self.state, now.state, typed, current);
        Self { state, ..self }
    }
}

impl<F> Deref for Filled<F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.form
    }
}

impl<F> DerefMut for Filled<F> {
    fn deref_mut(&mut self) -> &mut F {
        &mut self.form
    }
}
