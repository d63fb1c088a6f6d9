//! One labelled control of a page's form, as data: `templates/ui/field.html` makes HTML of it.

use std::collections::HashSet;

use umbel_data::values::WHOLE;

use super::native::{is_date, is_date_time, is_number, is_time};
use super::upload::Upload;
use super::{Blank, Difference, Field, LinkPage, Redisplay, Widget};

/// One labelled control: the field, what was typed, what can be chosen, what is wrong.
#[derive(Debug, Clone)]
pub struct Control<'a> {
    /// The field.
    pub field: &'a Field,
    /// What was typed; one text, or one per element.
    pub values: Vec<&'a str>,
    /// What it stands for, where it is empty and that was chosen.
    pub(super) blank: Option<Blank>,
    /// What can be chosen.
    pub options: Vec<ControlOption<'a>>,
    /// The search box of a choice among many rows.
    pub search: Option<Search<'a>>,
    /// The boxes of linked rows, where they are too many to be options.
    pub links: Option<LinkPage<'a>>,
    /// How large the stored file is, in words.
    pub stored: Option<String>,
    /// What is wrong.
    pub errors: Vec<&'a str>,
    /// What someone else changed meanwhile: see [`Control::versions`].
    pub difference: Option<&'a Difference>,
    /// Whether the control takes the focus.
    pub focus: bool,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlOption<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What a person reads.
    pub text: &'a str,
    /// Whether it is chosen now.
    pub selected: bool,
}

/// The three versions of a field that someone else changed, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// What it was when the form was opened.
    pub was: String,
    /// What it is now.
    pub now: String,
    /// What was typed; `None` if the field was left as it was.
    pub typed: Option<String>,
}

/// The search box of a choice among many rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search<'a> {
    /// What was typed into it.
    pub text: &'a str,
    /// Where a large table was searched, if it was.
    pub looked: Option<&'a str>,
}

impl Field {
    /// The control of a field with one text.
    pub fn control<'a>(&'a self, text: &'a str, errors: &'a Redisplay) -> Control<'a> {
        let mut control = Control::new(self, vec![text], errors);
        control.options = match self.widget {
            Widget::Select => {
                ControlOption::all(self.options.iter().map(|value| (*value, *value)), &[text])
            }
            Widget::YesNo => {
                ControlOption::all([("true", "Yes"), ("false", "No")].into_iter(), &[text])
            }
            _ => Vec::new(),
        };
        control
    }

    /// The control of a field with one text per element, and one more to add to them.
    pub fn list<'a>(&'a self, texts: &'a [String], errors: &'a Redisplay) -> Control<'a> {
        let values = texts.iter().map(String::as_str).collect();
        let mut control = Control::new(self, values, errors);
        if control.values.last().is_none_or(|text| !text.is_empty()) {
            control.values.push("");
        }
        control.options =
            ControlOption::all(self.options.iter().map(|value| (*value, *value)), &[]);
        control
    }

    /// The control of a field with a file.
    pub fn file<'a>(&'a self, upload: &Upload, errors: &'a Redisplay) -> Control<'a> {
        let mut control = Control::new(self, Vec::new(), errors);
        control.stored = upload.size().map(umbel_data::text::size);
        control
    }
}

impl<'a> Control<'a> {
    pub(super) fn new(field: &'a Field, values: Vec<&'a str>, errors: &'a Redisplay) -> Self {
        let blank = values.first().and_then(|text| Blank::of_mark(text));
        let default = field
            .blanks
            .first()
            .copied()
            .filter(|_| field.default.is_none());
        Self {
            field,
            values: match blank {
                Some(_) if field.widget == Widget::List => Vec::new(),
                Some(_) => vec![""],
                None => values,
            },
            blank: blank.or(default),
            options: Vec::new(),
            search: None,
            links: None,
            stored: None,
            errors: errors.of(field),
            difference: errors.differences().iter().find(|d| d.name == field.name),
            focus: errors.pressed.as_deref() == Some(&*field.sent()),
        }
    }

    /// The text of a field that has one.
    pub fn value(&self) -> &str {
        self.values.first().copied().unwrap_or_default()
    }

    /// How the field is shown: a text of several lines never in an input of one, which would join them.
    pub fn widget(&self) -> Widget {
        match self.field.widget {
            widget if widget.end().is_some() && self.range().is_none() => Widget::Text,
            Widget::Text | Widget::Email | Widget::Url if self.value().contains(['\n', '\r']) => {
                Widget::Textarea
            }
            // Neither ticked nor not: what it holds can be read, and put right.
            Widget::Checkbox if !matches!(self.value(), "" | "true" | "false") => Widget::Text,
            widget => widget,
        }
    }

    /// Whether a text is one of the options, or none that a select shows as its empty choice.
    pub fn offers(&self, text: &str) -> bool {
        let is_one = || self.options.iter().any(|option| option.value == text);
        !self.options.is_empty() && (text.is_empty() || is_one())
    }

    /// Whether a box is ticked.
    pub fn checked(&self) -> bool {
        self.value() == "true"
    }

    /// The `id` of the input.
    pub fn id(&self) -> String {
        self.field.id()
    }

    /// Whether anything is wrong.
    pub fn is_invalid(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What helps to fill in the field: its comment, its limits, its default.
    pub fn help(&self) -> Option<String> {
        let field = self.field;
        let mut help: Vec<String> = field.help.map(sentence).into_iter().collect();
        if let (Widget::Textarea, Some(max)) = (field.widget, field.max_length) {
            help.push(format!("At most {max} characters."));
        }
        match field.widget {
            Widget::List if self.values.iter().any(|value| value.starts_with(WHOLE)) => {
                help.push(
                    "An array with gaps or of several dimensions stands as the database writes it."
                        .to_owned(),
                );
            }
            Widget::Timestamp | Widget::TimestampRange => help.push("In UTC.".to_owned()),
            Widget::Password => help.push("Never shown; left empty, it stays as it is.".to_owned()),
            _ => {}
        }
        if let Some(default) = field.default {
            help.push(format!("Left empty: {default}."));
        }
        (!help.is_empty()).then(|| help.join(" "))
    }

    /// The three versions of a field that someone else changed.
    pub fn versions(&self) -> Option<Versions> {
        let difference = self.difference?;
        Some(Versions {
            was: self.words(&difference.was),
            now: self.words(&difference.now),
            typed: difference.typed.as_deref().map(|typed| self.words(typed)),
        })
    }

    /// Texts as a person reads them: the names of what was chosen.
    fn words(&self, texts: &[String]) -> String {
        let word = |text: &String| match (self.field.widget, text.as_str()) {
            (_, text) if Blank::of_mark(text).is_some() => {
                self.field.blank(text).words(self.field).to_owned()
            }
            (Widget::Checkbox, "true") => "Yes".to_owned(),
            (Widget::Checkbox, "false") => "No".to_owned(),
            (Widget::File, _) => {
                let size = text.split(' ').next().and_then(|size| size.parse().ok());
                format!(
                    "a file of {}",
                    umbel_data::text::size(size.unwrap_or_default())
                )
            }
            (_, text) => self
                .options
                .iter()
                .find(|option| option.value == text)
                .map_or(text, |option| option.text)
                .to_owned(),
        };
        match texts.is_empty() {
            true => self.field.blank("").words(self.field).to_owned(),
            false => texts.iter().map(word).collect::<Vec<_>>().join(", "),
        }
    }

    /// The `id`s of what describes the input: its help, its errors.
    pub fn described_by(&self) -> Option<String> {
        let id = self.id();
        let mut ids = Vec::new();
        if self.help().is_some() {
            ids.push(format!("{id}-help"));
        }
        if self.is_invalid() || self.difference.is_some() {
            ids.push(format!("{id}-error"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The `type` of the input: a plain text where the browser's own input could not show the value.
    pub fn input_type(&self) -> &'static str {
        input_type(self.field.widget, self.value())
    }

    /// The `step` of the input, so that the browser does not refuse what the column can hold.
    pub fn step(&self) -> Option<&'static str> {
        step(self.input_type(), self.value(), self.field.step)
    }
    /// The `inputmode` of the input: the keyboard that a telephone shows.
    pub fn input_mode(&self) -> Option<&'static str> {
        match (self.field.widget, self.field.step) {
            (Widget::Number, None) if self.field.min.is_some_and(|min| !min.starts_with('-')) => {
                Some("numeric")
            }
            (Widget::Number, Some(_))
                if self.field.min.is_some_and(|min| !min.starts_with('-')) =>
            {
                Some("decimal")
            }
            _ => None,
        }
    }

    /// How many lines a text area shows.
    pub fn rows(&self) -> usize {
        let lines: usize = self
            .value()
            .split('\n')
            .map(|line| 1 + line.chars().count() / 70)
            .sum();
        lines.clamp(3, 20)
    }
}

/// The `type` of an input with this value.
pub(super) fn input_type(widget: Widget, value: &str) -> &'static str {
    match widget {
        Widget::Date if value.is_empty() || is_date(value) => "date",
        Widget::Time if value.is_empty() || is_time(value) => "time",
        Widget::DateTime | Widget::Timestamp if value.is_empty() || is_date_time(value) => {
            "datetime-local"
        }
        Widget::Number if value.is_empty() || is_number(value) => "number",
        // The browser's own would cut blanks at either end.
        Widget::Email if value.trim() == value => "email",
        Widget::Url if value.trim() == value => "url",
        Widget::Password => "password",
        _ => "text",
    }
}

/// The `step` of an input of this type.
pub(super) fn step(
    input_type: &str,
    value: &str,
    step: Option<&'static str>,
) -> Option<&'static str> {
    match input_type {
        "number" | "date" => step,
        "time" | "datetime-local" => Some(if value.contains('.') { "0.001" } else { "1" }),
        _ => None,
    }
}

impl<'a> ControlOption<'a> {
    /// Values and texts, with those chosen marked; a chosen value that is none of them comes first.
    pub(super) fn all(
        options: impl Iterator<Item = (&'a str, &'a str)>,
        chosen: &[&'a str],
    ) -> Vec<Self> {
        // Thousands may be chosen: each is looked up at once.
        let is_chosen: HashSet<&str> = chosen.iter().copied().collect();
        let mut selectables: Vec<Self> = options
            .map(|(value, text)| Self {
                value,
                text,
                selected: is_chosen.contains(value),
            })
            .collect();
        let known: HashSet<&str> = selectables.iter().map(|option| option.value).collect();
        let unknown = chosen.iter().filter(|value| !value.is_empty());
        let unknown = unknown.filter(|value| !known.contains(*value));
        let unknown: Vec<Self> = unknown
            .map(|value| Self {
                value,
                text: value,
                selected: true,
            })
            .collect();
        selectables.splice(..0, unknown);
        selectables
    }
}

fn sentence(help: &str) -> String {
    let help = help.trim();
    match help.chars().last() {
        Some('.' | '!' | '?' | ':') | None => help.to_owned(),
        Some(_) => format!("{help}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The `type` of an input with this value.
    pub(super) fn input_type(widget: Widget, value: &str) -> &'static str {
        let field = Field::new("x", "X", widget);
        let errors = Redisplay::default();
        field.control(value, &errors).input_type()
    }

    #[test]
    fn an_input_never_hides_its_value() {
        assert_eq!(input_type(Widget::Date, "2006-02-15"), "date");
        assert_eq!(input_type(Widget::Date, "infinity"), "text");
        assert_eq!(input_type(Widget::Date, "2006-2-15"), "text");
        assert_eq!(input_type(Widget::Time, "09:57:20.123"), "time");
        assert_eq!(input_type(Widget::Time, "09:57:20.123456"), "text");
        assert_eq!(
            input_type(Widget::DateTime, "2006-02-15T09:57:20"),
            "datetime-local"
        );
        assert_eq!(
            input_type(Widget::Timestamp, "2006-02-15T09:57:20.123456"),
            "text"
        );
        assert_eq!(input_type(Widget::Number, "-12.50"), "number");
        assert_eq!(input_type(Widget::Number, "NaN"), "text");
        assert_eq!(input_type(Widget::Number, "abc"), "text");
    }

    #[test]
    fn lines_are_not_joined() {
        let field = Field::new("x", "X", Widget::Text);
        let errors = Redisplay::default();
        assert_eq!(field.control("a\nb", &errors).widget(), Widget::Textarea);
        assert_eq!(field.control("a b", &errors).widget(), Widget::Text);
    }

    #[test]
    fn a_select_keeps_a_value_that_is_none_of_its_options() {
        let field = Field::new("x", "X", Widget::Select).options(&["a", "b"]);
        let errors = Redisplay::default();
        let control = field.control("c", &errors);
        let options: Vec<_> = control
            .options
            .iter()
            .map(|o| (o.value, o.selected))
            .collect();
        assert_eq!(options, [("c", true), ("a", false), ("b", false)]);
    }

    #[test]
    fn a_whole_array_is_no_option() {
        let field = Field::new("x", "X", Widget::List).options(&["a", "b"]);
        let errors = Redisplay::default();
        let texts = ["array:{a,NULL}".to_owned()];
        let control = field.list(&texts, &errors);
        assert!(control.offers("a") && control.offers(""));
        assert!(!control.offers("array:{a,NULL}"));
        assert!(control.help().is_some());
    }

    #[test]
    fn a_list_has_one_more_input() {
        let field = Field::new("x", "X", Widget::List);
        let errors = Redisplay::default();
        assert_eq!(field.list(&["a".to_owned()], &errors).values, ["a", ""]);
        assert_eq!(field.list(&[], &errors).values, [""]);
    }
}
