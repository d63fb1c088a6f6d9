//! UUIDs.

use super::field_type::field_type;
use super::html::write;
use super::{FormValue, Uuid, WriteHtml};

field_type!(Uuid, Uuid, Uuid);

impl FormValue for Uuid {
    fn parse(text: &str) -> Result<Self, String> {
        Self::try_parse(text)
            .map_err(|_| "must be a UUID, such as 123e4567-e89b-12d3-a456-426614174000".to_owned())
    }

    fn to_input(&self) -> String {
        self.hyphenated().to_string()
    }

    fn placeholder() -> Self {
        Self::nil()
    }
}

impl WriteHtml for Uuid {
    fn write_html(&self, out: &mut String) {
        out.push_str("<code>");
        write(out, self);
        out.push_str("</code>");
    }
}
