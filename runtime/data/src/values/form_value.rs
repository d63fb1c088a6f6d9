//! Values as they are typed into an input and shown in one.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{Array, Uuid};

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
