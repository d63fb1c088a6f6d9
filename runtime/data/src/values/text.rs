//! Text.

use super::comparable::ordered;
use super::{
    Binary, ColumnType, Datum, Fallible, FieldType, FormValue, Kind, ParseError, Ranking, RawCell,
    Value, WriteHtml, escape,
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

impl Binary for String {
    #[inline]
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        Ok(Datum::Text(std::str::from_utf8(raw)?.into()))
    }

    /// Also what is no text, as a column of texts is compared with: `col::text = $1`.
    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        match value {
            Datum::Text(text) => out.extend(text.as_bytes()),
            Datum::Range(_) | Datum::Array(..) => return Ok(false),
            other => out.extend(other.to_string().as_bytes()),
        }
        Ok(true)
    }
}

/// PostgreSQL's `character(n)`, which comes with blanks at its end.
pub struct Padded;

impl Binary for Padded {
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        let text = std::str::from_utf8(raw)?;
        Ok(Datum::Text(text.trim_end_matches(' ').into()))
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        String::encode(value, out)
    }
}

/// PostgreSQL's `"char"`, a text of one byte.
pub struct OneByte;

impl Binary for OneByte {
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        String::decode(raw)
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        let Datum::Text(text) = value else {
            return Ok(false);
        };
        out.push(u8::try_from(text.chars().next().unwrap_or('\0'))?);
        Ok(true)
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
