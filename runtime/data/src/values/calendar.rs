//! The proleptic Gregorian calendar and the text forms of days and instants, beyond the years that `jiff` holds.

use std::fmt;

/// Days from 1970-01-01 to 2000-01-01, the day from which this module counts.
pub(super) const UNIX_DAYS: i64 = 10_957;
/// Microseconds of a day.
pub(crate) const DAY: i64 = 86_400_000_000;

/// Days since 2000-01-01 → year, month, day: `-1` → `1999-12-31`.
pub(super) fn civil(days: i64) -> (i64, u8, u8) {
    let z = days + UNIX_DAYS + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = (doy - (153 * mp + 2) / 5 + 1) as u8;
    let month = if mp < 10 { mp + 3 } else { mp - 9 } as u8;
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}

/// Year, month, day → days since 2000-01-01; `None` for a day that does not exist.
pub(super) fn days(year: i64, month: u8, day: u8) -> Option<i64> {
    if !(1..=12).contains(&month) || day == 0 || day > length(year, month) || year.abs() > 6_000_000
    {
        return None;
    }
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = (i64::from(month) + 9) % 12;
    let doy = (153 * mp + 2) / 5 + i64::from(day) - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    Some(era * 146_097 + doe - 719_468 - UNIX_DAYS)
}

fn length(year: i64, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Writes a day: `2005-05-24`; years outside 0–9999 carry a sign and six digits: `+012345-01-01`.
pub(super) fn write_date(days: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (year, month, day) = civil(days);
    if !(0..=9999).contains(&year) {
        return write!(f, "{year:+07}-{month:02}-{day:02}");
    }
    let mut text = *b"0000-00-00";
    put(&mut text[..4], year);
    put(&mut text[5..7], month.into());
    put(&mut text[8..], day.into());
    write_ascii(&text, f)
}

/// Writes a time of day from its microseconds: `22:53:30`, `22:53:30.25`.
pub(super) fn write_time(micros: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let seconds = micros / 1_000_000;
    let mut text = *b"00:00:00";
    put(&mut text[..2], seconds / 3600);
    put(&mut text[3..5], seconds / 60 % 60);
    put(&mut text[6..], seconds % 60);
    write_ascii(&text, f)?;
    write_fraction(micros % 1_000_000, f)
}

/// Writes the microseconds after a second: `.25`, nothing for none.
pub(super) fn write_fraction(micros: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match micros {
        0 => Ok(()),
        mut fraction => {
            let mut text = *b".000000";
            let mut length = text.len();
            while fraction % 10 == 0 {
                fraction /= 10;
                length -= 1;
            }
            put(&mut text[1..length], fraction);
            write_ascii(&text[..length], f)
        }
    }
}

/// Puts the last digits of a number where a text has its zeros: such texts fill whole columns, and a format that may
/// have a width and a sign takes several times as long.
fn put(zeros: &mut [u8], mut number: i64) {
    for zero in zeros.iter_mut().rev() {
        *zero += (number % 10) as u8;
        number /= 10;
    }
}

fn write_ascii(text: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(std::str::from_utf8(text).map_err(|_| fmt::Error)?)
}

/// Reads `2005-05-24` (also `+012345-01-01` and `-000043-03-15`) into days since 2000-01-01.
pub(super) fn parse_date(text: &str) -> Option<i64> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let mut parts = rest.split('-');
    let year: i64 = digits(parts.next()?, 4..=7)?;
    let month = digits(parts.next()?, 1..=2)? as u8;
    let day = digits(parts.next()?, 1..=2)? as u8;
    if parts.next().is_some() {
        return None;
    }
    days(if negative { -year } else { year }, month, day)
}

/// Reads `22:53`, `22:53:30` or `22:53:30.25` into microseconds since midnight; `24:00` is the end of the day.
pub(super) fn parse_time(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let hours = digits(parts.next()?, 1..=2)?;
    let minutes = digits(parts.next()?, 2..=2)?;
    let (seconds, fraction) = match parts.next() {
        None => (0, 0),
        Some(part) => {
            let (whole, fraction) = part.split_once('.').unwrap_or((part, "0"));
            (digits(whole, 2..=2)?, parse_fraction(fraction)?)
        }
    };
    let micros = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction;
    (parts.next().is_none() && minutes < 60 && seconds < 60 && micros <= DAY).then_some(micros)
}

/// `25` → 250,000 microseconds; digits beyond the sixth are cut.
fn parse_fraction(text: &str) -> Option<i64> {
    digits(text, 1..=18)?;
    let kept = &text[..text.len().min(6)];
    Some(digits(kept, 1..=6)? * 10_i64.pow(6 - kept.len() as u32))
}

/// Reads a day and a time, parted by `T` or a blank, into microseconds since 2000-01-01; a day alone is its midnight.
pub(super) fn parse_date_time(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, "00:00"));
    parse_date(date)?
        .checked_mul(DAY)?
        .checked_add(parse_time(time)?)
}

/// Reads an instant: a day and a time with `Z`, `+02`, `+02:00`, `-0330`, or nothing, which is UTC.
pub(super) fn parse_instant(text: &str) -> Option<i64> {
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return parse_date_time(local);
    }
    let time = text.find(['T', 't', ' ']).map_or(text.len(), |at| at + 1);
    let Some(sign) = text[time..].rfind(['+', '-']).map(|at| at + time) else {
        return parse_date_time(text);
    };
    let offset = parse_offset(&text[sign + 1..])?;
    let local = parse_date_time(text[..sign].trim_end())?;
    if text.as_bytes()[sign] == b'+' {
        local.checked_sub(offset)
    } else {
        local.checked_add(offset)
    }
}

fn parse_offset(text: &str) -> Option<i64> {
    let compact = text.replace(':', "");
    if !matches!(compact.len(), 2 | 4 | 6) || !compact.is_ascii() {
        return None;
    }
    let part = |at: usize| {
        compact
            .get(at..at + 2)
            .map_or(Some(0), |part| digits(part, 2..=2))
    };
    let (hours, minutes, seconds) = (part(0)?, part(2)?, part(4)?);
    (hours < 24 && minutes < 60 && seconds < 60)
        .then_some(((hours * 60 + minutes) * 60 + seconds) * 1_000_000)
}

fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let fits = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}
