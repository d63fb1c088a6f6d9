//! What a page says about a form that it shows again.

use axum::http::StatusCode;
use umbel_data::error::{Error, FieldErrors, Result};

use super::{Difference, Field, FormState};

/// What a page says about a form: what is wrong with it, what someone else changed meanwhile, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redisplay {
    errors: FieldErrors,
    differences: Vec<Difference>,
    cause: Cause,
    /// The name that the field is sent under whose search or "add" button was pressed.
    pub(super) pressed: Option<String>,
}

/// Why a form is shown again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Cause {
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

impl FormState {
    /// What to say about the form, which was not saved for this reason.
    ///
    /// # Errors
    /// Anything that is not about the form, as it came.
    pub fn redisplay(&self, error: Error) -> Result<Redisplay> {
        let refused = |status, message: String| {
            Ok(Redisplay {
                errors: FieldErrors::at("", message),
                cause: Cause::Refused(status),
                ..Redisplay::default()
            })
        };
        match error {
            Error::Invalid(errors) => Ok(self.said(*errors)),
            Error::Conflict(message) => refused(StatusCode::CONFLICT, message),
            Error::Forbidden(message) => refused(StatusCode::FORBIDDEN, message),
            Error::Timeout => refused(
                StatusCode::GATEWAY_TIMEOUT,
                "the database needed longer than it is given, so nothing was saved: try again later".to_owned(),
            ),
            Error::Exhausted(why) => refused(
                StatusCode::SERVICE_UNAVAILABLE,
                format!("{why}, so nothing was saved: try again later"),
            ),
            Error::Function(detail) => {
                tracing::error!(detail, "a function of the database failed");
                refused(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "a trigger or a function of the database failed, so nothing was saved: whoever looks after this \
                     application finds more in its log"
                        .to_owned(),
                )
            }
            other => Err(other),
        }
    }

    /// What to say about the form, in which this is wrong.
    fn said(&self, errors: FieldErrors) -> Redisplay {
        let cause = match self {
            Self {
                pressed: Some(_), ..
            } => Cause::Pressed,
            _ if self.unversioned || !self.differences.is_empty() => Cause::Conflict,
            _ => Cause::Invalid,
        };
        Redisplay {
            errors,
            cause,
            differences: self.differences.clone(),
            pressed: self.pressed.clone(),
        }
    }
}

impl Redisplay {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.differences.is_empty()
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
        let wrong = self.errors.iter().map(|(name, text)| Mistake {
            href: find(name).map(|field| format!("#{}", field.id())),
            text: text.to_owned(),
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

    /// What someone else changed while the form was open.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// What is wrong at one field.
    pub(super) fn of(&self, field: &Field) -> Vec<&str> {
        let mut texts: Vec<&str> = at(&self.errors, field).collect();
        texts.dedup();
        texts
    }
}

/// What is wrong at a field, whatever column it is said of.
pub(super) fn at<'e>(errors: &'e FieldErrors, field: &Field) -> impl Iterator<Item = &'e str> {
    let own = errors.iter().filter(|(name, _)| field.answers_to(name));
    own.map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Widget;

    fn said(errors: FieldErrors) -> Redisplay {
        FormState::default().said(errors)
    }

    #[test]
    fn an_error_at_a_column_is_shown_at_the_field_that_stands_for_it() {
        let field = Field::new("staff", "Staff", Widget::Choice).columns(&["store_id", "staff_id"]);
        let errors = said(FieldErrors::at("staff_id", "Staff does not exist"));
        assert_eq!(errors.of(&field), ["Staff does not exist"]);
        assert_eq!(
            errors.summary(&[field])[0].href.as_deref(),
            Some("#f-staff")
        );
    }

    #[test]
    fn what_is_said_of_two_columns_of_a_field_is_said_once() {
        let field = Field::new("staff", "Staff", Widget::Choice).columns(&["store_id", "staff_id"]);
        let mut errors = FieldErrors::at("store_id", "does not exist");
        errors.add("staff_id", "does not exist");
        let errors = said(errors);
        assert_eq!(errors.of(&field), ["does not exist"]);
        assert_eq!(errors.summary(&[field]).len(), 1);
    }

    #[test]
    fn an_error_at_no_field_has_no_link() {
        let errors = said(FieldErrors::at("elsewhere", "Something else"));
        assert_eq!(errors.summary(&[])[0].href, None);
    }
}
