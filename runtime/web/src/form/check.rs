//! Turns the texts of a form into values, and collects everything that is wrong with them.

use std::borrow::Cow;

use umbel_data::catalog::text_of_option;
use umbel_data::error::FieldErrors;

use super::redisplay::at;
use super::upload::{Action, Upload};
use super::{Blank, Field, FormState, FormValue, Widget};

/// Turns the texts of a form into values, and collects everything that is wrong with them.
///
/// A text that cannot be read stands as [`FormValue::placeholder`], which [`Check::finish`] then throws
/// away together with all the others.
#[derive(Debug)]
pub struct Check<'a> {
    pub(super) state: &'a FormState,
    pub(super) errors: FieldErrors,
    /// The fields that hold what they cannot hold, and were left alone.
    odd: Vec<&'static str>,
}

impl<'a> Check<'a> {
    /// Nothing is wrong yet.
    pub fn new(state: &'a FormState) -> Self {
        Self {
            state,
            errors: FieldErrors::default(),
            odd: Vec::new(),
        }
    }

    /// The value of a field that must have one.
    pub fn required<T: FormValue>(&mut self, field: &Field, text: &str) -> T {
        if self.state.is_untouched(field, text) {
            return self.untouched(field, text);
        }
        match self.present(field, text) {
            Some(text) => self.value(field, &text, "", T::parse(&text)),
            None => T::placeholder(),
        }
    }

    /// The value of a field that may be left empty.
    pub fn optional<T: FormValue>(&mut self, field: &Field, text: &str) -> Option<T> {
        // What stands for nothing is no text that could be read.
        if Blank::of_mark(text).is_none() && self.state.is_untouched(field, text) {
            return Some(self.untouched(field, text));
        }
        match self.tidy(field, text, "") {
            Some(text) => Some(self.value(field, &text, "", T::parse(&text))),
            None if field.blank(text) == Blank::Empty => Some(self.empty(field)),
            None => None,
        }
    }

    /// The value of a field whose column takes an empty text, but wants one.
    pub fn or_empty<T: FormValue>(&mut self, field: &Field, text: &str) -> T {
        match self.optional(field, text) {
            Some(value) => value,
            None => self.empty(field),
        }
    }

    /// The value of a field that may be left empty, and in a new row is left to the column's default then, unless
    /// something else was chosen.
    pub fn or_default<T: FormValue>(&mut self, field: &Field, text: &str) -> Option<Option<T>> {
        let value = self.optional(field, text);
        let is_left = value.is_none() && Blank::of_mark(text).is_none();
        (self.state.is_edit() || !is_left).then_some(value)
    }

    /// The value of a field that must have one, and in a new row is left to the column's default if it is left empty.
    pub fn required_or_default<T: FormValue>(&mut self, field: &Field, text: &str) -> Option<T> {
        match self.state.is_edit() && Blank::of_mark(text).is_none() {
            true => Some(self.required(field, text)),
            false => self.optional(field, text),
        }
    }

    /// The empty text, as a value.
    fn empty<T: FormValue>(&mut self, field: &Field) -> T {
        self.value(field, "", "", T::parse(""))
    }

    /// The file of a field that must have one; `None` if the stored one stays.
    pub fn required_file(&mut self, field: &Field, upload: &Upload) -> Option<Vec<u8>> {
        match self.file(field, upload) {
            Some(Some(bytes)) => Some(bytes),
            Some(None) => {
                self.missing(field);
                None
            }
            None => {
                if !self.state.is_edit() {
                    self.missing(field);
                }
                None
            }
        }
    }

    /// What is to become of a file that may be missing: `None` keeps it, `Some(None)` clears it.
    pub fn file(&mut self, field: &Field, upload: &Upload) -> Option<Option<Vec<u8>>> {
        match &upload.action {
            Action::Keep => None,
            Action::Clear => Some(None),
            Action::Replace(bytes) => {
                if let Some(max) = field.max_length.filter(|max| bytes.len() > *max) {
                    let max = umbel_data::text::size(max);
                    self.wrong(field, "", vec![format!("must be at most {max}")]);
                }
                Some(Some(bytes.to_vec()))
            }
        }
    }

    /// A rule across fields; said at each of them. Nothing is said while one of them cannot be read.
    pub fn rule(&mut self, fields: &[&Field], holds: bool, message: &str) {
        let is_odd = |field: &&Field| {
            at(&self.errors, field).next().is_some() || self.odd.contains(&field.name)
        };
        if holds || fields.iter().any(is_odd) {
            return;
        }
        match fields.first() {
            Some(field) => self.errors.add(field.name, message),
            None => self.errors.add("", message),
        }
    }

    /// The values, or everything that is wrong: nothing at all, where only [`FormState::redisplay`] knows why.
    ///
    /// # Errors
    /// If any rule is broken, if the row changed while the form was open, or if the form was only sent
    /// to search among choices.
    pub fn finish<T>(self, value: T) -> Result<T, FieldErrors> {
        match self.outcome() {
            Some(errors) => Err(errors),
            None => Ok(value),
        }
    }

    fn outcome(mut self) -> Option<FieldErrors> {
        if self.state.pressed.is_some() {
            return Some(FieldErrors::default());
        }
        if self.state.unversioned {
            let message = "The form did not say which version of the row it was made from: look it over, then save again";
            self.errors.add("", message);
        }
        let is_changed = !self.state.differences.is_empty();
        (is_changed || !self.errors.is_empty()).then_some(self.errors)
    }

    fn present<'t>(&mut self, field: &Field, text: &'t str) -> Option<Cow<'t, str>> {
        if field.widget == Widget::Checkbox && text.is_empty() {
            return Some(Cow::Borrowed("false"));
        }
        let tidy = self.tidy(field, text, "");
        // A secret is not shown again: left empty, it stays as it is.
        let kept = field.widget == Widget::Password && self.state.is_edit();
        // Some columns hold empty texts where a form wants a value: what is there may stay.
        let was_empty = self.state.is_edit() && !self.state.was_filled(field.name);
        if tidy.is_none() && was_empty && !kept {
            return Some(Cow::Borrowed(""));
        }
        if tidy.is_none() && !kept {
            self.missing(field);
        }
        tidy
    }

    /// The value of a field that was left alone. It is not written again, so that it may be anything that the column
    /// had before there were rules, or that the database does not check.
    fn untouched<T: FormValue>(&mut self, field: &Field, text: &str) -> T {
        let text = match field.widget {
            Widget::Choice => text_of_option(text),
            _ => Cow::Borrowed(text),
        };
        T::parse(&text).unwrap_or_else(|_| {
            self.odd.push(field.name);
            T::placeholder()
        })
    }

    /// The text as it is to be read; `None` if it is empty.
    fn tidy<'t>(&mut self, field: &Field, text: &'t str, place: &str) -> Option<Cow<'t, str>> {
        let text = match field.widget {
            _ if Blank::of_mark(text).is_some() => return None,
            Widget::Choice if !text.is_empty() => {
                let text = text_of_option(text);
                self.wrong(field, place, field.faults_of_text(&text));
                return Some(text);
            }
            // What is chosen is one of the options as it stands.
            Widget::Password | Widget::Select | Widget::Choice => Cow::Borrowed(text),
            Widget::Textarea | Widget::Code | Widget::Json if text.trim().is_empty() => {
                return None;
            }
            Widget::Textarea | Widget::Code if text.contains('\r') => {
                Cow::Owned(text.replace("\r\n", "\n"))
            }
            Widget::Textarea | Widget::Code => Cow::Borrowed(text),
            _ => Cow::Borrowed(text.trim()),
        };
        if text.is_empty() {
            return None;
        }
        self.wrong(field, place, field.faults_of_text(&text));
        Some(text)
    }

    pub(super) fn value<T: FormValue>(
        &mut self,
        field: &Field,
        text: &str,
        place: &str,
        parsed: Result<T, String>,
    ) -> T {
        match parsed {
            Ok(value) => {
                self.wrong(field, place, field.faults_of_value(text, &value.to_input()));
                value
            }
            Err(message) => {
                self.wrong(field, place, vec![field.fault_of_unread(text, message)]);
                T::placeholder()
            }
        }
    }

    fn missing(&mut self, field: &Field) {
        let what = match field.widget {
            Widget::Choice | Widget::Select | Widget::YesNo => "choose one",
            Widget::Choices => "choose at least one",
            Widget::File => "choose a file",
            _ => "enter a value",
        };
        self.errors
            .add(field.name, format!("{}: {what}", field.label));
    }

    pub(super) fn wrong(&mut self, field: &Field, place: &str, faults: Vec<String>) {
        for fault in faults {
            let message = format!("{}{place} {fault}", field.label);
            self.errors.add(field.name, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: Field = Field::new("title", "Title", Widget::Text)
        .required()
        .max_length(5);
    const YEAR: Field = Field::new("year", "Release year", Widget::Number)
        .min("1901")
        .max("2155");
    const RATE: Field = Field::new("rate", "Rate", Widget::Number)
        .step("0.01")
        .min("-99.99")
        .max("99.99");
    const RATING: Field = Field::new("rating", "Rating", Widget::Select).options(&["G", "PG"]);

    /// Checks one text and returns what is said about it.
    fn said(field: &Field, check: impl FnOnce(&mut Check<'_>)) -> Vec<String> {
        let state = FormState::default();
        let mut checked = Check::new(&state);
        check(&mut checked);
        match checked.finish(()) {
            Ok(()) => Vec::new(),
            Err(errors) => at(&errors, field).map(str::to_owned).collect(),
        }
    }

    fn year(text: &str) -> Vec<String> {
        said(&YEAR, |check| {
            check.optional::<i32>(&YEAR, text);
        })
    }

    fn rate(text: &str) -> Vec<String> {
        said(&RATE, |check| {
            check.optional::<umbel_data::values::Decimal>(&RATE, text);
        })
    }

    fn title(text: &str) -> Vec<String> {
        said(&TITLE, |check| drop(check.required::<String>(&TITLE, text)))
    }

    #[test]
    fn a_required_text() {
        assert_eq!(title(""), ["Title: enter a value"]);
        assert_eq!(title("  "), ["Title: enter a value"]);
        assert_eq!(title(" äöüßé "), [""; 0]);
        assert_eq!(
            title("abcdef"),
            ["Title must be 5 characters or fewer; it has 6"]
        );
        assert_eq!(title("a\0b"), ["Title must not contain the character NUL"]);
    }

    #[test]
    fn a_number_within_limits() {
        assert_eq!(year(""), [""; 0]);
        assert_eq!(year(" 1901 "), [""; 0]);
        assert_eq!(year("1900"), ["Release year must be between 1901 and 2155"]);
        assert_eq!(
            year("99999999999"),
            ["Release year must be between 1901 and 2155"]
        );
        assert_eq!(year("19.5"), ["Release year must be between 1901 and 2155"]);
        assert_eq!(
            year("1999.5"),
            ["Release year must be a whole number, such as 42"]
        );
        assert_eq!(
            year("soon"),
            ["Release year must be a whole number, such as 42"]
        );
    }

    #[test]
    fn a_decimal_of_a_scale() {
        assert_eq!(rate("4.99"), [""; 0]);
        assert_eq!(rate("4.990"), [""; 0]);
        assert_eq!(rate("4.999"), ["Rate must have at most 2 decimals"]);
        assert_eq!(rate("100"), ["Rate must be between -99.99 and 99.99"]);
    }

    #[test]
    fn an_option() {
        let rating = |text: &str| {
            said(&RATING, |check| {
                drop(check.optional::<String>(&RATING, text))
            })
        };
        assert_eq!(rating("PG"), [""; 0]);
        assert_eq!(rating("X"), ["Rating must be one of the options"]);
    }

    #[test]
    fn a_search_button_is_not_an_error() {
        let state = FormState {
            pressed: Some("language_id".to_owned()),
            ..FormState::default()
        };
        let mut check = Check::new(&state);
        let _: String = check.required(&TITLE, "");
        let errors = check.finish(()).unwrap_err();
        assert!(errors.is_empty());
        let redisplay = state.redisplay(errors.into()).unwrap();
        assert_eq!(redisplay.status(), axum::http::StatusCode::OK);
    }

    #[test]
    fn a_rule_waits_for_its_fields() {
        let both = |holds| {
            said(&YEAR, |check| {
                check.rule(&[&YEAR, &RATE], holds, "Year and rate disagree")
            })
        };
        assert_eq!(both(true), [""; 0]);
        assert_eq!(both(false), ["Year and rate disagree"]);
        let unread = said(&YEAR, |check| {
            check.optional::<i32>(&YEAR, "x");
            check.rule(&[&YEAR], false, "never said");
        });
        assert_eq!(unread.len(), 1);
    }
}
