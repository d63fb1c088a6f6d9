//! What an input that is left empty stands for, where that can be several things.
//!
//! A form keeps what was chosen in the place of the text, after a NUL, which no text of a database has: `␀empty`.

use super::{Control, ControlOption, Field, FormValue, FormValues, Widget, name};

/// What an input that is left empty stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// No value.
    Null,
    /// A text without characters, an array without elements.
    Empty,
}

impl Blank {
    const ALL: [Self; 2] = [Self::Null, Self::Empty];

    /// Its name in a form.
    const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Empty => "empty",
        }
    }

    /// What stands for it in the place of a text.
    const fn mark(self) -> &'static str {
        match self {
            Self::Null => "\0null",
            Self::Empty => "\0empty",
        }
    }

    /// What a mark stands for.
    pub(super) fn of_mark(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|blank| blank.mark() == text)
    }

    /// What a person reads.
    pub(super) const fn words(self, field: &Field) -> &'static str {
        match (self, field.widget) {
            (Self::Null, _) => "nothing",
            (Self::Empty, Widget::List) => "an empty list",
            (Self::Empty, _) => "an empty text",
        }
    }
}

impl Field {
    /// The text of an input for a value that may be missing.
    pub fn shown<T: FormValue>(&self, value: &Option<T>) -> String {
        let text = value.as_ref().map(T::to_input);
        match text {
            Some(text) if !text.is_empty() => text,
            Some(_) => self.mark(Blank::Empty).to_owned(),
            None => self.mark(Blank::Null).to_owned(),
        }
    }

    /// The texts of the inputs for an array that may be missing.
    pub fn shown_list<T: FormValues>(&self, values: &Option<T>) -> Vec<String> {
        let texts = values.as_ref().map(T::to_inputs);
        let mark = match texts {
            Some(texts) if !texts.is_empty() => return texts,
            Some(_) => self.mark(Blank::Empty),
            None => self.mark(Blank::Null),
        };
        let marks = (!mark.is_empty()).then(|| mark.to_owned());
        marks.into_iter().collect()
    }

    /// What the text of an input stands for that has none, in a row that is there.
    pub(super) fn blank(&self, text: &str) -> Blank {
        let natural = self.blanks.first().filter(|_| self.default.is_none());
        Blank::of_mark(text)
            .or(natural.copied())
            .unwrap_or(Blank::Null)
    }

    /// What is kept in the place of an empty text: nothing, where the field stands for that by itself.
    fn mark(&self, blank: Blank) -> &'static str {
        let can_be_chosen = self.blanks.len() > 1 && self.blanks.first() != Some(&blank);
        if can_be_chosen { blank.mark() } else { "" }
    }

    /// What is kept in the place of an empty text for what was chosen beside it.
    pub(super) fn mark_of(&self, name: &str) -> &'static str {
        let mut blanks = self.blanks.iter();
        match blanks.find(|blank| blank.name() == name) {
            // Of a new row, what is left empty would be left to the default.
            Some(blank) if self.default.is_some() => blank.mark(),
            Some(blank) => self.mark(*blank),
            None => "",
        }
    }
}

impl Control<'_> {
    /// The name of the choice of what the input stands for if it is left empty.
    pub fn blank_name(&self) -> String {
        name::blank(self.field.name)
    }

    /// What the input can stand for if it is left empty, where a person has the choice.
    pub fn blanks(&self) -> Vec<ControlOption<'static>> {
        let field = self.field;
        if field.blanks.len() + usize::from(field.default.is_some()) < 2 {
            return Vec::new();
        }
        let chosen = self.blank;
        let choices = field.blanks.iter().map(|blank| ControlOption {
            value: blank.name(),
            text: blank.words(field),
            selected: chosen == Some(*blank),
        });
        let default = field.default.map(|_| ControlOption {
            value: "",
            text: "the default",
            selected: chosen.is_none(),
        });
        default.into_iter().chain(choices).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Check, FormState};

    const NOTE: Field =
        Field::new("note", "Note", Widget::Text).blanks(&[Blank::Null, Blank::Empty]);
    const CODE: Field =
        Field::new("code", "Code", Widget::Text).blanks(&[Blank::Empty, Blank::Null]);
    const DAY: Field = Field::new("day", "Day", Widget::Text)
        .blanks(&[Blank::Null, Blank::Empty])
        .default("today()");

    #[test]
    fn what_is_shown_is_read_as_it_was() {
        for field in [NOTE, CODE, DAY] {
            for value in [None, Some(String::new()), Some("x".to_owned())] {
                let text = field.shown(&value);
                let state = FormState::default().versioned("1");
                let mut check = Check::new(&state);
                assert_eq!(check.optional::<String>(&field, &text), value, "{field:?}");
            }
        }
    }

    #[test]
    fn what_a_new_row_leaves_empty_is_left_to_the_default_unless_something_else_was_chosen() {
        let check = |chosen: &str, expect| {
            let state = FormState::default();
            let mut check = Check::new(&state);
            let text = DAY.mark_of(chosen);
            assert_eq!(check.or_default::<String>(&DAY, text), expect, "{chosen}");
        };
        check("", None);
        check("null", Some(None));
        check("empty", Some(Some(String::new())));
        check("what is not offered", None);
    }

    #[test]
    fn an_array_without_elements_is_not_a_missing_one() {
        let field = Field {
            widget: Widget::List,
            ..NOTE
        };
        for value in [None, Some(Vec::<String>::new()), Some(vec!["x".to_owned()])] {
            let texts = field.shown_list(&value);
            let state = FormState::default().versioned("1");
            let mut check = Check::new(&state);
            let array = check.optional_list::<String>(&field, &texts);
            assert_eq!(array, value.map(Into::into));
        }
    }
}
