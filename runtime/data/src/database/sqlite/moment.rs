//! How a cell writes down a moment: as a text in one of several forms, as seconds or milliseconds since 1970, as a
//! Julian day.

use rusqlite::types::Value;

use crate::values::calendar::DAY;
use crate::values::moment_cell::{JULIAN, JULIAN_DAYS, UNIX, parts, read};
use crate::values::{Date, DateTime, RawCell, Time, Timestamp};

/// How a moment is written down.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Notation {
    /// A number of parts of a second since 1970; so many parts has a second.
    Unix { parts: i64, is_real: bool },
    /// Days, and parts of one, since the beginning of the Julian period.
    Julian,
    /// A day, and perhaps a time.
    Text(Layout),
}

/// What a text has of a moment besides its day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// What stands before the time; nothing where there is none.
    separator: Option<char>,
    has_seconds: bool,
    /// Digits after the point of the seconds.
    digits: usize,
    /// `Z`, `+02:00`.
    zone: String,
}

/// The text that SQLite's own functions write: `2009-01-02 03:04:05`, in UTC.
impl Default for Layout {
    fn default() -> Self {
        Self {
            separator: Some(' '),
            has_seconds: true,
            digits: 0,
            zone: String::new(),
        }
    }
}

impl Notation {
    /// How a cell writes down its moment.
    pub(super) fn of(cell: RawCell<'_>) -> Option<Self> {
        read(cell)?;
        Some(match cell {
            RawCell::Int(number) => Self::Unix {
                parts: parts(number.unsigned_abs()),
                is_real: false,
            },
            RawCell::Float(days) if JULIAN_DAYS.contains(&days) => Self::Julian,
            RawCell::Float(number) => Self::Unix {
                parts: parts(number.abs() as u64),
                is_real: true,
            },
            RawCell::Text(text) => Self::Text(Layout::of(text.trim())),
            _ => return None,
        })
    }

    /// A moment so written down; as a text, where what was written would be read as another moment.
    pub(super) fn write(&self, micros: i64) -> Value {
        let written = self.write_any(micros);
        match says(&written, micros) {
            true => written,
            false => Layout::default().write(micros).into(),
        }
    }

    fn write_any(&self, micros: i64) -> Value {
        if !DateTime::from_micros_since_2000(micros).is_finite() {
            return Layout::default().write(micros).into();
        }
        let unix = i128::from(micros) + i128::from(UNIX) * 1_000_000;
        match self {
            Self::Unix { parts, is_real } if *is_real => (unix as f64 * *parts as f64 / 1e6).into(),
            Self::Unix { parts, .. } => {
                let number = (unix * i128::from(*parts) + 500_000).div_euclid(1_000_000);
                match i64::try_from(number) {
                    Ok(number) => number.into(),
                    Err(_) => Layout::default().write(micros).into(),
                }
            }
            Self::Julian => (micros as f64 / DAY as f64 + JULIAN).into(),
            Self::Text(layout) => layout.write(micros).into(),
        }
    }
}

/// Whether a number is read as the moment for which it was written: near 1970, so few milliseconds are taken for
/// seconds, and so many seconds with a fraction for a Julian day.
fn says(written: &Value, micros: i64) -> bool {
    // Seconds were rounded.
    const LEEWAY: u64 = 500_000;
    let cell = match written {
        Value::Integer(number) => RawCell::Int(*number),
        Value::Real(number) => RawCell::Float(*number),
        _ => return true,
    };
    read(cell).is_some_and(|found| found.abs_diff(micros) <= LEEWAY)
}

impl Layout {
    /// The layout of a text that is known to be a moment.
    fn of(text: &str) -> Self {
        if text.ends_with("infinity") {
            return Self::default();
        }
        let Some(at) = text.find(['T', 't', ' ']) else {
            return Self {
                separator: None,
                ..Self::default()
            };
        };
        let (clock, zone) = match text[at..].find(['Z', 'z', '+', '-']) {
            Some(end) => text[at..].split_at(end),
            None => (&text[at..], ""),
        };
        // `10:00 +02:00`: the blank belongs to the zone.
        let bare = clock.trim_end();
        let zone = format!("{}{zone}", &clock[bare.len()..]);
        Self {
            separator: text[at..].chars().next(),
            has_seconds: bare.matches(':').count() > 1,
            digits: bare
                .split_once('.')
                .map_or(0, |(_, fraction)| fraction.len()),
            zone,
        }
    }

    fn write(&self, micros: i64) -> String {
        if !DateTime::from_micros_since_2000(micros).is_finite() {
            return DateTime::from_micros_since_2000(micros).to_string();
        }
        let local = micros.saturating_add(self.offset());
        let (days, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let day = Date::from_days_since_2000(days as i32);
        match self.separator {
            None if time == 0 => day.to_string(),
            None => format!("{day} {}", Time::from_micros(time)),
            Some(separator) => format!("{day}{separator}{}{}", self.clock(time), self.zone),
        }
    }

    /// A time of day with as many digits as there are in this layout, more only where it needs them.
    fn clock(&self, micros: i64) -> String {
        let mut text = Time::from_micros(micros).to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        if !self.has_seconds && fraction.is_empty() && whole.ends_with(":00") {
            text.truncate(text.len() - ":00".len());
        } else if fraction.len() < self.digits {
            let zeros = "0".repeat(self.digits - fraction.len());
            let point = if fraction.is_empty() { "." } else { "" };
            text = format!("{text}{point}{zeros}");
        }
        text
    }

    /// The microseconds by which the clocks of the zone are ahead.
    fn offset(&self) -> i64 {
        let zone = self.zone.trim_start();
        let midnight = format!("2000-01-01T00:00{zone}").parse::<Timestamp>();
        midnight.map_or(0, |midnight| -midnight.micros_since_2000())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a cell, and writes down another moment as the cell has its own.
    #[track_caller]
    fn check(cell: RawCell<'_>, moment: &str, expect: impl Into<Value>) {
        let micros = moment.parse::<DateTime>().unwrap().micros_since_2000();
        let notation = Notation::of(cell).unwrap();
        assert_eq!(notation.write(micros), expect.into(), "{notation:?}");
        let own = read(cell).unwrap();
        let again = notation.write(own);
        assert_eq!(read(plain(&again)), Some(own), "{again:?}");
    }

    fn plain(value: &Value) -> RawCell<'_> {
        match value {
            Value::Null => RawCell::Null,
            Value::Integer(number) => RawCell::Int(*number),
            Value::Real(number) => RawCell::Float(*number),
            Value::Text(text) => RawCell::Text(text),
            Value::Blob(bytes) => RawCell::Bytes(bytes),
        }
    }

    #[test]
    fn moments_are_written_as_others_are() {
        let at = "2025-02-03T04:05:06.25";
        check(RawCell::Int(1_706_745_600), at, 1_738_555_506_i64);
        check(RawCell::Int(1_706_745_600_000), at, 1_738_555_506_250_i64);
        check(
            RawCell::Int(1_706_745_600_000_000),
            at,
            1_738_555_506_250_000_i64,
        );
        check(
            RawCell::Int(1_706_745_600_000_000_000),
            at,
            1_738_555_506_250_000_000_i64,
        );
        check(RawCell::Float(1_706_745_600.5), at, 1_738_555_506.25);
        check(RawCell::Float(2_454_833.5), "2025-02-03T12:00", 2_460_710.0);
        let text = |sample: &str, expect: &str| check(RawCell::Text(sample), at, expect.to_owned());
        text("2024-02-01 00:00:00", "2025-02-03 04:05:06.25");
        text("2024-02-01T00:00:00Z", "2025-02-03T04:05:06.25Z");
        text("2024-02-01T00:00:00.000Z", "2025-02-03T04:05:06.250Z");
        text("2024-02-01 00:00:00+02:00", "2025-02-03 06:05:06.25+02:00");
        text("2024-02-01 00:00:00 -0330", "2025-02-03 00:35:06.25 -0330");
        text("2024-02-01", "2025-02-03 04:05:06.25");
        check(
            RawCell::Text("2024-02-01"),
            "2025-02-03",
            "2025-02-03".to_owned(),
        );
        check(
            RawCell::Text("2024-02-01 10:00"),
            "2025-02-03T11:12",
            "2025-02-03 11:12".to_owned(),
        );
        check(RawCell::Int(7), "infinity", "infinity".to_owned());
    }

    #[test]
    fn moments_that_a_number_does_not_tell_are_texts() {
        let early = "1970-01-02T00:00:01";
        let text = || "1970-01-02 00:00:01".to_owned();
        check(RawCell::Int(1_706_745_600), early, 86_401_i64);
        check(RawCell::Int(1_706_745_600_000), early, text());
        check(RawCell::Int(1_706_745_600_000_000), early, text());
        check(RawCell::Float(1_706_745_600.5), early, 86_401.0);
        // So many seconds are a Julian day.
        check(
            RawCell::Float(1_706_745_600.5),
            "1970-01-30T00:00",
            "1970-01-30 00:00:00".to_owned(),
        );
        check(RawCell::Int(1_706_745_600_000), "1970-01-01T00:00", 0_i64);
        check(
            RawCell::Float(2_454_833.5),
            "-000100-01-01T00:00",
            "-000100-01-01 00:00:00".to_owned(),
        );
    }

    #[test]
    fn what_is_no_moment_has_no_notation() {
        for cell in [
            RawCell::Text("0000-00-00 00:00:00"),
            RawCell::Text("soon"),
            RawCell::Text(""),
            RawCell::Float(f64::INFINITY),
            RawCell::Bytes(b"2024-02-01"),
            RawCell::Null,
        ] {
            assert_eq!((read(cell), Notation::of(cell)), (None, None), "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn any_number_can_be_asked_for_its_moment(number: i64, real: f64, text: String) {
            for cell in [RawCell::Int(number), RawCell::Float(real), RawCell::Text(&text)] {
                if let Some(notation) = Notation::of(cell) {
                    notation.write(0);
                    notation.write(i64::MAX - 1);
                    notation.write(i64::MIN + 1);
                }
            }
        }
    }
}
