//! Values as they are typed into an input and shown in one.

use crate::model::form_key;
use crate::types::{Array, Cell, Enum, Inet, Interval, Json, Range, Raw, Stored, Uuid};

/// A value that can be typed.
///
/// What [`to_input`](Self::to_input) shows, [`parse`](Self::parse) reads back as the same value.
pub trait FormValue: Sized {
    /// Reads a text that is not empty.
    ///
    /// # Errors
    /// Says what is wrong, as the end of a sentence that begins with the field's label: `must be …`.
    fn parse(text: &str) -> Result<Self, String>;

    /// The value as the text of an input.
    fn to_input(&self) -> String;

    /// Any value: it stands where a text could not be read, until that is reported.
    fn placeholder() -> Self;
}

/// A value that is the key of a row, as the options have it among which a form lets choose.
pub trait FormKey {
    /// The value as the option of its row has it.
    fn to_key(&self) -> String;
}

/// Nothing is chosen where there is no value.
impl<C: Cell + Clone> FormKey for C {
    fn to_key(&self) -> String {
        form_key(&[self.clone().into_cell()])
    }
}

/// Several values, each of which has an input of its own.
pub trait FormValues {
    /// The values as the texts of inputs.
    fn to_inputs(&self) -> Vec<String>;
}

impl<T: FormValue> FormValues for Vec<T> {
    fn to_inputs(&self) -> Vec<String> {
        self.iter().map(T::to_input).collect()
    }
}

/// What stands before an array that is typed as the database writes it: `array:{1,NULL}`.
pub(super) const WHOLE: &str = "array:";

/// One input per element; an array with gaps, or of several dimensions, as the database writes it in one.
impl<T: FormValue> FormValues for Array<T> {
    fn to_inputs(&self) -> Vec<String> {
        let texts: Option<Vec<String>> = match self.shape().is_plain() {
            true => self
                .items()
                .iter()
                .map(|item| item.as_ref().map(T::to_input))
                .collect(),
            false => None,
        };
        let alone = |text: &String| !text.trim().is_empty() && !text.starts_with(WHOLE);
        match texts.filter(|texts| texts.iter().all(alone)) {
            Some(texts) => texts,
            None => vec![format!("{WHOLE}{}", self.to_text(T::to_input))],
        }
    }
}

/// Bytes within an array: `\x00ff`; the key of a row has the digits alone.
impl FormValue for Vec<u8> {
    fn parse(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix("\\x").unwrap_or(text).as_bytes();
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let byte = |pair: &[u8]| match pair {
            [high, low] => Some((digit(*high)? * 16 + digit(*low)?) as u8),
            _ => None,
        };
        let bytes: Option<Self> = digits.chunks(2).map(byte).collect();
        bytes.ok_or_else(|| "must be bytes in hexadecimal, such as \\x00ff".to_owned())
    }

    fn to_input(&self) -> String {
        let digits = self.iter().map(|byte| format!("{byte:02x}"));
        std::iter::once("\\x".to_owned()).chain(digits).collect()
    }

    fn placeholder() -> Self {
        Self::new()
    }
}

/// No inputs for nothing.
impl<T: FormValues> FormValues for Option<T> {
    fn to_inputs(&self) -> Vec<String> {
        self.as_ref().map(T::to_inputs).unwrap_or_default()
    }
}

/// An empty input for nothing.
impl<T: FormValue> FormValue for Option<T> {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "" => Ok(None),
            text => T::parse(text).map(Some),
        }
    }

    fn to_input(&self) -> String {
        self.as_ref().map(T::to_input).unwrap_or_default()
    }

    fn placeholder() -> Self {
        None
    }
}

impl FormValue for String {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }

    fn to_input(&self) -> String {
        self.clone()
    }

    fn placeholder() -> Self {
        Self::new()
    }
}

impl FormValue for bool {
    fn parse(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
            _ => Err("must be yes or no".to_owned()),
        }
    }

    /// A box that is not ticked sends nothing.
    fn to_input(&self) -> String {
        match self {
            true => "true".to_owned(),
            false => "false".to_owned(),
        }
    }

    fn placeholder() -> Self {
        false
    }
}

impl FormValue for Uuid {
    fn parse(text: &str) -> Result<Self, String> {
        Self::try_parse(text)
            .map_err(|_| "must be a UUID, such as 123e4567-e89b-12d3-a456-426614174000".to_owned())
    }

    fn to_input(&self) -> String {
        self.hyphenated().to_string()
    }

    fn placeholder() -> Self {
        Self::nil()
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

impl FormValue for Inet {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "must be an address, such as 192.168.0.1 or 10.0.0.0/8".to_owned())
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::from(std::net::IpAddr::from([0; 4]))
    }
}

/// As the database writes it: `[1,5)`.
impl<T: FormValue> FormValue for Range<T> {
    fn parse(text: &str) -> Result<Self, String> {
        let range =
            Range::from_text(text).ok_or_else(|| "must be a range, such as [1,5)".to_owned())?;
        let mut wrong = None;
        let parsed =
            range.try_map(|end| T::parse(&end).map_err(|message| wrong = Some(message)).ok());
        parsed.ok_or_else(|| {
            let message = wrong.unwrap_or_default();
            format!(
                "{} at both ends, if it has them",
                message.replacen("must be a", "must have a", 1)
            )
        })
    }

    fn to_input(&self) -> String {
        self.as_ref().map(T::to_input).to_string()
    }

    fn placeholder() -> Self {
        Self::Empty
    }
}

impl FormValue for Json {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "must be JSON, such as {\"a\": [1, 2]}".to_owned())
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::from(serde_json::Value::Null)
    }
}

/// What the database alone can read is left to it.
impl FormValue for Raw {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }

    fn to_input(&self) -> String {
        self.0.clone()
    }

    fn placeholder() -> Self {
        Self(String::new())
    }
}

/// What is typed is a text, which is written as the column's others are.
impl FormValue for Stored {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(Self::Text(text.to_owned()))
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::Text(String::new())
    }
}

impl<E: Enum> FormValue for E {
    fn parse(text: &str) -> Result<Self, String> {
        E::from_label(text).ok_or_else(|| "must be one of the options".to_owned())
    }

    fn to_input(&self) -> String {
        self.label().to_owned()
    }

    fn placeholder() -> Self {
        const { assert!(!E::VALUES.is_empty(), "an enum has a value") }
        E::VALUES[0].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays() {
        let check = |text: &str, expect: &[&str]| {
            assert_eq!(
                Array::from_text(text).unwrap().to_inputs(),
                expect,
                "{text}"
            );
        };
        check("{}", &[]);
        check("{a,\" b\"}", &["a", " b"]);
        check("{a,NULL}", &["array:{a,NULL}"]);
        check("{a,\"\"}", &["array:{a,\"\"}"]);
        check("{{a},{b}}", &["array:{{a},{b}}"]);
        check("{array:a}", &["array:{array:a}"]);
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(Vec::<u8>::parse(&bytes.to_input()), Ok(bytes));
        assert_eq!(Vec::<u8>::parse("00ff"), Ok(vec![0, 255]));
        for wrong in ["x00", "\\x0", "\\xé", "\\xgg", "\\x+1"] {
            assert!(Vec::<u8>::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn values_round_trip() {
        assert_eq!(bool::parse(&true.to_input()), Ok(true));
        assert_eq!(Option::<bool>::parse(""), Ok(None));
        assert!(bool::parse("maybe").is_err());
        let uuid = Uuid::from_u128(7);
        assert_eq!(Uuid::parse(&uuid.to_input()), Ok(uuid));
        assert!(Uuid::parse("7").is_err());
    }
}
