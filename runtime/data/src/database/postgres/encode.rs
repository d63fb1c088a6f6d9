//! A value → a parameter by the type that the statement gives it: text as text, which PostgreSQL reads into any type,
//! anything else in PostgreSQL's binary form.

use std::ops::Bound;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{Format, IsNull, Kind, ToSql, Type};

use super::decode::{
    RANGE_EMPTY, RANGE_LOWER_INCLUDED, RANGE_NO_LOWER, RANGE_NO_UPPER, RANGE_UPPER_INCLUDED,
};
use super::types::ask;
use crate::values::{Binary, Fallible, Range, Shape, Value};

/// A value that is bound to a statement.
#[derive(Debug)]
pub(super) struct Param<'a> {
    /// Its place among the values, counted from 0.
    pub(super) place: usize,
    pub(super) value: &'a Value,
}

/// A value that cannot be sent as the type that the statement gives it.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(super) struct Unsendable {
    /// Its place among the values, counted from 0.
    pub(super) parameter: usize,
    pub(super) reason: String,
}

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Fallible<IsNull> {
        match self.value {
            Value::Null => return Ok(IsNull::Yes),
            Value::Text(text) => out.extend_from_slice(text.as_bytes()),
            value => {
                let mut bytes = Vec::new();
                encode(value, ty, &mut bytes).map_err(|error| Unsendable {
                    parameter: self.place,
                    reason: error.to_string(),
                })?;
                out.extend_from_slice(&bytes);
            }
        }
        Ok(IsNull::No)
    }

    fn encode_format(&self, _: &Type) -> Format {
        match self.value {
            Value::Text(_) => Format::Text,
            _ => Format::Binary,
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Fallible<IsNull> {
        self.to_sql(ty, out)
    }
}

fn encode(value: &Value, ty: &Type, out: &mut Vec<u8>) -> Fallible<()> {
    let fits = ask!(ty, T => T::encode(value, out)?, _ => match (ty.kind(), value) {
        (Kind::Domain(base), _) => return encode(value, base, out),
        (Kind::Range(member), Value::Range(bounds)) => range(bounds, member, out)?,
        (Kind::Array(member), Value::Array(items, shape)) => array(items, shape, member, out)?,
        (Kind::Enum(_), _) => String::encode(value, out)?,
        _ if ty.name() == "citext" => String::encode(value, out)?,
        _ => false,
    });
    match fits {
        true => Ok(()),
        false => Err(format!("`{value}` is no value of the type `{}`", ty.name()).into()),
    }
}

/// Flags, then each end that there is with its length.
fn range(range: &Range<Value>, member: &Type, out: &mut Vec<u8>) -> Fallible<bool> {
    let Range::Between(lower, upper) = range else {
        out.push(RANGE_EMPTY);
        return Ok(true);
    };
    let flag = |bound: &Bound<Value>, missing, included| match bound {
        Bound::Unbounded => missing,
        Bound::Included(_) => included,
        Bound::Excluded(_) => 0,
    };
    out.push(
        flag(lower, RANGE_NO_LOWER, RANGE_LOWER_INCLUDED)
            | flag(upper, RANGE_NO_UPPER, RANGE_UPPER_INCLUDED),
    );
    for bound in [lower, upper] {
        if let Bound::Included(end) | Bound::Excluded(end) = bound {
            sized(end, member, out)?;
        }
    }
    Ok(true)
}

/// The length, then the value.
fn sized(value: &Value, ty: &Type, out: &mut Vec<u8>) -> Fallible<()> {
    let start = out.len();
    out.extend((-1_i32).to_be_bytes());
    encode(value, ty, out)?;
    let size = i32::try_from(out.len() - start - 4)?;
    out[start..start + 4].copy_from_slice(&size.to_be_bytes());
    Ok(())
}

/// Dimensions, whether there are nulls, the type, the length, the lower bound, then the elements with their lengths.
fn array(items: &[Value], shape: &Shape, member: &Type, out: &mut Vec<u8>) -> Fallible<bool> {
    let nulls = items.iter().any(|item| matches!(item, Value::Null));
    let dimensions = shape.dimensions(items.len());
    out.extend(i32::try_from(dimensions.len())?.to_be_bytes());
    out.extend(i32::from(nulls).to_be_bytes());
    out.extend(member.oid().to_be_bytes());
    for dimension in dimensions {
        out.extend(i32::try_from(dimension.length)?.to_be_bytes());
        out.extend(dimension.first.to_be_bytes());
    }
    for item in items {
        match item {
            Value::Null => out.extend((-1_i32).to_be_bytes()),
            item => sized(item, member, out)?,
        }
    }
    Ok(true)
}
