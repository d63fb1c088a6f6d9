//! A span of time, as the database has it: months, days and a time, each with a sign of its own.

use std::fmt;
use std::str::FromStr;

use super::binary::Reader;
use super::comparable::ordered;
use super::field_type::field_type;
use super::html::as_it_is;
use super::{Binary, ColumnType, Datum, Fallible, FormValue, ParseError, Ranking, Value, calendar};

/// A span of time: `interval`. A month is not a number of days, nor a day a number of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Months; twelve are a year.
    pub months: i32,
    /// Days.
    pub days: i32,
    /// Microseconds.
    pub micros: i64,
}

impl Interval {
    /// Longer than every other.
    pub const INFINITY: Self = Self::new(i32::MAX, i32::MAX, i64::MAX);
    /// Shorter than every other.
    pub const NEG_INFINITY: Self = Self::new(i32::MIN, i32::MIN, i64::MIN);

    /// So many months, days and microseconds.
    pub const fn new(months: i32, days: i32, micros: i64) -> Self {
        Self {
            months,
            days,
            micros,
        }
    }

    /// The value as `jiff` has it, where that can hold it: all of its parts with one sign.
    pub fn to_jiff(self) -> Option<jiff::Span> {
        let signs = [
            self.months.signum(),
            self.days.signum(),
            self.micros.signum() as i32,
        ];
        if signs.contains(&1) && signs.contains(&-1) {
            return None;
        }
        jiff::Span::new()
            .try_months(self.months)
            .and_then(|span| span.try_days(self.days))
            .and_then(|span| span.try_microseconds(self.micros))
            .ok()
    }

    fn negated(self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_neg()?,
            days: self.days.checked_neg()?,
            micros: self.micros.checked_neg()?,
        })
    }

    fn add_months(&mut self, count: i64, factor: i64) -> Option<()> {
        let months = count.checked_mul(factor)?.checked_add(self.months.into())?;
        self.months = months.try_into().ok()?;
        Some(())
    }

    fn add_days(&mut self, count: i64, factor: i64) -> Option<()> {
        let days = count.checked_mul(factor)?.checked_add(self.days.into())?;
        self.days = days.try_into().ok()?;
        Some(())
    }
}

/// As the database writes it: `1 year 2 mons 3 days 04:05:06.7`.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::INFINITY => return f.write_str("infinity"),
            Self::NEG_INFINITY => return f.write_str("-infinity"),
            _ => {}
        }
        let parts = [
            (self.months / 12, "year"),
            (self.months % 12, "mon"),
            (self.days, "day"),
        ];
        let mut separator = "";
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count != 0) {
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{separator}{count} {unit}{plural}")?;
            separator = " ";
        }
        if self.micros == 0 && !separator.is_empty() {
            return Ok(());
        }
        f.write_str(separator)?;
        let micros = self.micros.unsigned_abs();
        if self.micros < 0 {
            f.write_str("-")?;
        }
        let seconds = micros / 1_000_000;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        write!(f, "{hours:02}:{minutes:02}:{:02}", seconds % 60)?;
        calendar::write_fraction((micros % 1_000_000) as i64, f)
    }
}

/// Reads `1 year 2 mons 3 days 04:05:06.7`, `90 minutes`, `2h 30m`, `3 days ago`, `P1Y2M3DT4H5M6.7S`.
impl FromStr for Interval {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let text = text.trim();
        let read = match text.to_ascii_lowercase().as_str() {
            "infinity" => Some(Self::INFINITY),
            "-infinity" => Some(Self::NEG_INFINITY),
            lower => match lower.strip_prefix('p') {
                Some(iso) => parse_iso(iso),
                None => parse_words(lower),
            },
        };
        read.ok_or(ParseError("a span of time such as 3 days 04:05:06"))
    }
}

fn parse_words(text: &str) -> Option<Interval> {
    let (text, ago) = match text.strip_suffix("ago") {
        Some(text) => (text, true),
        None => (text.strip_prefix('@').unwrap_or(text), false),
    };
    let mut interval = Interval::new(0, 0, 0);
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ':');
        let end = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        if number.contains(':') {
            interval.micros = interval.micros.checked_add(parse_clock(number)?)?;
            rest = after.trim_start();
            continue;
        }
        let after = after.trim_start();
        let end = after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        add(&mut interval, number, unit)?;
        rest = after.trim_start_matches([' ', ',']);
    }
    if ago {
        interval.negated()
    } else {
        Some(interval)
    }
}

/// `1y2m3dt4h5m6.7s`
fn parse_iso(text: &str) -> Option<Interval> {
    let (date, time) = text.split_once('t').unwrap_or((text, ""));
    let mut interval = Interval::new(0, 0, 0);
    for (part, units) in [
        (
            date,
            &[("y", "year"), ("m", "month"), ("w", "week"), ("d", "day")][..],
        ),
        (time, &[("h", "hour"), ("m", "minute"), ("s", "second")][..]),
    ] {
        let mut rest = part;
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let (number, after) = rest.split_at(end);
            let (_, unit) = units.iter().find(|(letter, _)| after.starts_with(letter))?;
            add(&mut interval, number, unit)?;
            rest = &after[1..];
        }
    }
    (text.len() > 1).then_some(interval)
}

/// Adds so many of a unit; of what is a day or longer only whole ones.
fn add(interval: &mut Interval, number: &str, unit: &str) -> Option<()> {
    let micros_per = match unit {
        "us" | "usec" | "usecs" | "microsecond" | "microseconds" => 1,
        "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => 1_000,
        "s" | "sec" | "secs" | "second" | "seconds" => 1_000_000,
        "m" | "min" | "mins" | "minute" | "minutes" => 60_000_000,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600_000_000,
        _ => {
            let count: i64 = number.parse().ok()?;
            return match unit {
                "d" | "day" | "days" => interval.add_days(count, 1),
                "w" | "week" | "weeks" => interval.add_days(count, 7),
                "mon" | "mons" | "month" | "months" => interval.add_months(count, 1),
                "y" | "yr" | "yrs" | "year" | "years" => interval.add_months(count, 12),
                "decade" | "decades" => interval.add_months(count, 120),
                "century" | "centuries" => interval.add_months(count, 1200),
                _ => None,
            };
        }
    };
    let micros = scaled(number, micros_per)?;
    interval.micros = interval.micros.checked_add(micros)?;
    Some(())
}

/// `-1.5` of 60,000,000 → -90,000,000; what is less than one is cut.
fn scaled(number: &str, unit: i64) -> Option<i64> {
    let (negative, digits) = sign(number);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let fraction = &fraction[..fraction.len().min(15)];
    let whole: i128 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let part: i128 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let part = part * i128::from(unit) / 10_i128.pow(fraction.len() as u32);
    let micros = whole.checked_mul(unit.into())?.checked_add(part)?;
    i64::try_from(if negative { -micros } else { micros }).ok()
}

/// `-04:05:06.7` → microseconds; `04:05` are hours and minutes.
fn parse_clock(text: &str) -> Option<i64> {
    let (negative, clock) = sign(text);
    let mut parts = clock.split(':');
    let (hours, minutes) = (parts.next()?, parts.next()?);
    let seconds = parts.next().unwrap_or("0");
    let below_sixty = |text: &str| {
        text.split('.')
            .next()
            .and_then(|text| text.parse::<u8>().ok())
            < Some(60)
    };
    if parts.next().is_some() || !below_sixty(minutes) || !below_sixty(seconds) || hours.is_empty()
    {
        return None;
    }
    if [hours, minutes, seconds]
        .iter()
        .any(|part| part.contains(['-', '+']))
        || minutes.contains('.')
        || hours.contains('.')
    {
        return None;
    }
    let micros = i128::from(scaled(hours, 3_600_000_000)?)
        + i128::from(scaled(minutes, 60_000_000)?)
        + i128::from(scaled(seconds, 1_000_000)?);
    i64::try_from(if negative { -micros } else { micros }).ok()
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

field_type!(Interval, Interval, Interval);
ordered!(Interval);

impl ColumnType for Interval {
    const WORDS: &'static str = "span of time";
    const RANKING: Ranking = Ranking::Measured;
    const POSTGRES: &'static [&'static str] = &["interval"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        text.parse().map(Value::Interval)
    }
}

/// Microseconds, days, months.
impl Binary for Interval {
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        let mut reader = Reader(raw);
        let micros = i64::from_be_bytes(reader.take(8)?.try_into()?);
        let days = reader.int()?;
        Ok(Datum::Interval(Self::new(reader.int()?, days, micros)))
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        let Datum::Interval(interval) = value else {
            return Ok(false);
        };
        out.extend(interval.micros.to_be_bytes());
        out.extend(interval.days.to_be_bytes());
        out.extend(interval.months.to_be_bytes());
        Ok(true)
    }
}

impl FormValue for Interval {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "must be a span of time, such as 3 days 04:05:06".to_owned())
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::new(0, 0, 0)
    }
}

as_it_is!(Interval);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let check = |text: &str, months, days, micros, shown: &str| {
            let interval = Interval::new(months, days, micros);
            assert_eq!(text.parse(), Ok(interval), "{text}");
            assert_eq!(interval.to_string(), shown);
            assert_eq!(shown.parse(), Ok(interval), "{shown}");
        };
        let second = 1_000_000;
        check(
            "1 year 2 mons 3 days 04:05:06.7",
            14,
            3,
            14_706_700_000,
            "1 year 2 mons 3 days 04:05:06.7",
        );
        check(
            "P1Y2M3DT4H5M6.7S",
            14,
            3,
            14_706_700_000,
            "1 year 2 mons 3 days 04:05:06.7",
        );
        check("90 minutes", 0, 0, 5400 * second, "01:30:00");
        check("2h 30m", 0, 0, 9000 * second, "02:30:00");
        check("1.5 hours", 0, 0, 5400 * second, "01:30:00");
        check("2 weeks ago", 0, -14, 0, "-14 days");
        check(
            "-1 mons +1 day -00:00:00.000001",
            -1,
            1,
            -1,
            "-1 mons 1 day -00:00:00.000001",
        );
        check("0s", 0, 0, 0, "00:00:00");
        check("100:00", 0, 0, 360_000 * second, "100:00:00");
        check("infinity", i32::MAX, i32::MAX, i64::MAX, "infinity");
        check(
            "-2147483648 months",
            i32::MIN,
            0,
            0,
            "-178956970 years -8 mons",
        );
    }

    #[test]
    fn no_intervals() {
        for text in [
            "",
            "soon",
            "3",
            "1 fortnight",
            "04:60",
            "1.5 days",
            "P",
            "PT",
            "1:2:3:4",
            "-",
            "ago",
            "9999999999 years",
            "1 day x",
            "4:-5",
            "é",
            "P1é",
            "::",
            "1.:00",
        ] {
            assert!(text.parse::<Interval>().is_err(), "{text}");
        }
    }

    #[test]
    fn as_jiff_has_it() {
        let span = Interval::new(1, 2, 3).to_jiff().unwrap();
        assert_eq!(
            (span.get_months(), span.get_days(), span.get_microseconds()),
            (1, 2, 3)
        );
        assert!(Interval::new(1, -2, 3).to_jiff().is_none());
    }
}
