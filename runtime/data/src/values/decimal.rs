//! An exact number of at most 28 digits.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::comparable::ordered;
use super::field_type::field_type;
use super::html::{write, write_digits};
use super::number::{parts, tidy};
use super::{
    ColumnType, Datum, FieldType, FormValue, Numeric, ParseError, Ranking, RawCell, Value,
    WriteHtml,
};

/// An exact number of at most 28 digits: `numeric(p,s)`.
///
/// It holds every value of such a column, also `NaN`, for which [`Decimal::to_rust_decimal`] is `None`. As in
/// the database, `NaN` equals itself and is greater than every number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal(Option<rust_decimal::Decimal>);

impl Decimal {
    /// Not a number.
    pub const NAN: Self = Self(None);
    /// Nothing, without decimals.
    pub const ZERO: Self = Self(Some(rust_decimal::Decimal::ZERO));

    /// `Decimal::new(1250, 2)` is 12.50.
    ///
    /// # Panics
    /// If there are more than 28 decimals.
    pub const fn new(digits: i64, decimals: u32) -> Self {
        assert!(decimals <= 28, "a decimal has at most 28 decimals");
        let negative = digits < 0;
        let digits = digits.unsigned_abs();
        let (low, middle) = (digits as u32, (digits >> 32) as u32);
        Self(Some(rust_decimal::Decimal::from_parts(
            low, middle, 0, negative, decimals,
        )))
    }

    /// The shortest decimal that is read as this number, if it has few digits: 0.99, as which prices are kept.
    pub(crate) fn short(number: f64) -> Option<Self> {
        // Whole numbers below it, and powers of ten, are exact, so that a quotient of theirs is the number nearest to it.
        const EXACT: f64 = 1e15;
        let mut power = 1.0;
        for decimals in 0..=4 {
            let digits = (number * power).round();
            if digits.abs() >= EXACT {
                return None;
            }
            if digits / power == number {
                return Some(Self::new(digits as i64, decimals));
            }
            power *= 10.0;
        }
        None
    }

    /// Whether this is a number.
    pub const fn is_number(self) -> bool {
        self.0.is_some()
    }

    /// The number, to be reckoned with; `None` for `NaN`.
    pub const fn to_rust_decimal(self) -> Option<rust_decimal::Decimal> {
        self.0
    }

    /// The digits and how many of them are decimals, if the number is not negative and has no more than fit.
    pub(crate) fn to_digits(self) -> Option<(u64, u32)> {
        let number = self.0.filter(|number| number.is_sign_positive())?;
        let decimals = number.scale();
        let digits = u64::try_from(number.mantissa()).ok()?;
        (decimals <= 18).then_some((digits, decimals))
    }

    /// Whether the other is the same also in its decimals: 1.5 and 1.50 are equal, but not alike.
    pub(crate) fn is_like(self, other: Self) -> bool {
        let scale = |decimal: Self| decimal.0.map(|number| number.scale());
        self == other && scale(self) == scale(other)
    }
}

impl From<rust_decimal::Decimal> for Decimal {
    fn from(number: rust_decimal::Decimal) -> Self {
        Self(Some(number))
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self(Some(number.into()))
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(Some(number.into()))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.0, other.0) {
            (Some(one), Some(other)) => one.cmp(&other),
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => number.fmt(f),
            None => f.write_str("NaN"),
        }
    }
}

impl FromStr for Decimal {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        if text.eq_ignore_ascii_case("nan") {
            return Ok(Self::NAN);
        }
        rust_decimal::Decimal::from_str_exact(text)
            .map(Self::from)
            .map_err(|_| ParseError("a number such as 12.50"))
    }
}

field_type!(
    Decimal, Decimal, Decimal,
    RawCell::Int(number) => Some(number.into()),
    RawCell::Float(number) => Self::short(number)
);

ordered!(Decimal);

impl ColumnType for Decimal {
    const WORDS: &'static str = "number";
    const RANKING: Ranking = Ranking::Number;
    const POSTGRES: &'static [&'static str] = &["numeric"];

    /// A number with more digits is one of the column, too.
    fn of_text(text: &str) -> Result<Value, ParseError> {
        let text = text.trim();
        match text.parse() {
            Ok(number) => Ok(Value::Decimal(number)),
            Err(_) => text.parse().map(Numeric::into_value),
        }
    }

    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        match cell {
            RawCell::Int(number) => Some(Datum::Decimal(number.into())),
            RawCell::Float(number) if number.is_finite() => Some(match Self::short(number) {
                Some(decimal) => Datum::Decimal(decimal),
                None => digits(number.to_string().into()),
            }),
            RawCell::Text(text) => match text.trim().parse::<Numeric>() {
                Ok(_) => Some(digits(text.trim().into())),
                Err(_) => None,
            },
            _ => None,
        }
    }
}

fn digits(text: Cow<'_, str>) -> Datum<'_> {
    match rust_decimal::Decimal::from_str_exact(&text) {
        Ok(number) => Datum::Decimal(number.into()),
        Err(_) => Datum::Numeric(text),
    }
}

impl FormValue for Decimal {
    fn parse(text: &str) -> Result<Self, String> {
        let text = tidy(text);
        if parts(&text).is_none() && !text.eq_ignore_ascii_case("nan") {
            return Err("must be a number, such as 12.50".to_owned());
        }
        text.parse().map_err(|_| "has too many digits".to_owned())
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::ZERO
    }
}

impl WriteHtml for Decimal {
    fn write_html(&self, out: &mut String) {
        match self.to_digits() {
            Some((digits, decimals)) => write_digits(out, digits, decimals),
            None => write(out, self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_is_the_greatest() {
        let numbers = ["-1", "0", "12.50", "NaN"].map(|text| text.parse::<Decimal>().unwrap());
        assert!(numbers.is_sorted());
        assert_eq!(numbers[3], Decimal::NAN);
        assert_eq!(numbers[3].to_string(), "NaN");
        assert_eq!(Decimal::new(-1250, 2).to_string(), "-12.50");
    }
}
