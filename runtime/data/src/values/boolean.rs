//! Truth values.

use super::comparable::ordered;
use super::field_type::field_type;
use super::{
    Binary, ColumnType, Datum, Fallible, FormValue, ParseError, Ranking, RawCell, Value, WriteHtml,
    truth,
};

field_type!(bool, Bool, Bool);
ordered!(bool);

impl ColumnType for bool {
    const WORDS: &'static str = "yes or no";
    const RANKING: Ranking = Ranking::Sorted;
    const POSTGRES: &'static [&'static str] = &["bool"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        match text.trim() {
            "true" | "t" | "yes" | "on" | "1" => Ok(Value::Bool(true)),
            "false" | "f" | "no" | "off" | "0" => Ok(Value::Bool(false)),
            _ => Err(ParseError("yes or no")),
        }
    }

    #[inline(always)]
    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        truth::read(cell).map(Datum::Bool)
    }
}

/// One byte.
impl Binary for bool {
    #[inline]
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        Ok(Datum::Bool(<[u8; 1]>::try_from(raw)? != [0]))
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        let Datum::Bool(value) = value else {
            return Ok(false);
        };
        out.push((*value).into());
        Ok(true)
    }
}

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
