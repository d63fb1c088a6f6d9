//! How the types print the values that were written as text.

use crate::sql::builtin::{
    BOOL, BYTEA, FLOAT8, INT2, INT4, INT8, INTERVAL, JSONB, Oid, TIME, TIMESTAMP, TIMESTAMPTZ,
    TIMETZ, UUID,
};
use crate::sql::catalog::Catalog;

/// A value in the form in which its type prints it: `t` as a boolean is `true`.
///
/// What a type prints otherwise than it is commonly written, and is not known here, stays as it was written.
pub(super) fn printed(catalog: &Catalog, oid: Oid, text: &str) -> String {
    let trimmed = text.trim();
    let known = match oid {
        BOOL => boolean(trimmed),
        INT2 | INT4 | INT8 => trimmed.parse::<i64>().ok().map(|value| value.to_string()),
        FLOAT8 => trimmed
            .parse::<f64>()
            .ok()
            .filter(|value| value.fract() == 0.0 && value.abs() < 1e15)
            .map(|value| format!("{value}")),
        UUID => Some(trimmed.to_ascii_lowercase()),
        BYTEA => bytes(text),
        TIME | TIMETZ => time_of_day(trimmed),
        TIMESTAMP => timestamp(trimmed),
        TIMESTAMPTZ => timestamp_with_zone(trimmed),
        INTERVAL => interval(trimmed),
        JSONB => serde_json::from_str(trimmed)
            .ok()
            .map(|value| jsonb(&value)),
        _ if catalog.element_of(oid).is_some() && trimmed == "{}" => Some(trimmed.to_owned()),
        _ => None,
    };
    known.unwrap_or_else(|| text.to_owned())
}

/// `ab` → `\\x6162`; of what is written in hex already only the case changes.
fn bytes(text: &str) -> Option<String> {
    if let Some(digits) = text.strip_prefix("\\x") {
        let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
        let is_hex =
            digits.chars().all(|c| c.is_ascii_hexdigit()) && digits.len().is_multiple_of(2);
        return is_hex.then(|| format!("\\x{}", digits.to_ascii_lowercase()));
    }
    let mut hex = "\\x".to_owned();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'\\' => match rest.next()? {
                b'\\' => b'\\',
                first @ b'0'..=b'3' => {
                    let octal = |byte: u8| matches!(byte, b'0'..=b'7').then(|| byte - b'0');
                    let (second, third) = (octal(rest.next()?)?, octal(rest.next()?)?);
                    ((first - b'0') << 6) | (second << 3) | third
                }
                _ => return None,
            },
            byte => byte,
        };
        hex.push_str(&format!("{byte:02x}"));
    }
    Some(hex)
}

fn boolean(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let is = |word: &str| !lower.is_empty() && word.starts_with(&lower);
    match lower.as_str() {
        "1" | "on" => Some("true".to_owned()),
        "0" | "of" | "off" => Some("false".to_owned()),
        _ if is("true") || is("yes") => Some("true".to_owned()),
        _ if is("false") || is("no") => Some("false".to_owned()),
        _ => None,
    }
}

/// `2020-01-01` → `2020-01-01 00:00:00`
fn timestamp(text: &str) -> Option<String> {
    // A zone says nothing to a time without one.
    let text = text
        .strip_suffix("+00:00")
        .unwrap_or(text)
        .replace('T', " ");
    match (text.len(), date(&text)?) {
        (10, date) => Some(format!("{date} 00:00:00")),
        (16, _) => Some(format!("{text}:00")),
        (19.., _) => Some(match text.split_once('.') {
            Some((whole, fraction)) if fraction.chars().all(|c| c.is_ascii_digit()) => {
                let fraction = fraction.trim_end_matches('0');
                match fraction.is_empty() {
                    true => whole.to_owned(),
                    false => format!("{whole}.{fraction}"),
                }
            }
            Some(_) => return None,
            None if text.len() == 19 => text,
            None => return None,
        }),
        _ => None,
    }
}

/// `1970-01-01 00:00:01+00:00` → `1970-01-01 00:00:01+00`; of another zone it stays as it is.
///
/// Without a zone it is that of the session, of which no file tells: a server in UTC is as good as any.
fn timestamp_with_zone(text: &str) -> Option<String> {
    let zones = ["+00:00", "+00", "+0000", "Z", " UTC", "+0"];
    let zone = zones.iter().find(|zone| text.ends_with(**zone));
    let local = timestamp(text.strip_suffix(zone.unwrap_or(&""))?)?;
    Some(format!("{local}+00"))
}

/// The date at the start of a text, in the order year, month, day.
fn date(text: &str) -> Option<&str> {
    let date = text.get(..10)?;
    let shape = |(at, c): (usize, char)| match at {
        4 | 7 => c == '-',
        _ => c.is_ascii_digit(),
    };
    date.char_indices().all(shape).then_some(date)
}

/// `10:00+02` → `10:00:00+02`
fn time_of_day(text: &str) -> Option<String> {
    let zone = text.find(['+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at(zone);
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = time.split(':').collect();
    let is_zone = zone.is_empty() || zone.len() == 3 && digits(&zone[1..]);
    (matches!(parts.as_slice(), [hours, minutes] if digits(hours) && digits(minutes)) && is_zone)
        .then(|| format!("{time}:00{zone}"))
}

/// `90 minutes` → `01:30:00`; `1 year 2 months` → `1 year 2 mons`.
fn interval(text: &str) -> Option<String> {
    let (mut months, mut days, mut seconds) = (0_i64, 0_i64, 0_i64);
    let words: Vec<_> = text.split_whitespace().collect();
    if words.is_empty() || words.len() % 2 == 1 {
        return clock(text).map(time);
    }
    for pair in words.chunks(2) {
        let number: i64 = pair[0].parse().ok()?;
        let unit = pair[1].to_ascii_lowercase();
        match unit.strip_suffix('s').unwrap_or(&unit) {
            "year" | "yr" | "y" => months = months.checked_add(number.checked_mul(12)?)?,
            "month" | "mon" => months = months.checked_add(number)?,
            "week" | "w" => days = days.checked_add(number.checked_mul(7)?)?,
            "day" | "d" => days = days.checked_add(number)?,
            "hour" | "hr" | "h" => seconds = seconds.checked_add(number.checked_mul(3600)?)?,
            "minute" | "min" | "m" => seconds = seconds.checked_add(number.checked_mul(60)?)?,
            "second" | "sec" | "" => seconds = seconds.checked_add(number)?,
            _ => return None,
        }
    }
    let mut parts = Vec::new();
    let mut part = |number: i64, unit: &str| {
        if number != 0 {
            let plural = if number == 1 { "" } else { "s" };
            parts.push(format!("{number} {unit}{plural}"));
        }
    };
    part(months / 12, "year");
    part(months % 12, "mon");
    part(days, "day");
    if seconds != 0 || parts.is_empty() {
        parts.push(time(seconds));
    }
    Some(parts.join(" "))
}

/// `01:30` → 5400
fn clock(text: &str) -> Option<i64> {
    let parts: Option<Vec<i64>> = text.split(':').map(|part| part.parse().ok()).collect();
    match parts?.as_slice() {
        [hours, minutes] => Some(hours.checked_mul(3600)? + minutes.checked_mul(60)?),
        [hours, minutes, seconds] => {
            Some(hours.checked_mul(3600)? + minutes.checked_mul(60)? + seconds)
        }
        _ => None,
    }
}

/// 5400 → `01:30:00`
fn time(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    format!(
        "{sign}{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Keys by length, then by their bytes; a blank after each colon and comma.
fn jsonb(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(jsonb).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| (key.len(), key.as_bytes().to_vec()));
            let fields: Vec<_> = fields
                .into_iter()
                .map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), jsonb(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::printed;
    use crate::sql::builtin::{BOOL, BYTEA, INTERVAL, JSONB, Oid, TIMESTAMP, TIMESTAMPTZ};
    use crate::sql::catalog::Catalog;

    fn check(oid: Oid, text: &str, expect: &str) {
        assert_eq!(printed(&Catalog::new(), oid, text), expect);
    }

    #[test]
    fn booleans() {
        check(BOOL, "t", "true");
        check(BOOL, " No ", "false");
        check(BOOL, "0", "false");
        check(BOOL, "perhaps", "perhaps");
    }

    #[test]
    fn bytes() {
        check(BYTEA, "", "\\x");
        check(BYTEA, "a\\\\\\001", "\\x615c01");
        check(BYTEA, "\\xABcd", "\\xabcd");
        check(BYTEA, "\\9", "\\9");
    }

    #[test]
    fn times() {
        check(TIMESTAMP, "2020-01-01", "2020-01-01 00:00:00");
        check(
            TIMESTAMP,
            "2020-01-01T10:00:00.500",
            "2020-01-01 10:00:00.5",
        );
        check(TIMESTAMP, "infinity", "infinity");
        check(
            TIMESTAMPTZ,
            "1970-01-01 00:00:01+00:00",
            "1970-01-01 00:00:01+00",
        );
        check(
            TIMESTAMPTZ,
            "1970-01-01 00:00:01+02",
            "1970-01-01 00:00:01+02",
        );
    }

    #[test]
    fn intervals() {
        check(INTERVAL, "1 day", "1 day");
        check(INTERVAL, "90 minutes", "01:30:00");
        check(INTERVAL, "1 YEAR 14 months", "2 years 2 mons");
        check(INTERVAL, "00:05", "00:05:00");
        check(INTERVAL, "1 fortnight", "1 fortnight");
    }

    #[test]
    fn json() {
        check(
            JSONB,
            "{\"bb\":[1,2],\"a\":null}",
            "{\"a\": null, \"bb\": [1, 2]}",
        );
    }
}
