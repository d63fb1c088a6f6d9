//! Dates and times as they are typed, and as the inputs of a browser send them.

use super::FormValue;
use crate::types::{Date, DateTime, Time, Timestamp};

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

/// A time without seconds that are zero: so the browser's own inputs send it, and it does not look changed.
fn shortest(mut text: String) -> String {
    let seconds = text.len().saturating_sub(3);
    let clock = text.rsplit('T').next().unwrap_or_default();
    if clock.len() == 8 && text.ends_with(":00") {
        text.truncate(seconds);
    }
    text
}

fn unread(text: &str) -> String {
    match text.get(..10).is_some_and(is_dated) {
        true => "must be a date and time that exist, such as 2006-02-15 09:57:20".to_owned(),
        false => "must be a date and time, such as 2006-02-15 09:57:20".to_owned(),
    }
}

/// Whether a text looks like a date, although there may be no such day.
fn is_dated(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert!(Date::parse("2024-02-29").is_ok());
        assert_eq!(
            Date::parse("2023-02-29"),
            Err("must be a date that exists".to_owned())
        );
        assert_eq!(
            Date::parse("soon"),
            Err("must be a date, such as 2006-02-15".to_owned())
        );
        assert_eq!(Date::parse("infinity").unwrap().to_input(), "infinity");
    }

    #[test]
    fn times() {
        assert_eq!(Time::parse("09:57:00").unwrap().to_input(), "09:57");
        assert!(Time::parse("25:00").is_err());
    }

    #[test]
    fn moments() {
        let utc = Timestamp::parse("2006-02-15T09:57:20").unwrap();
        assert_eq!(Timestamp::parse("2006-02-15 10:57:20+01").unwrap(), utc);
        assert_eq!(
            Timestamp::parse("2006-02-15T09:57").unwrap().to_input(),
            "2006-02-15T09:57"
        );
        assert_eq!(Timestamp::parse(&utc.to_input()), Ok(utc));
        assert!(Timestamp::parse("2006-02-30T09:57").is_err());
        let micros = "2006-02-15T09:57:20.123456";
        assert_eq!(DateTime::parse(micros).unwrap().to_input(), micros);
    }
}
