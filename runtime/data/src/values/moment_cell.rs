//! A moment as the cells of SQLite have it: a text in one of several forms, seconds or milliseconds since 1970, a Julian
//! day.

use super::{DateTime, RawCell, Timestamp};

/// Seconds from 1970 to 2000.
pub(crate) const UNIX: i64 = 946_684_800;
/// The Julian day on which 2000 begins.
pub(crate) const JULIAN: f64 = 2_451_544.5;
/// The Julian days of the years 0 and 10,000.
pub(crate) const JULIAN_DAYS: std::ops::Range<f64> = 1_721_059.5..5_373_484.5;

/// The moment of a cell, in microseconds since 2000.
#[inline]
pub(crate) fn read(cell: RawCell<'_>) -> Option<i64> {
    match cell {
        RawCell::Text(text) => match text.parse::<DateTime>() {
            Ok(time) => Some(time.micros_since_2000()),
            Err(_) => text
                .parse::<Timestamp>()
                .ok()
                .map(Timestamp::micros_since_2000),
        },
        RawCell::Int(number) => {
            let micros = i128::from(number) * 1_000_000 / i128::from(parts(number.unsigned_abs()));
            i64::try_from(micros).ok()?.checked_sub(UNIX * 1_000_000)
        }
        // Milliseconds are what such a number can tell apart.
        RawCell::Float(days) if JULIAN_DAYS.contains(&days) => {
            Some(((days - JULIAN) * 86_400_000.0).round() as i64 * 1000)
        }
        RawCell::Float(number) if number.abs() < i64::MAX as f64 => {
            let micros = number * 1e6 / parts(number.abs() as u64) as f64;
            (micros.round() as i64).checked_sub(UNIX * 1_000_000)
        }
        _ => None,
    }
}

/// How many parts of a second a number since 1970 counts: whole ones would lie beyond the year 5000, and so on.
pub(crate) fn parts(number: u64) -> i64 {
    match number {
        0..100_000_000_000 => 1,
        100_000_000_000..100_000_000_000_000 => 1000,
        100_000_000_000_000..100_000_000_000_000_000 => 1_000_000,
        _ => 1_000_000_000,
    }
}
