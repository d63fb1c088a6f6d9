//! A form of any table, which knows its fields but not the type of its model.

use axum::http::StatusCode;
use umbel_data::any::{AnyRow, OpenedRow};
use umbel_data::catalog::{ColumnDef, form_key};
use umbel_data::change::{AnyModel, Changes};
use umbel_data::database::Executor;
use umbel_data::error::{Error, FieldErrors, Result};
use umbel_data::values::{Array, FieldType, Kind, Value, WithType};

use super::upload::Upload;
use super::{Check, Field, FormBody, FormState, FormValue, Input, Redisplay, Widget, conflict};

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

/// What is typed into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// One text.
    Text(String),
    /// A text for each element of an array.
    List(Vec<String>),
    /// A file.
    File(Upload),
}

impl AnyForm {
    /// The form of a new row; fields of links are not among those of a table.
    pub fn blank(model: AnyModel, fields: &'static [Field]) -> Self {
        let entries = fields.iter().map(|field| match field.widget {
            Widget::List | Widget::Choices => Entry::List(Vec::new()),
            Widget::File => Entry::File(Upload::default()),
            _ => Entry::Text(String::new()),
        });
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

impl Entry {
    /// Shows a value of a row.
    fn show(&mut self, field: &Field, column: &ColumnDef, value: &Value) {
        match self {
            Self::Text(text) if field.widget == Widget::Choice => {
                *text = form_key(std::slice::from_ref(value));
            }
            Self::Text(text) => *text = column.kind.with(Shown { field, value }),
            Self::List(texts) => {
                let Kind::Array(of) = column.kind else { return };
                *texts = of.with(ShownList { field, value });
            }
            // A file is not shown.
            Self::File(_) => {}
        }
    }

    /// The value that is to be written into a column, which is the one at `at` of those of the field; none, where it is
    /// left as it is or to its default.
    fn value(
        &self,
        field: &Field,
        column: &ColumnDef,
        at: usize,
        check: &mut Check<'_>,
    ) -> Option<Value> {
        match self {
            Self::Text(text) if field.columns.len() > 1 => column.kind.with(Part {
                field,
                text,
                at,
                check,
            }),
            Self::Text(text) => column.kind.with(Typed {
                field,
                column,
                text,
                check,
            }),
            Self::List(texts) => {
                let Kind::Array(of) = column.kind else {
                    return None;
                };
                of.with(TypedList {
                    field,
                    column,
                    texts,
                    check,
                })
            }
            Self::File(upload) if field.required => {
                Some(check.required_file(field, upload)?.into_value())
            }
            Self::File(upload) => {
                let bytes = check.file(field, upload)?;
                Some(bytes.map_or(Value::Null, FieldType::into_value))
            }
        }
    }
}

/// The text of an input for a value.
struct Shown<'a> {
    field: &'a Field,
    value: &'a Value,
}

impl WithType for Shown<'_> {
    type Output = String;

    fn with<T: FieldType + FormValue>(self) -> String {
        let value = match self.value {
            Value::Null => None,
            value => match T::from_datum(value.borrowed()) {
                Some(value) => Some(value),
                None => return value.to_string(),
            },
        };
        self.field.shown(&value)
    }
}

/// The texts of the inputs for an array.
struct ShownList<'a> {
    field: &'a Field,
    value: &'a Value,
}

impl WithType for ShownList<'_> {
    type Output = Vec<String>;

    fn with<T: FieldType + FormValue>(self) -> Vec<String> {
        let array = Array::<T>::from_datum(self.value.borrowed());
        self.field.shown_list(&array)
    }
}

/// The value of a text.
struct Typed<'a, 'c, 's> {
    field: &'a Field,
    column: &'a ColumnDef,
    text: &'a str,
    check: &'c mut Check<'s>,
}

impl WithType for Typed<'_, '_, '_> {
    type Output = Option<Value>;

    fn with<T: FieldType + FormValue>(self) -> Option<Value> {
        let Self {
            field,
            column,
            text,
            check,
        } = self;
        let value: Option<T> = match (column.nullable, field.default) {
            _ if field.required => Some(check.required(field, text)),
            (true, Some(_)) => check.or_default(field, text)?,
            (true, None) => check.optional(field, text),
            (false, Some(_)) => Some(check.required_or_default(field, text)?),
            (false, None) => Some(check.or_empty(field, text)),
        };
        Some(value.map_or(Value::Null, FieldType::into_value))
    }
}

/// The value of a column of a key that several columns make up.
struct Part<'a, 'c, 's> {
    field: &'a Field,
    text: &'a str,
    at: usize,
    check: &'c mut Check<'s>,
}

impl WithType for Part<'_, '_, '_> {
    type Output = Option<Value>;

    fn with<T: FieldType + FormValue>(self) -> Option<Value> {
        let Self {
            field,
            text,
            at,
            check,
        } = self;
        let value: Option<T> = match field.required {
            true => Some(check.required_part(field, text, at)),
            false => check.optional_part(field, text, at),
        };
        Some(value.map_or(Value::Null, FieldType::into_value))
    }
}

/// The array of some texts.
struct TypedList<'a, 'c, 's> {
    field: &'a Field,
    column: &'a ColumnDef,
    texts: &'a [String],
    check: &'c mut Check<'s>,
}

impl WithType for TypedList<'_, '_, '_> {
    type Output = Option<Value>;

    fn with<T: FieldType + FormValue>(self) -> Option<Value> {
        let Self {
            field,
            column,
            texts,
            check,
        } = self;
        let array: Option<Array<T>> = match (column.nullable, field.default.is_some()) {
            (true, true) => check.optional_list_or_default(field, texts)?,
            (true, false) => check.optional_list(field, texts),
            (false, true) => Some(check.list_or_default(field, texts)?),
            (false, false) => Some(check.list(field, texts)),
        };
        Some(array.map_or(Value::Null, FieldType::into_value))
    }
}
