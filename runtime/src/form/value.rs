//! Values as they are typed into an input and shown in one.

use crate::types::{Enum, Json, Raw, Uuid};

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
    fn values_round_trip() {
        assert_eq!(bool::parse(&true.to_input()), Ok(true));
        assert_eq!(Option::<bool>::parse(""), Ok(None));
        assert!(bool::parse("maybe").is_err());
        let uuid = Uuid::from_u128(7);
        assert_eq!(Uuid::parse(&uuid.to_input()), Ok(uuid));
        assert!(Uuid::parse("7").is_err());
    }
}
