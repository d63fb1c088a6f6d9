//! Text.

use super::comparable::ordered;
use super::{
    ColumnType, Datum, FieldType, FormValue, Kind, ParseError, Ranking, RawCell, Value, WriteHtml,
    escape,
};

/// How many characters of a text are shown before the rest is folded away.
pub(super) const CLAMP: usize = 120;

impl FieldType for String {
    const KIND: Kind = Kind::Text;

    #[inline(always)]
    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    #[inline(always)]
    fn from_plain(cell: RawCell<'_>) -> Option<Self> {
        match cell {
            RawCell::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

ordered!(String);

impl ColumnType for String {
    const WORDS: &'static str = "text";
    const RANKING: Ranking = Ranking::Sorted;
    const POSTGRES: &'static [&'static str] = &["text", "varchar", "bpchar", "citext", "name"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        Ok(Value::Text(text.to_owned().into()))
    }

    /// Anything can be read as text.
    #[inline(always)]
    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        Some(match cell {
            RawCell::Text(text) => Datum::Text(text.into()),
            other => text_of(other),
        })
    }
}

/// The text of a cell that is none; bytes that are no text are, as SQL writes them.
fn text_of(cell: RawCell<'_>) -> Datum<'_> {
    match cell {
        RawCell::Int(number) => Datum::Text(number.to_string().into()),
        RawCell::Float(number) => Datum::Text(number.to_string().into()),
        RawCell::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Datum::Text(text.into()),
            Err(_) => Datum::Text(format!("x'{}'", Datum::from(cell)).into()),
        },
        other => other.into(),
    }
}

impl FormValue for String {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }

    fn to_input(&self) -> String {
        self.clone()
    }

    fn placeholder() -> Self {
        Self::new()
    }
}

impl WriteHtml for str {
    fn write_html(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("<span class=\"null\">empty</span>");
        }
        // A text has at least as many bytes as characters.
        let end = match self.len() {
            0..=CLAMP => None,
            _ => self.char_indices().nth(CLAMP),
        };
        match end {
            None => escape(out, self),
            Some((end, _)) => {
                out.push_str("<details class=\"long\"><summary>");
                escape(out, self[..end].trim_end());
                out.push_str("…</summary><div class=\"text\">");
                escape(out, self);
                out.push_str("</div></details>")
            }
        }
    }
}

impl WriteHtml for String {
    fn write_html(&self, out: &mut String) {
        self.as_str().write_html(out)
    }
}
