//! A time of day, from midnight to midnight, both included.

use std::fmt;
use std::str::FromStr;

use super::binary::binary_number;
use super::comparable::ordered;
use super::field_type::field_type;
use super::moment::{shortest, write_moment};
use super::{
    ColumnType, Datum, FormValue, ParseError, Ranking, RawCell, Value, WriteHtml, calendar,
};

/// A time of day in no time zone: `time`. The database knows `24:00:00`, for which [`Time::to_jiff`] is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

impl Time {
    /// From the microseconds since midnight.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The microseconds since midnight.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The value as `jiff` has it, where that can hold it.
    pub fn to_jiff(self) -> Option<jiff::civil::Time> {
        let seconds = self.0 / 1_000_000;
        let nanos = i32::try_from(self.0 % 1_000_000 * 1000).ok()?;
        let hour = i8::try_from(seconds / 3600).ok()?;
        jiff::civil::Time::new(hour, (seconds / 60 % 60) as i8, (seconds % 60) as i8, nanos).ok()
    }
}

impl From<jiff::civil::Time> for Time {
    fn from(value: jiff::civil::Time) -> Self {
        let seconds = (i64::from(value.hour()) * 60 + i64::from(value.minute())) * 60
            + i64::from(value.second());
        Self(seconds * 1_000_000 + i64::from(value.subsec_nanosecond()) / 1000)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        calendar::write_time(self.0, f)
    }
}

impl FromStr for Time {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        calendar::parse_time(text.trim())
            .map(Self)
            .ok_or(ParseError("a time such as 22:53:30"))
    }
}

field_type!(Time, Time, Time);
ordered!(Time);
binary_number!(Time(i64), from_micros, micros);

impl ColumnType for Time {
    const WORDS: &'static str = "time";
    const RANKING: Ranking = Ranking::Measured;
    const POSTGRES: &'static [&'static str] = &["time"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        text.parse().map(Value::Time)
    }

    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        match cell {
            RawCell::Text(text) => text.parse().ok().map(Datum::Time),
            _ => None,
        }
    }
}

impl FormValue for Time {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "must be a time, such as 09:57 or 21:57:20".to_owned())
    }

    fn to_input(&self) -> String {
        shortest(self.to_string())
    }

    fn placeholder() -> Self {
        Self::from_micros(0)
    }
}

impl WriteHtml for Time {
    fn write_html(&self, out: &mut String) {
        write_moment(out, &self.to_string(), true, "")
    }
}
