//! An instant, as wide as the database has it.

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

/// An instant, shown in UTC: `timestamptz`.
///
/// It holds every value of the database, also `infinity` and years beyond 9999, for which [`Timestamp::to_jiff`] is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Later than every other.
    pub const INFINITY: Self = Self(i64::MAX);
    /// Earlier than every other.
    pub const NEG_INFINITY: Self = Self(i64::MIN);

    /// The instant that the clock of this machine shows.
    pub fn now() -> Self {
        jiff::Timestamp::now().into()
    }

    /// From the micros since the start of the year 2000 in UTC.
    pub const fn from_micros_since_2000(micros: i64) -> Self {
        Self(micros)
    }

    /// The micros since the start of the year 2000 in UTC; the largest and smallest number stand for the infinities.
    pub const fn micros_since_2000(self) -> i64 {
        self.0
    }

    /// Whether this is neither of the infinities.
    pub const fn is_finite(self) -> bool {
        self.0 != i64::MAX && self.0 != i64::MIN
    }

    /// The value as `jiff` has it, where that can hold it.
    pub fn to_jiff(self) -> Option<jiff::Timestamp> {
        if !self.is_finite() {
            return None;
        }
        let unix = self.0.checked_add(calendar::UNIX_DAYS * calendar::DAY)?;
        jiff::Timestamp::from_microsecond(unix).ok()
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(value: jiff::Timestamp) -> Self {
        Self(value.as_microsecond() - calendar::UNIX_DAYS * calendar::DAY)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::INFINITY => f.write_str("infinity"),
            Self::NEG_INFINITY => f.write_str("-infinity"),
            Self(micros) => {
                calendar::write_date(micros.div_euclid(calendar::DAY), f)?;
                f.write_str("T")?;
                calendar::write_time(micros.rem_euclid(calendar::DAY), f)?;
                f.write_str("Z")
            }
        }
    }
}

impl FromStr for Timestamp {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text.trim() {
            "infinity" => Ok(Self::INFINITY),
            "-infinity" => Ok(Self::NEG_INFINITY),
            text => calendar::parse_instant(text)
                .map(Self)
                .ok_or(ParseError("a date and time such as 2005-05-24T22:53:30Z")),
        }
    }
}

field_type!(Timestamp, Timestamp, Timestamp);
ordered!(Timestamp);
binary_number!(Timestamp(i64), from_micros_since_2000, micros_since_2000);

impl ColumnType for Timestamp {
    const WORDS: &'static str = "date and time";
    const RANKING: Ranking = Ranking::Measured;
    const POSTGRES: &'static [&'static str] = &["timestamptz"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        text.parse().map(Value::Timestamp)
    }

    #[inline(always)]
    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        moment_cell::read(cell).map(|micros| Datum::Timestamp(Self(micros)))
    }
}

/// A moment is shown in UTC; one with an offset of its own may be typed too.
impl FormValue for Timestamp {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| unread(text))
    }

    /// Without the `Z`, so that the browser's own input can show it.
    fn to_input(&self) -> String {
        let text = self.to_string();
        shortest(text.trim_end_matches('Z').to_owned())
    }

    fn placeholder() -> Self {
        Self::from_micros_since_2000(0)
    }
}

impl WriteHtml for Timestamp {
    fn write_html(&self, out: &mut String) {
        write_moment(out, &self.to_string(), self.is_finite(), "UTC")
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn now_is_what_the_clock_shows() {
        let clock = || Timestamp::from(jiff::Timestamp::try_from(SystemTime::now()).unwrap());
        let (before, now, after) = (clock(), Timestamp::now(), clock());
        assert!(before <= now && now <= after, "{before} {now} {after}");
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let seconds = i64::try_from(since_1970.unwrap().as_secs()).unwrap();
        let since_2000 = now.micros_since_2000() / 1_000_000;
        assert!((seconds - since_2000 - 946_684_800).abs() < 60, "{now}");
    }
}
