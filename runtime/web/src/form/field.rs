//! One field of a form: its name, its label and the rules that the schema states.

use std::borrow::Cow;

use umbel_data::text;

use super::Blank;

/// One field of a form, as the schema describes it.
///
/// The same rules stand in the HTML (`required`, `min`, `maxlength`, …) and are checked by
/// [`Check`](super::Check).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name of the column, or of the relation, that it stands for.
    pub name: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// How it is shown.
    pub widget: Widget,
    /// Whether it must have a value.
    pub required: bool,
    /// The least value, as it would be typed.
    pub min: Option<&'static str>,
    /// The greatest value, as it would be typed.
    pub max: Option<&'static str>,
    /// The distance between two neighbouring values; `any` leaves it open.
    pub step: Option<&'static str>,
    /// The fewest characters.
    pub min_length: Option<usize>,
    /// The most characters.
    pub max_length: Option<usize>,
    /// A pattern for the browser; what the server checks is a rule of its own.
    pub pattern: Option<&'static str>,
    /// The values to choose from.
    pub options: &'static [&'static str],
    /// A sentence that helps: the column's comment.
    pub help: Option<&'static str>,
    /// What the database fills in when the field is left empty.
    pub default: Option<&'static str>,
    /// The unit of the value, such as `minutes`.
    pub unit: Option<&'static str>,
    /// The `autocomplete` token of HTML.
    pub autocomplete: Option<&'static str>,
    /// The columns that the field stands for, where that is not the one of its name.
    pub columns: &'static [&'static str],
    /// What it can stand for if it is left empty, besides a default, where a person has the choice; else the first is meant.
    pub blanks: &'static [Blank],
}

/// How a field is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    /// One line of text.
    Text,
    /// Several lines of text.
    Textarea,
    /// A number.
    Number,
    /// A box to tick, for what is either true or false.
    Checkbox,
    /// Yes, no or nothing.
    YesNo,
    /// One of a few fixed values.
    Select,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A date and a time, of no particular place.
    DateTime,
    /// A moment: shown and read in UTC.
    Timestamp,
    /// An address for mail.
    Email,
    /// The address of a page.
    Url,
    /// A secret: never shown again.
    Password,
    /// JSON.
    Json,
    /// Lines of code or markup, in a fixed width.
    Code,
    /// The two ends of a range of numbers.
    NumberRange,
    /// The two ends of a range of days.
    DateRange,
    /// The two ends of a range of times, of no particular place.
    DateTimeRange,
    /// The two ends of a range of moments: shown and read in UTC.
    TimestampRange,
    /// One input per element of an array.
    List,
    /// A file.
    File,
    /// A row of another table.
    Choice,
    /// Any number of rows of another table.
    Choices,
    /// Shown, never sent.
    ReadOnly,
}

impl Widget {
    /// The widget of either end, of a widget for ranges.
    pub const fn end(self) -> Option<Self> {
        match self {
            Self::NumberRange => Some(Self::Number),
            Self::DateRange => Some(Self::Date),
            Self::DateTimeRange => Some(Self::DateTime),
            Self::TimestampRange => Some(Self::Timestamp),
            _ => None,
        }
    }
}

impl Field {
    /// A field without rules.
    pub const fn new(name: &'static str, label: &'static str, widget: Widget) -> Self {
        Self {
            name,
            label,
            widget,
            required: false,
            min: None,
            max: None,
            step: None,
            min_length: None,
            max_length: None,
            pattern: None,
            options: &[],
            help: None,
            default: None,
            unit: None,
            autocomplete: None,
            columns: &[],
            blanks: &[],
        }
    }

    /// Must have a value.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The least value, as it would be typed.
    pub const fn min(mut self, min: &'static str) -> Self {
        self.min = Some(min);
        self
    }

    /// The greatest value, as it would be typed.
    pub const fn max(mut self, max: &'static str) -> Self {
        self.max = Some(max);
        self
    }

    /// The distance between two neighbouring values: `0.01` allows two decimals, `any` all.
    pub const fn step(mut self, step: &'static str) -> Self {
        self.step = Some(step);
        self
    }

    /// The fewest characters.
    pub const fn min_length(mut self, characters: usize) -> Self {
        self.min_length = Some(characters);
        self
    }

    /// The most characters.
    pub const fn max_length(mut self, characters: usize) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// A pattern that the browser checks; give the server a [`rule`](super::Check::rule) that agrees.
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// The values to choose from.
    pub const fn options(mut self, options: &'static [&'static str]) -> Self {
        self.options = options;
        self
    }

    /// A sentence that helps.
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// What the database fills in when the field is left empty, in words or as its SQL.
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// The unit of the value, such as `minutes`.
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = Some(unit);
        self
    }

    /// The `autocomplete` token of HTML, such as `email`.
    pub const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// The columns that the field stands for, where that is not the one of its name: errors at any
    /// of them are shown here.
    pub const fn columns(mut self, columns: &'static [&'static str]) -> Self {
        self.columns = columns;
        self
    }

    /// What it can stand for if it is left empty; where nothing is chosen, the default is meant, or else the first.
    pub const fn blanks(mut self, blanks: &'static [Blank]) -> Self {
        self.blanks = blanks;
        self
    }

    /// Whether an error at `name` belongs to this field.
    pub(super) fn answers_to(&self, name: &str) -> bool {
        self.name == name || self.columns.contains(&name)
    }

    /// The name under which the field is sent: nearly always its own.
    pub fn sent(&self) -> Cow<'static, str> {
        text::of_column(self.name)
    }

    /// The name of a part of the field, such as the end of a range: `span.from`.
    pub fn part(&self, part: &str) -> String {
        text::part(self.name, part)
    }

    /// The `id` of the field's input: letters, digits, `_` and `-` of its name, anything else as hex.
    pub fn id(&self) -> String {
        let mut id = String::with_capacity(self.name.len() + 2);
        id.push_str("f-");
        for byte in self.name.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => id.push(char::from(byte)),
                other => id.push_str(&format!("-{other:02x}")),
            }
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_no_space() {
        assert_eq!(Field::new("film_id", "", Widget::Text).id(), "f-film_id");
        assert_eq!(Field::new("a b", "", Widget::Text).id(), "f-a-20b");
    }
}
