//! What is wrong with a form, by field.

use std::fmt;

use axum::http::StatusCode;

use super::{Difference, Field};

/// The errors of a form, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors {
    /// Field (or column) name and sentence; an empty name stands for the form as a whole.
    pub(crate) entries: Vec<(String, String)>,
    pub(super) differences: Vec<Difference>,
    pub(super) cause: Cause,
    /// The name that the field is sent under whose search or "add" button was pressed.
    pub(super) pressed: Option<String>,
}

/// Why a form is shown again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Cause {
    /// Something in it is wrong.
    #[default]
    Invalid,
    /// The row changed while the form was open.
    Conflict,
    /// Nothing in it is wrong, but the database does not take it, with this status.
    Refused(StatusCode),
    /// Nothing is wrong: a button only asked for more choices or more inputs.
    Pressed,
}

/// One line of the summary above a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it is: the input's address within the page, if the form has such an input.
    pub href: Option<String>,
    /// What is wrong, as a sentence.
    pub text: String,
}

/// Every error with its field: `title: is required; length: is too long`.
impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (field, message)) in self.entries.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{field}: {message}")?;
        }
        Ok(())
    }
}

impl Errors {
    /// One error, at a field; an empty name stands for the form as a whole.
    pub fn at(field: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Something stands in the way, for a reason that a person can act upon.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::refused(StatusCode::CONFLICT, message)
    }

    /// Nothing in the form is wrong, but it is not taken.
    pub(crate) fn refused(status: StatusCode, message: impl Into<String>) -> Self {
        let mut errors = Self::at("", message);
        errors.cause = Cause::Refused(status);
        errors
    }

    /// Adds an error at a field.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.entries.push((field.to_owned(), message.into()));
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.differences.is_empty()
    }

    /// The status of the page that shows the form: 422 when something is wrong, 409 when the row
    /// changed meanwhile or something stands in the way, 403 when it may not be done, one from 500 on when the database
    /// could not do it, 200 when nothing is wrong, or only a search button was pressed.
    pub fn status(&self) -> StatusCode {
        match self.cause {
            Cause::Invalid if self.is_empty() => StatusCode::OK,
            Cause::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Cause::Conflict => StatusCode::CONFLICT,
            Cause::Refused(status) => status,
            Cause::Pressed => StatusCode::OK,
        }
    }

    /// Whether the row changed while the form was open.
    pub fn is_conflict(&self) -> bool {
        self.cause == Cause::Conflict
    }

    /// The lines of the summary above a form with these fields.
    pub fn summary(&self, fields: &[Field]) -> Vec<Mistake> {
        let find = |name: &str| fields.iter().find(|field| field.answers_to(name));
        let wrong = self.entries.iter().map(|(name, text)| Mistake {
            href: find(name).map(|field| format!("#{}", field.id())),
            text: text.clone(),
        });
        let changed = self.differences.iter().filter_map(|difference| {
            let field = find(difference.name)?;
            Some(Mistake {
                href: Some(format!("#{}", field.id())),
                text: match difference.typed {
                    Some(_) => format!("{}: both of you changed it", field.label),
                    None => format!("{}: someone else changed it", field.label),
                },
            })
        });
        let mut mistakes: Vec<Mistake> = wrong.chain(changed).collect();
        // One choice may stand for several columns of which the same is said.
        mistakes.dedup();
        mistakes
    }

    /// What changed while the form was open.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// The same errors, all of them at one field.
    pub(crate) fn moved_to(mut self, field: &str) -> Self {
        for (name, _) in &mut self.entries {
            field.clone_into(name);
        }
        self
    }

    /// What is wrong at one field.
    pub(super) fn of(&self, field: &Field) -> Vec<&str> {
        let own = self
            .entries
            .iter()
            .filter(|(name, _)| field.answers_to(name));
        let mut texts: Vec<&str> = own.map(|(_, text)| text.as_str()).collect();
        texts.dedup();
        texts
    }

    /// Whether anything is wrong at one field.
    pub(super) fn has(&self, field: &Field) -> bool {
        self.entries.iter().any(|(name, _)| field.answers_to(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Widget;

    #[test]
    fn an_error_at_a_column_is_shown_at_the_field_that_stands_for_it() {
        let field = Field::new("staff", "Staff", Widget::Choice).columns(&["store_id", "staff_id"]);
        let errors = Errors::at("staff_id", "Staff does not exist");
        assert_eq!(errors.of(&field), ["Staff does not exist"]);
        assert_eq!(
            errors.summary(&[field])[0].href.as_deref(),
            Some("#f-staff")
        );
    }

    #[test]
    fn what_is_said_of_two_columns_of_a_field_is_said_once() {
        let field = Field::new("staff", "Staff", Widget::Choice).columns(&["store_id", "staff_id"]);
        let mut errors = Errors::at("store_id", "does not exist");
        errors.add("staff_id", "does not exist");
        assert_eq!(errors.of(&field), ["does not exist"]);
        assert_eq!(errors.summary(&[field]).len(), 1);
    }

    #[test]
    fn an_error_at_no_field_has_no_link() {
        let errors = Errors::at("elsewhere", "Something else");
        assert_eq!(errors.summary(&[])[0].href, None);
    }
}
