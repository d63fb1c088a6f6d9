//! A calendar day, as wide as the database has it.

use std::fmt;
use std::str::FromStr;

use super::binary::binary_number;
use super::comparable::ordered;
use super::field_type::field_type;
use super::moment::{is_dated, write_moment};
use super::{
    ColumnType, Datum, FormValue, ParseError, Ranking, RawCell, Value, WriteHtml, calendar,
    moment_cell,
};

/// A calendar day: `date`.
///
/// It holds every value of the database, also `infinity` and years beyond 9999, for which [`Date::to_jiff`] is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// Later than every other.
    pub const INFINITY: Self = Self(i32::MAX);
    /// Earlier than every other.
    pub const NEG_INFINITY: Self = Self(i32::MIN);

    /// From the days since the start of the year 2000.
    pub const fn from_days_since_2000(days: i32) -> Self {
        Self(days)
    }

    /// The days since the start of the year 2000; the largest and smallest number stand for the infinities.
    pub const fn days_since_2000(self) -> i32 {
        self.0
    }

    /// Whether this is neither of the infinities.
    pub const fn is_finite(self) -> bool {
        self.0 != i32::MAX && self.0 != i32::MIN
    }

    /// The value as `jiff` has it, where that can hold it.
    pub fn to_jiff(self) -> Option<jiff::civil::Date> {
        if !self.is_finite() {
            return None;
        }
        let (year, month, day) = calendar::civil(self.0.into());
        jiff::civil::Date::new(year.try_into().ok()?, month as i8, day as i8).ok()
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(value: jiff::civil::Date) -> Self {
        let days = calendar::days(value.year().into(), value.month() as u8, value.day() as u8);
        Self(days.and_then(|days| days.try_into().ok()).unwrap_or(0))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::INFINITY => f.write_str("infinity"),
            Self::NEG_INFINITY => f.write_str("-infinity"),
            Self(days) => calendar::write_date(days.into(), f),
        }
    }
}

impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text.trim() {
            "infinity" => Ok(Self::INFINITY),
            "-infinity" => Ok(Self::NEG_INFINITY),
            text => calendar::parse_date(text)
                .and_then(|days| days.try_into().ok())
                .map(Self)
                .ok_or(ParseError("a date such as 2005-05-24")),
        }
    }
}

field_type!(Date, Date, Date);
ordered!(Date);
binary_number!(Date(i32), from_days_since_2000, days_since_2000);

impl ColumnType for Date {
    const WORDS: &'static str = "date";
    const RANKING: Ranking = Ranking::Measured;
    const POSTGRES: &'static [&'static str] = &["date"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        text.parse().map(Value::Date)
    }

    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        if let RawCell::Text(text) = cell
            && let Ok(date) = text.parse()
        {
            return Some(Datum::Date(date));
        }
        // A day that was written with a time is one only at midnight.
        let micros = moment_cell::read(cell)?;
        let days = i32::try_from(micros.div_euclid(calendar::DAY)).ok()?;
        (micros.rem_euclid(calendar::DAY) == 0).then_some(Datum::Date(Self(days)))
    }
}

impl FormValue for Date {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| match is_dated(text) {
            true => "must be a date that exists".to_owned(),
            false => "must be a date, such as 2006-02-15".to_owned(),
        })
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::from_days_since_2000(0)
    }
}

impl WriteHtml for Date {
    fn write_html(&self, out: &mut String) {
        write_moment(out, &self.to_string(), self.is_finite(), "")
    }
}
