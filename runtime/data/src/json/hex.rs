//! Bytes as JSON: their digits, since serde has a list of numbers for a `Vec<u8>`.

use std::fmt;

use serde::ser::{Serialize, Serializer};

use super::values::nested;
use crate::values::{Array, Unchecked};

/// Writes bytes as `"\\x00ff"`, as PostgreSQL writes them in its own JSON, and reads them again in any other text; for a
/// field of a struct: `#[serde(serialize_with = "umbel::json::hex")]`.
///
/// # Errors
/// Those of the serializer.
pub fn hex<T: Hex, S: Serializer>(bytes: &T, serializer: S) -> Result<S::Ok, S::Error> {
    bytes.serialize_hex(serializer)
}

/// Bytes, or what a field of a model can have of them: an `Option`, an array.
pub trait Hex {
    /// Writes the bytes as digits.
    ///
    /// # Errors
    /// Those of the serializer.
    fn serialize_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Hex for [u8] {
    fn serialize_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Digits(self))
    }
}

impl Hex for Vec<u8> {
    fn serialize_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize_hex(serializer)
    }
}

impl<T: Hex> Hex for Option<T> {
    fn serialize_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(AsHex).serialize(serializer)
    }
}

impl<T: Hex> Hex for Unchecked<T> {
    fn serialize_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(bytes) => bytes.serialize_hex(serializer),
            Self::Other(text) => text.serialize(serializer),
        }
    }
}

impl<T: Hex> Hex for Array<T> {
    fn serialize_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.items().iter().map(|item| item.as_ref().map(AsHex));
        nested(&items.collect::<Vec<_>>(), self.shape(), serializer)
    }
}

/// Bytes that are written as digits wherever they stand.
struct AsHex<'a, T>(&'a T);

impl<T: Hex> Serialize for AsHex<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_hex(serializer)
    }
}

/// `\x00ff`
struct Digits<'a>(&'a [u8]);

impl fmt::Display for Digits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        f.write_str("\\x")?;
        for part in self.0.chunks(PART) {
            let mut text = String::with_capacity(2 * part.len());
            for byte in part {
                text.push(char::from(DIGITS[usize::from(byte >> 4)]));
                text.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
            f.write_str(&text)?;
        }
        Ok(())
    }
}

/// How many bytes are written at once.
const PART: usize = 4096;
