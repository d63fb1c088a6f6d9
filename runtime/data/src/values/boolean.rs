//! Truth values.

use super::field_type::field_type;
use super::{FormValue, WriteHtml};

field_type!(bool, Bool, Bool);

impl FormValue for bool {
    fn parse(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
            _ => Err("must be yes or no".to_owned()),
        }
    }

    /// A box that is not ticked sends nothing.
    fn to_input(&self) -> String {
        match self {
            true => "true".to_owned(),
            false => "false".to_owned(),
        }
    }

    fn placeholder() -> Self {
        false
    }
}

impl WriteHtml for bool {
    fn write_html(&self, out: &mut String) {
        out.push_str(if *self { "Yes" } else { "No" })
    }
}
