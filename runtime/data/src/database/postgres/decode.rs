//! A cell in PostgreSQL's binary form → a datum: which type has it, arrays and ranges; the bytes of a value are known to
//! its type.

use std::ops::Bound;

use tokio_postgres::types::{FromSql, Kind, Type};

use super::types::ask;
use crate::values::{Binary, Datum, Dimension, Fallible, Range, Reader, Shape};

/// The flags of a range.
pub(super) const RANGE_EMPTY: u8 = 1;
pub(super) const RANGE_LOWER_INCLUDED: u8 = 2;
pub(super) const RANGE_UPPER_INCLUDED: u8 = 4;
pub(super) const RANGE_NO_LOWER: u8 = 8;
pub(super) const RANGE_NO_UPPER: u8 = 16;

impl<'a> FromSql<'a> for Datum<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Fallible<Self> {
        decode(ty, raw)
    }

    fn from_sql_null(_: &Type) -> Fallible<Self> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn decode<'a>(ty: &Type, raw: &'a [u8]) -> Fallible<Datum<'a>> {
    ask!(ty, T => T::decode(raw), _ => match ty.kind() {
        Kind::Array(member) => array(member, raw),
        Kind::Range(member) => range(member, raw),
        Kind::Domain(base) => decode(base, raw),
        Kind::Enum(_) => String::decode(raw),
        _ if ty.name() == "citext" => String::decode(raw),
        _ => Err(format!("the type `{}` has no Rust type here", ty.name()).into()),
    })
}

/// Flags, then each end that there is with its length.
fn range<'a>(member: &Type, raw: &'a [u8]) -> Fallible<Datum<'a>> {
    let mut reader = Reader(raw);
    let [flags] = reader.take(1)?.try_into()?;
    if flags & RANGE_EMPTY != 0 {
        return Ok(Datum::Range(Box::new(Range::Empty)));
    }
    let mut end = |missing: u8, included: u8| -> Fallible<Bound<Datum<'a>>> {
        if flags & missing != 0 {
            return Ok(Bound::Unbounded);
        }
        let size = usize::try_from(reader.int()?)?;
        let value = decode(member, reader.take(size)?)?;
        Ok(match flags & included {
            0 => Bound::Excluded(value),
            _ => Bound::Included(value),
        })
    };
    let lower = end(RANGE_NO_LOWER, RANGE_LOWER_INCLUDED)?;
    let upper = end(RANGE_NO_UPPER, RANGE_UPPER_INCLUDED)?;
    Ok(Datum::Range(Box::new(Range::Between(lower, upper))))
}

/// Dimensions, a flag, the type, then per dimension its length and lower bound, then the elements with their lengths.
fn array<'a>(member: &Type, raw: &'a [u8]) -> Fallible<Datum<'a>> {
    let mut reader = Reader(raw);
    let count = reader.int()?;
    reader.take(8)?;
    let mut length = usize::from(count > 0);
    let shape = match count {
        // The usual: nothing is allocated for its shape.
        1 if raw.get(16..20) == Some(&[0, 0, 0, 1]) => {
            length = usize::try_from(reader.int()?)?;
            reader.take(4)?;
            Shape::default()
        }
        _ => {
            let mut dimensions = Vec::new();
            for _ in 0..count {
                let dimension = dimension(&mut reader)?;
                let product = length.checked_mul(dimension.length);
                length = product.ok_or("an array that is too large")?;
                dimensions.push(dimension);
            }
            Shape::new(dimensions)
        }
    };
    let mut items = Vec::with_capacity(length.min(raw.len() / 4));
    for _ in 0..length {
        items.push(match usize::try_from(reader.int()?) {
            Ok(size) => decode(member, reader.take(size)?)?,
            Err(_) => Datum::Null,
        });
    }
    Ok(Datum::Array(items, shape))
}

fn dimension(reader: &mut Reader<'_>) -> Fallible<Dimension> {
    Ok(Dimension {
        length: usize::try_from(reader.int()?)?,
        first: reader.int()?,
    })
}
