//! What is typed into a field, of a form that does not know the type of its values.

use umbel_data::catalog::{ColumnDef, form_key};
use umbel_data::values::{Array, FieldType, Kind, Value, WithType};

use super::upload::Upload;
use super::{Check, Field, FormValue, Widget};

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

impl Entry {
    /// Nothing, as the input of a field has it.
    pub(super) fn of(field: &Field) -> Self {
        match field.widget {
            Widget::List | Widget::Choices => Self::List(Vec::new()),
            Widget::File => Self::File(Upload::default()),
            _ => Self::Text(String::new()),
        }
    }

    /// Shows a value of a row; a file is not shown.
    pub(super) fn show(&mut self, field: &Field, column: &ColumnDef, value: &Value) {
        match self {
            Self::Text(text) if field.widget == Widget::Choice => {
                *text = form_key(std::slice::from_ref(value));
            }
            Self::Text(text) => *text = column.kind.with(Text { field, value }),
            Self::List(texts) => *texts = element(&column.kind).with(Texts { field, value }),
            Self::File(_) => {}
        }
    }

    /// The value that is to be written into a column, which is the one at `at` of those of the field; none, where it is
    /// left as it is or to its default.
    pub(super) fn value(
        &self,
        field: &Field,
        column: &ColumnDef,
        at: usize,
        check: &mut Check<'_>,
    ) -> Option<Value> {
        let typed = Typed {
            entry: self,
            field,
            is_nullable: column.nullable,
            at,
            check,
        };
        match self {
            Self::List(_) => element(&column.kind).with(typed),
            _ => column.kind.with(typed),
        }
    }
}

/// What an array holds.
fn element(kind: &Kind) -> &Kind {
    match kind {
        Kind::Array(of) => of,
        kind => kind,
    }
}

/// The text of an input for a value.
struct Text<'a> {
    field: &'a Field,
    value: &'a Value,
}

impl WithType for Text<'_> {
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
struct Texts<'a> {
    field: &'a Field,
    value: &'a Value,
}

impl WithType for Texts<'_> {
    type Output = Vec<String>;

    fn with<T: FieldType + FormValue>(self) -> Vec<String> {
        let array = Array::<T>::from_datum(self.value.borrowed());
        self.field.shown_list(&array)
    }
}

/// The value of what is typed, checked as the form of a model checks it.
struct Typed<'a, 'c, 's> {
    entry: &'a Entry,
    field: &'a Field,
    is_nullable: bool,
    /// Of the columns that the field stands for, which one it is.
    at: usize,
    check: &'c mut Check<'s>,
}

impl WithType for Typed<'_, '_, '_> {
    type Output = Option<Value>;

    fn with<T: FieldType + FormValue>(self) -> Option<Value> {
        let Self {
            field, check, at, ..
        } = self;
        match self.entry {
            Entry::Text(key) if field.columns.len() > 1 => written(match field.required {
                true => Some(check.required_part::<T>(field, key, at)),
                false => check.optional_part(field, key, at),
            }),
            Entry::Text(text) => written::<T>(match (self.is_nullable, field.default) {
                _ if field.required => Some(check.required(field, text)),
                (true, Some(_)) => check.or_default(field, text)?,
                (true, None) => check.optional(field, text),
                (false, Some(_)) => Some(check.required_or_default(field, text)?),
                (false, None) => Some(check.or_empty(field, text)),
            }),
            Entry::List(texts) => written::<Array<T>>(match (self.is_nullable, field.default) {
                (true, Some(_)) => check.optional_list_or_default(field, texts)?,
                (true, None) => check.optional_list(field, texts),
                (false, Some(_)) => Some(check.list_or_default(field, texts)?),
                (false, None) => Some(check.list(field, texts)),
            }),
            Entry::File(upload) if field.required => {
                written(Some(check.required_file(field, upload)?))
            }
            Entry::File(upload) => written(check.file(field, upload)?),
        }
    }
}

/// A value as it is written; null where there is none.
fn written<T: FieldType>(value: Option<T>) -> Option<Value> {
    Some(value.map_or(Value::Null, FieldType::into_value))
}
