//! UUIDs.

use super::comparable::ordered;
use super::field_type::field_type;
use super::html::write;
use super::{
    Binary, ColumnType, Datum, Fallible, FormValue, ParseError, Ranking, RawCell, Uuid, Value,
    WriteHtml,
};

field_type!(Uuid, Uuid, Uuid);
ordered!(Uuid);

impl ColumnType for Uuid {
    const WORDS: &'static str = "UUID";
    const RANKING: Ranking = Ranking::Sorted;
    const POSTGRES: &'static [&'static str] = &["uuid"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        match text.trim().parse() {
            Ok(uuid) => Ok(Value::Uuid(uuid)),
            Err(_) => Err(ParseError("a UUID")),
        }
    }

    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        let uuid = match cell {
            RawCell::Text(text) => Self::try_parse(text.trim()).ok(),
            RawCell::Bytes(bytes) => Self::from_slice(bytes).ok(),
            _ => None,
        };
        uuid.map(Datum::Uuid)
    }
}

impl Binary for Uuid {
    #[inline]
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        Ok(Datum::Uuid(Self::from_bytes(raw.try_into()?)))
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        let Datum::Uuid(uuid) = value else {
            return Ok(false);
        };
        out.extend(uuid.as_bytes());
        Ok(true)
    }
}

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
