//! The inputs of a range: its two ends and its brackets, which the form keeps as one text, `[1,5)`.

use umbel_data::values::Range;

use super::control::{input_type, step};
use super::{Control, ControlOption, Widget};

impl Control<'_> {
    /// The two inputs of a range and its brackets; `None` where one text of the whole is all that can be shown.
    pub fn range(&self) -> Option<RangeInputs> {
        let widget = self.field.widget.end()?;
        let text = self.value();
        let range = match text.is_empty() {
            true => return Some(RangeInputs::new(widget, [String::new(), String::new()], "")),
            false => Range::from_text(text)?,
        };
        let end = |end: Option<&String>| end.cloned().unwrap_or_default();
        let ends = [end(range.lower()), end(range.upper())];
        Some(RangeInputs::new(widget, ends, range.brackets()))
    }
}

/// Makes one text of the inputs of a range: `1`, `5`, `[)` → `[1,5)`.
pub(super) fn join(lower: &str, upper: &str, brackets: &str) -> String {
    let (lower, upper) = (lower.trim().to_owned(), upper.trim().to_owned());
    match brackets {
        "" if lower.is_empty() && upper.is_empty() => String::new(),
        // Nothing is lost that was typed beside it.
        "empty" if lower.is_empty() && upper.is_empty() => Range::<String>::Empty.to_string(),
        "" | "empty" => Range::new(lower, upper, "[)").to_string(),
        brackets => Range::new(lower, upper, brackets).to_string(),
    }
}

/// The two inputs of a range, and its brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeInputs {
    /// The lower and the upper end.
    pub ends: [RangeEnd; 2],
    /// What may be said of the ends, with what a person reads.
    pub brackets: Vec<ControlOption<'static>>,
}

/// One input of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeEnd {
    /// What its name ends in: `from`, `to`.
    pub name: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// Its value; empty for no end.
    pub value: String,
    /// Its `type`.
    pub input_type: &'static str,
    /// Its `step`.
    pub step: Option<&'static str>,
}

/// What may be said of the ends of a range.
const BRACKETS: [(&str, &str); 6] = [
    ("", "No range"),
    ("[)", "From included, to not"),
    ("[]", "Both ends included"),
    ("(]", "To included, from not"),
    ("()", "Neither end included"),
    ("empty", "Empty: holds nothing"),
];

impl RangeInputs {
    fn new(widget: Widget, ends: [String; 2], brackets: &str) -> Self {
        let [lower, upper] = ends;
        let end = |name, label, value: String| {
            let input_type = input_type(widget, &value);
            RangeEnd {
                name,
                label,
                step: step(
                    input_type,
                    &value,
                    Some("any").filter(|_| widget == Widget::Number),
                ),
                value,
                input_type,
            }
        };
        let options = BRACKETS.map(|(value, text)| ControlOption {
            value,
            text,
            selected: value == brackets,
        });
        Self {
            ends: [end("from", "From", lower), end("to", "To", upper)],
            brackets: options.into(),
        }
    }
}
