//! A day and a time of day in no time zone, as wide as the database has it.

use std::fmt;
use std::str::FromStr;

use super::binary::binary_number;
use super::comparable::ordered;
use super::field_type::field_type;
use super::moment::{shortest, unread, write_moment};
use super::{
    ColumnType, Datum, FormValue, ParseError, Ranking, RawCell, Value, WriteHtml, calendar,
    moment_cell,
};

/// A day and a time of day in no time zone: `timestamp`.
///
/// It holds every value of the database, also `infinity` and years beyond 9999, for which [`DateTime::to_jiff`] is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(i64);

impl DateTime {
    /// Later than every other.
    pub const INFINITY: Self = Self(i64::MAX);
    /// Earlier than every other.
    pub const NEG_INFINITY: Self = Self(i64::MIN);

    /// From the micros since the start of the year 2000.
    pub const fn from_micros_since_2000(micros: i64) -> Self {
        Self(micros)
    }

    /// The micros since the start of the year 2000; the largest and smallest number stand for the infinities.
    pub const fn micros_since_2000(self) -> i64 {
        self.0
    }

    /// Whether this is neither of the infinities.
    pub const fn is_finite(self) -> bool {
        self.0 != i64::MAX && self.0 != i64::MIN
    }

    /// The value as `jiff` has it, where that can hold it.
    pub fn to_jiff(self) -> Option<jiff::civil::DateTime> {
        if !self.is_finite() {
            return None;
        }
        let (year, month, day) = calendar::civil(self.0.div_euclid(calendar::DAY));
        let date = jiff::civil::Date::new(year.try_into().ok()?, month as i8, day as i8).ok()?;
        let micros = self.0.rem_euclid(calendar::DAY);
        let seconds = micros / 1_000_000;
        let nanos = (micros % 1_000_000 * 1000) as i32;
        Some(date.at(
            (seconds / 3600) as i8,
            (seconds / 60 % 60) as i8,
            (seconds % 60) as i8,
            nanos,
        ))
    }
}

impl From<jiff::civil::DateTime> for DateTime {
    fn from(value: jiff::civil::DateTime) -> Self {
        let days = calendar::days(value.year().into(), value.month() as u8, value.day() as u8)
            .unwrap_or(0);
        let seconds = (i64::from(value.hour()) * 60 + i64::from(value.minute())) * 60
            + i64::from(value.second());
        Self(
            days * calendar::DAY
                + seconds * 1_000_000
                + i64::from(value.subsec_nanosecond()) / 1000,
        )
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::INFINITY => f.write_str("infinity"),
            Self::NEG_INFINITY => f.write_str("-infinity"),
            Self(micros) => {
                calendar::write_date(micros.div_euclid(calendar::DAY), f)?;
                f.write_str("T")?;
                calendar::write_time(micros.rem_euclid(calendar::DAY), f)
            }
        }
    }
}

impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text.trim() {
            "infinity" => Ok(Self::INFINITY),
            "-infinity" => Ok(Self::NEG_INFINITY),
            text => calendar::parse_date_time(text)
                .map(Self)
                .ok_or(ParseError("a date and time such as 2005-05-24T22:53:30")),
        }
    }
}

field_type!(DateTime, DateTime, DateTime);
ordered!(DateTime);
binary_number!(DateTime(i64), from_micros_since_2000, micros_since_2000);

impl ColumnType for DateTime {
    const WORDS: &'static str = "date and time";
    const RANKING: Ranking = Ranking::Measured;
    const POSTGRES: &'static [&'static str] = &["timestamp"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        text.parse().map(Value::DateTime)
    }

    #[inline(always)]
    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        moment_cell::read(cell).map(|micros| Datum::DateTime(Self(micros)))
    }
}

impl FormValue for DateTime {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| unread(text))
    }

    fn to_input(&self) -> String {
        shortest(self.to_string())
    }

    fn placeholder() -> Self {
        Self::from_micros_since_2000(0)
    }
}

impl WriteHtml for DateTime {
    fn write_html(&self, out: &mut String) {
        write_moment(out, &self.to_string(), self.is_finite(), "")
    }
}
