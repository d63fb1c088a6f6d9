//! Numbers in PostgreSQL's binary form, exact at any size.
//!
//! A header of four 16-bit numbers (count, weight, sign, scale), then digits of base 10,000:
//! `12.5` is `2 0 0 1 | 12 5000`.

use super::{Binary, Datum, Decimal, Fallible};

const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xC000;
const INFINITY: u16 = 0xD000;
const NEG_INFINITY: u16 = 0xF000;

impl Binary for Decimal {
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        decode(raw)
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        match value {
            Datum::Decimal(number) => encode(&number.to_string(), out)?,
            Datum::Numeric(digits) => encode(digits, out)?,
            Datum::Int(number) => encode(&number.to_string(), out)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Reads a number: a `Decimal` where it fits exactly, with its scale.
fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
    let (head, digits) = raw
        .split_at_checked(8)
        .ok_or("a number that ends too early")?;
    let [count, weight, sign, scale] = [0, 2, 4, 6].map(|at| word(head, at));
    if digits.len() != usize::from(count) * 2 {
        return Err("a number that ends too early".into());
    }
    let special = match sign {
        NAN => return Ok(Datum::Decimal(Decimal::NAN)),
        INFINITY => "Infinity",
        NEG_INFINITY => "-Infinity",
        _ => "",
    };
    if !special.is_empty() {
        return Ok(Datum::Numeric(special.into()));
    }
    let number = Number {
        negative: sign == NEGATIVE,
        weight: i32::from(weight as i16),
        scale: u32::from(scale),
        digits,
    };
    Ok(match number.to_decimal() {
        Some(decimal) => Datum::Decimal(decimal),
        None => Datum::Numeric(number.to_text().into()),
    })
}

/// The 16-bit number that begins at a byte; zero beyond the end.
fn word(bytes: &[u8], at: usize) -> u16 {
    let pair = bytes.get(at..at + 2).and_then(|pair| pair.try_into().ok());
    pair.map_or(0, u16::from_be_bytes)
}

struct Number<'a> {
    negative: bool,
    /// The power of 10,000 of the first digit.
    weight: i32,
    /// How many decimal places there are.
    scale: u32,
    /// Two bytes for each digit.
    digits: &'a [u8],
}

impl Number<'_> {
    fn to_decimal(&self) -> Option<Decimal> {
        let count = self.digits.len() / 2;
        if self.scale > 28 || count > 8 {
            return None;
        }
        let mut mantissa: i128 = 0;
        for index in 0..count {
            mantissa = mantissa * 10_000 + i128::from(word(self.digits, index * 2));
        }
        // The last digit stands for 10,000 to this power; the mantissa is wanted in units of 10^-scale.
        let power = 4 * (self.weight - count as i32 + 1) + self.scale as i32;
        if mantissa != 0 {
            let factor = 10_i128.checked_pow(power.unsigned_abs())?;
            mantissa = if power >= 0 {
                mantissa.checked_mul(factor)?
            } else {
                mantissa / factor
            };
        }
        let signed = if self.negative { -mantissa } else { mantissa };
        let number = rust_decimal::Decimal::try_from_i128_with_scale(signed, self.scale);
        number.ok().map(Decimal::from)
    }

    fn to_text(&self) -> String {
        let digit = |power: i32| {
            usize::try_from(self.weight - power).map_or(0, |index| word(self.digits, index * 2))
        };
        let mut text = String::new();
        for power in (0..=self.weight.max(0)).rev() {
            text.push_str(&format!("{:04}", digit(power)));
        }
        let whole = text.trim_start_matches('0');
        let mut text = format!(
            "{}{}",
            if self.negative { "-" } else { "" },
            if whole.is_empty() { "0" } else { whole }
        );
        if self.scale > 0 {
            let end = text.len() + 1 + self.scale as usize;
            text.push('.');
            for power in 1..=self.scale.div_ceil(4) {
                text.push_str(&format!("{:04}", digit(-(power as i32))));
            }
            text.truncate(end);
        }
        text
    }
}

/// Writes a number from its text: `-12.50`, `NaN`.
fn encode(text: &str, out: &mut Vec<u8>) -> Fallible<()> {
    let special = match text {
        "NaN" => NAN,
        "Infinity" => INFINITY,
        "-Infinity" => NEG_INFINITY,
        _ => 0,
    };
    if special != 0 {
        for word in [0, 0, special, 0] {
            out.extend(word.to_be_bytes());
        }
        return Ok(());
    }
    let (negative, unsigned) = text
        .strip_prefix('-')
        .map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let padding = (4 - whole.len() % 4) % 4;
    let mut decimal = "0".repeat(padding) + whole + fraction;
    decimal.push_str(&"0".repeat((4 - fraction.len() % 4) % 4));
    let mut weight = ((padding + whole.len()) / 4) as i32 - 1;
    let mut digits = Vec::with_capacity(decimal.len() / 4);
    for chunk in decimal.as_bytes().chunks(4) {
        digits.push(std::str::from_utf8(chunk)?.parse::<u16>()?);
    }
    let leading = digits.iter().take_while(|digit| **digit == 0).count();
    weight -= leading as i32;
    digits.drain(..leading);
    while digits.last() == Some(&0) {
        digits.pop();
    }
    let sign = if negative && !digits.is_empty() {
        NEGATIVE
    } else {
        0
    };
    let weight = if digits.is_empty() {
        0
    } else {
        i16::try_from(weight)?
    };
    out.extend(u16::try_from(digits.len())?.to_be_bytes());
    out.extend(weight.to_be_bytes());
    out.extend(sign.to_be_bytes());
    out.extend(u16::try_from(fraction.len())?.to_be_bytes());
    digits
        .iter()
        .for_each(|digit| out.extend(digit.to_be_bytes()));
    Ok(())
}
