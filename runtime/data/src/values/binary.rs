//! Values in PostgreSQL's binary form.

use std::error::Error;

use super::Datum;

/// What a value in binary form is, or why it cannot be read or written.
pub type Fallible<T> = Result<T, Box<dyn Error + Sync + Send>>;

/// A type with a binary form: each tells it in its own file.
pub trait Binary {
    /// Reads a value that is not null.
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>>;

    /// Writes a value, and says whether it is one that can be sent as this type.
    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool>;
}

/// A type of which a value is one number, the highest byte first.
macro_rules! binary_number {
    ($type:ident($number:ty), $from:ident, $to:ident) => {
        impl $crate::values::Binary for $type {
            #[inline]
            fn decode(raw: &[u8]) -> $crate::values::Fallible<$crate::values::Datum<'_>> {
                let number = <$number>::from_be_bytes(raw.try_into()?);
                Ok($crate::values::Datum::$type(<$type>::$from(number)))
            }

            fn encode(
                value: &$crate::values::Datum<'_>,
                out: &mut Vec<u8>,
            ) -> $crate::values::Fallible<bool> {
                let $crate::values::Datum::$type(value) = value else {
                    return Ok(false);
                };
                out.extend(value.$to().to_be_bytes());
                Ok(true)
            }
        }
    };
}

pub(super) use binary_number;

/// Bytes that are read from front to back.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next bytes.
    pub fn take(&mut self, size: usize) -> Fallible<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(size)
            .ok_or("a value that ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    /// The next number of four bytes.
    pub fn int(&mut self) -> Fallible<i32> {
        Ok(i32::from_be_bytes(self.take(4)?.try_into()?))
    }
}
