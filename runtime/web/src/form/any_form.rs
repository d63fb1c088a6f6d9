//! A form of any table, which knows its fields but not the type of its model.

use axum::http::StatusCode;
use umbel_data::any::{AnyRow, OpenedRow};
use umbel_data::catalog::form_key;
use umbel_data::change::{AnyModel, Changes};
use umbel_data::database::Executor;
use umbel_data::error::{Error, FieldErrors, Result};
use umbel_data::values::Value;

use super::{Check, Entry, Field, FormBody, FormState, Input, Redisplay, conflict};

/// A form of any table, filled in with nothing, with a row, or by a person.
///
/// What its fields say is checked as the form of a model checks it; rules across fields, which are code there, are
/// left to the database.
#[derive(Debug, Clone)]
pub struct AnyForm {
    model: AnyModel,
    fields: &'static [Field],
    entries: Vec<Entry>,
    state: FormState,
    errors: Redisplay,
}

impl AnyForm {
    /// The form of a new row; fields of links are not among those of a table.
    pub fn blank(model: AnyModel, fields: &'static [Field]) -> Self {
        let entries = fields.iter().map(Entry::of);
        Self {
            model,
            fields,
            entries: entries.collect(),
            state: FormState::default(),
            errors: Redisplay::default(),
        }
    }

    /// The form as it was sent.
    pub fn read(model: AnyModel, fields: &'static [Field], body: &mut FormBody) -> Self {
        let mut form = Self::blank(model, fields);
        let absent = body.fill(form.inputs());
        form.state = FormState {
            absent,
            ..body.state()
        };
        form
    }

    /// The form of a row: remembers the version of the row and every text.
    pub fn open(fields: &'static [Field], row: &OpenedRow) -> Self {
        let mut form = Self::blank(row.model(), fields);
        for (field, entry) in fields.iter().zip(&mut form.entries) {
            let values = columns(field)
                .iter()
                .filter_map(|name| row.row.value(name).cloned());
            let values: Vec<Value> = values.collect();
            match (values.as_slice(), row.row.table().column(columns(field)[0])) {
                ([value], Some(column)) => entry.show(field, column, value),
                (values, _) if values.contains(&Value::Null) => {}
                (values, _) => *entry = Entry::Text(form_key(values)),
            }
        }
        let original = conflict::snapshot(form.inputs());
        form.state.open(row.version().to_owned(), original);
        form
    }

    /// The fields, in the order in which a page shows them.
    pub fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// Each field with what is typed into it.
    pub fn entries(&self) -> impl Iterator<Item = (&'static Field, &Entry)> {
        self.fields.iter().zip(&self.entries)
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

    /// Checks every field and returns what is to be written, or what is wrong, by field.
    ///
    /// # Errors
    /// If any rule is broken, if the row changed while the form was open, or if the form was only sent to search among
    /// choices.
    pub fn validate(&self) -> Result<Changes, FieldErrors> {
        let mut check = Check::new(&self.state);
        let mut changes = Changes::default();
        for (field, entry) in self.entries() {
            for (at, name) in columns(field).iter().enumerate() {
                let column = self.model.table.column(name);
                let value = column.and_then(|column| entry.value(field, column, at, &mut check));
                if let Some((column, value)) = column.zip(value) {
                    changes = changes.set_value(column, value);
                }
            }
        }
        check.finish(changes)
    }

    /// Inserts the row.
    ///
    /// # Errors
    /// What is wrong with the form, or what the database says.
    pub async fn insert(&self, db: &dyn Executor) -> Result<AnyRow> {
        self.model.insert(db, self.validate()?, Vec::new()).await
    }

    /// Saves what was changed in the form, unless someone else changed the row meanwhile.
    ///
    /// # Errors
    /// What is wrong with the form, or what the database says.
    pub async fn update(&self, db: &dyn Executor, row: &OpenedRow) -> Result<AnyRow> {
        let unchanged = conflict::unchanged(&self.state.original, self.clone().inputs());
        let changes = self.validate()?.without(&unchanged);
        row.update(db, changes, Vec::new()).await
    }

    /// The form as it came back, laid over the row as it is now.
    #[must_use]
    pub fn rebase(mut self, mut now: Self) -> Self {
        let state = std::mem::take(&mut self.state);
        let latest = std::mem::take(&mut now.state);
        let state = conflict::rebase(state, latest, self.inputs(), now.inputs());
        Self { state, ..self }
    }

    /// The form that was not saved for this reason, with what is wrong, to be shown again.
    ///
    /// # Errors
    /// Anything that is not about the form, as it came.
    pub fn refused(self, error: Error) -> Result<Self> {
        let errors = self.state.redisplay(error)?;
        Ok(Self { errors, ..self })
    }

    fn inputs(&mut self) -> Vec<Input<'_>> {
        let fields = self.fields.iter().zip(&mut self.entries);
        let inputs = fields.map(|(field, entry)| match entry {
            Entry::Text(text) => Input::Text(field, text),
            Entry::List(texts) => Input::List(field, texts),
            Entry::File(upload) => Input::File(field, upload),
        });
        inputs.collect()
    }
}

/// The columns that a field stands for.
fn columns(field: &Field) -> &[&'static str] {
    match field.columns {
        [] => std::slice::from_ref(&field.name),
        columns => columns,
    }
}
