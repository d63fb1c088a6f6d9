//! Numbers as they are typed: compared and measured as text, so that none is too long.

use std::cmp::Ordering;

/// A number as people type it, made plain: a real minus sign is taken for a hyphen, a plus sign dropped.
pub fn tidy(text: &str) -> String {
    let text = text.trim().replace('\u{2212}', "-");
    text.strip_prefix('+').map(str::to_owned).unwrap_or(text)
}

/// Whether a text is digits, with at most one point and a sign.
pub fn is_plain(text: &str) -> bool {
    parts(&tidy(text)).is_some()
}

/// Compares two plain decimals of any length; `None` if either is none.
pub fn compare(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (tidy(one), tidy(other));
    let (minus, whole, fraction) = parts(&one)?;
    let (other_minus, other_whole, other_fraction) = parts(&other)?;
    if minus != other_minus {
        return Some(if minus {
            Ordering::Less
        } else {
            Ordering::Greater
        });
    }
    let order = whole
        .len()
        .cmp(&other_whole.len())
        .then_with(|| whole.cmp(other_whole))
        .then_with(|| fraction.cmp(other_fraction));
    Some(if minus { order.reverse() } else { order })
}

/// How many decimals a text has; zeros at its end do not count.
pub fn decimals(text: &str) -> usize {
    parts(&tidy(text)).map_or(0, |(_, _, fraction)| fraction.len())
}

/// How many decimals a step allows; `None` if any.
pub fn decimals_of_step(step: &str) -> Option<usize> {
    is_plain(step).then(|| decimals(step))
}

/// Sign, whole digits without leading zeros, decimals without trailing zeros; zero has no sign.
pub(super) fn parts(text: &str) -> Option<(bool, &str, &str)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let (whole, fraction) = (
        whole.trim_start_matches('0'),
        fraction.trim_end_matches('0'),
    );
    let minus = text.starts_with('-') && !(whole.is_empty() && fraction.is_empty());
    Some((minus, whole, fraction))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{Decimal, FormValue};

    #[test]
    fn numbers_compare_at_any_length() {
        let check = |one: &str, other: &str, expect| {
            assert_eq!(compare(one, other), expect, "{one} {other}")
        };
        check("2", "10", Some(Ordering::Less));
        check("-2", "-10", Some(Ordering::Greater));
        check("-0", "0.00", Some(Ordering::Equal));
        check("1.05", "1.5", Some(Ordering::Less));
        check(
            "123456789012345678901234567890.1",
            "123456789012345678901234567890",
            Some(Ordering::Greater),
        );
        check("abc", "1", None);
    }

    #[test]
    fn whole_numbers() {
        let message = "must be between -32768 and 32767".to_owned();
        assert_eq!(i16::parse("32767"), Ok(32767));
        assert_eq!(i16::parse("+5"), Ok(5));
        assert_eq!(i16::parse("\u{2212}5"), Ok(-5));
        assert_eq!(i16::parse("32768"), Err(message.clone()));
        assert_eq!(i16::parse("99999999999999999999999"), Err(message));
        assert!(i16::parse("1e3").is_err());
        assert!(i16::parse("").is_err());
    }

    #[test]
    fn floats_keep_every_value() {
        for text in ["NaN", "Infinity", "-Infinity", "0.1", "1e300", "-0"] {
            let float = f64::parse(text).unwrap();
            let again = f64::parse(&float.to_input()).unwrap();
            assert!(
                float == again || (float.is_nan() && again.is_nan()),
                "{text}"
            );
        }
        assert!(f64::parse("1e999").is_err());
        assert!(f32::parse("1e300").is_err());
        assert_eq!(f32::parse("0.1"), Ok(0.1));
    }

    #[test]
    fn decimals_keep_their_scale() {
        assert_eq!(Decimal::parse("4.990").unwrap().to_input(), "4.990");
        assert!(Decimal::parse("1e5").is_err());
        assert!(Decimal::parse(&"9".repeat(40)).is_err());
    }
}
