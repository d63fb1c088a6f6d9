//! A number of any size and scale, exact.

use std::fmt;
use std::str::FromStr;

use super::comparable::ordered;
use super::html::as_it_is;
use super::number::tidy;
use super::{
    ColumnType, Datum, Decimal, FieldType, FormValue, Kind, ParseError, Ranking, RawCell, Value,
};

/// A number of any size and scale, as its decimal text: `numeric` beyond 28 digits; also `NaN` and the infinities.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Numeric(String);

impl Numeric {
    /// The number as text: `-12.50`, `NaN`, `Infinity`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From a text that is known to be a number.
    pub(crate) fn known(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Numeric {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let text = text.trim();
        match text {
            "NaN" | "Infinity" | "-Infinity" => return Ok(Self(text.to_owned())),
            _ => {}
        }
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let sized =
            whole.len() <= 131_072 && fraction.len() <= 16_383 && whole.len() + fraction.len() > 0;
        if sized && digits(whole) && digits(fraction) {
            Ok(Self(text.strip_prefix('+').unwrap_or(text).to_owned()))
        } else {
            Err(ParseError("a number such as 12.50"))
        }
    }
}

impl FieldType for Numeric {
    const KIND: Kind = Kind::Numeric;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Numeric(digits) => Some(Self::known(digits.into_owned())),
            Datum::Decimal(number) => Some(Self::known(number.to_string())),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Numeric(self.0.into())
    }
}

ordered!(Numeric);

/// Read as a [`Decimal`] where it fits.
impl ColumnType for Numeric {
    const WORDS: &'static str = Decimal::WORDS;
    const RANKING: Ranking = Decimal::RANKING;
    const POSTGRES: &'static [&'static str] = Decimal::POSTGRES;

    fn of_text(text: &str) -> Result<Value, ParseError> {
        Decimal::of_text(text)
    }

    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        Decimal::of_cell(cell)
    }
}

impl FormValue for Numeric {
    fn parse(text: &str) -> Result<Self, String> {
        numeric(&tidy(text))
            .parse()
            .map_err(|_| "must be a number, such as 12.50".to_owned())
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::known("0".to_owned())
    }
}

/// `nan` → `NaN`, `inf` → `Infinity`: as the database reads them.
fn numeric(text: &str) -> &str {
    match text.to_ascii_lowercase().as_str() {
        "nan" => "NaN",
        "inf" | "infinity" => "Infinity",
        "-inf" | "-infinity" => "-Infinity",
        _ => text,
    }
}

as_it_is!(Numeric);
