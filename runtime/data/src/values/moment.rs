//! Dates and times as they are typed, as the inputs of a browser send them, and as HTML.

/// A time without seconds that are zero: so the browser's own inputs send it, and it does not look changed.
pub(super) fn shortest(mut text: String) -> String {
    let seconds = text.len().saturating_sub(3);
    let clock = text.rsplit('T').next().unwrap_or_default();
    if clock.len() == 8 && text.ends_with(":00") {
        text.truncate(seconds);
    }
    text
}

pub(super) fn unread(text: &str) -> String {
    match text.get(..10).is_some_and(is_dated) {
        true => "must be a date and time that exist, such as 2006-02-15 09:57:20".to_owned(),
        false => "must be a date and time, such as 2006-02-15 09:57:20".to_owned(),
    }
}

/// Whether a text looks like a date, although there may be no such day.
pub(super) fn is_dated(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Writes a date or a time to the second: `2006-02-15T09:57:20.5Z` is read as `2006-02-15 09:57:20 UTC`.
pub(super) fn write_moment(out: &mut String, text: &str, finite: bool, zone: &str) {
    if !finite {
        return out.push_str(text);
    }
    let seconds = text.split(['.', 'Z']).next().unwrap_or(text);
    out.push_str("<time datetime=\"");
    out.push_str(text);
    out.push_str("\">");
    match seconds.split_once('T') {
        Some((day, time)) => out.extend([day, " ", time]),
        None => out.push_str(seconds),
    }
    if !zone.is_empty() {
        out.push_str("<span class=\"zone\"> ");
        out.push_str(zone);
        out.push_str("</span>");
    }
    out.push_str("</time>")
}

#[cfg(test)]
mod tests {
    use crate::values::{Date, DateTime, FormValue, Time, Timestamp};

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
