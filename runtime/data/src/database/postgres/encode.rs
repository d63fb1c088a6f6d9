//! A value → a parameter by the type that the statement gives it: text as text, which PostgreSQL reads into any type,
//! anything else in PostgreSQL's binary form.

use std::error::Error;
use std::net::IpAddr;
use std::ops::Bound;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{Format, IsNull, Kind, ToSql, Type};

use super::decode::{
    RANGE_EMPTY, RANGE_LOWER_INCLUDED, RANGE_NO_LOWER, RANGE_NO_UPPER, RANGE_UPPER_INCLUDED,
};
use super::numeric;
use crate::values::{Range, Shape, Value};

type Fallible<T> = Result<T, Box<dyn Error + Sync + Send>>;

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

fn is_text(ty: &Type) -> bool {
    match *ty {
        Type::TEXT
        | Type::VARCHAR
        | Type::BPCHAR
        | Type::NAME
        | Type::JSON
        | Type::UNKNOWN
        | Type::XML => true,
        _ => match ty.kind() {
            Kind::Enum(_) => true,
            Kind::Domain(base) => is_text(base),
            Kind::Simple => ty.name() == "citext",
            _ => false,
        },
    }
}

fn encode(value: &Value, ty: &Type, out: &mut Vec<u8>) -> Fallible<()> {
    if let Kind::Domain(base) = ty.kind() {
        return encode(value, base, out);
    }
    match (value, ty) {
        (Value::Bool(value), &Type::BOOL) => out.push((*value).into()),
        (Value::Int(value), _) => integer(*value, ty, out)?,
        (Value::Float(value), &Type::FLOAT4) => out.extend((*value as f32).to_be_bytes()),
        (Value::Float(value), &Type::FLOAT8) => out.extend(value.to_be_bytes()),
        (Value::Text(text), _) if is_text(ty) => out.extend(text.as_bytes()),
        (Value::Text(text), &Type::JSONB) => {
            out.push(1);
            out.extend(text.as_bytes());
        }
        (Value::Text(text), &Type::CHAR) => {
            out.push(u8::try_from(text.chars().next().unwrap_or('\0'))?)
        }
        (Value::Bytes(bytes), &Type::BYTEA) => out.extend_from_slice(bytes),
        (Value::Uuid(uuid), &Type::UUID) => out.extend(uuid.as_bytes()),
        (Value::Date(date), &Type::DATE) => out.extend(date.days_since_2000().to_be_bytes()),
        (Value::Time(time), &Type::TIME) => out.extend(time.micros().to_be_bytes()),
        (Value::DateTime(time), &Type::TIMESTAMP) => {
            out.extend(time.micros_since_2000().to_be_bytes())
        }
        (Value::Timestamp(time), &Type::TIMESTAMPTZ) => {
            out.extend(time.micros_since_2000().to_be_bytes())
        }
        (Value::Decimal(number), &Type::NUMERIC) => numeric::encode(&number.to_string(), out)?,
        (Value::Numeric(number), &Type::NUMERIC) => numeric::encode(number, out)?,
        (Value::Interval(interval), &Type::INTERVAL) => {
            out.extend(interval.micros.to_be_bytes());
            out.extend(interval.days.to_be_bytes());
            out.extend(interval.months.to_be_bytes());
        }
        (Value::Inet(inet), &Type::INET | &Type::CIDR) => {
            let octets = match inet.address() {
                IpAddr::V4(address) => address.octets().to_vec(),
                IpAddr::V6(address) => address.octets().to_vec(),
            };
            let family = if octets.len() == 4 { 2 } else { 3 };
            let is_network = u8::from(*ty == Type::CIDR);
            out.extend([family, inet.prefix(), is_network, octets.len() as u8]);
            out.extend(octets);
        }
        (Value::Range(bounds), _) => match ty.kind() {
            Kind::Range(member) => range(bounds, member, out)?,
            _ => return Err(misfit(value, ty)),
        },
        (Value::Array(items, shape), _) => match ty.kind() {
            Kind::Array(member) => array(items, shape, member, out)?,
            _ => return Err(misfit(value, ty)),
        },
        // A text column that is compared with what is no text, as `col::text = $1` does.
        (value, _) if is_text(ty) => out.extend(value.to_string().as_bytes()),
        _ => return Err(misfit(value, ty)),
    }
    Ok(())
}

fn integer(value: i64, ty: &Type, out: &mut Vec<u8>) -> Fallible<()> {
    match *ty {
        Type::INT2 => out.extend(i16::try_from(value)?.to_be_bytes()),
        Type::INT4 => out.extend(i32::try_from(value)?.to_be_bytes()),
        Type::INT8 => out.extend(value.to_be_bytes()),
        Type::OID => out.extend(u32::try_from(value)?.to_be_bytes()),
        Type::FLOAT4 => out.extend((value as f32).to_be_bytes()),
        Type::FLOAT8 => out.extend((value as f64).to_be_bytes()),
        Type::NUMERIC => numeric::encode(&value.to_string(), out)?,
        _ if is_text(ty) => out.extend(value.to_string().as_bytes()),
        _ => return Err(misfit(&Value::Int(value), ty)),
    }
    Ok(())
}

/// Flags, then each end that there is with its length.
fn range(range: &Range<Value>, member: &Type, out: &mut Vec<u8>) -> Fallible<()> {
    let Range::Between(lower, upper) = range else {
        out.push(RANGE_EMPTY);
        return Ok(());
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
    Ok(())
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
fn array(items: &[Value], shape: &Shape, member: &Type, out: &mut Vec<u8>) -> Fallible<()> {
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
    Ok(())
}

fn misfit(value: &Value, ty: &Type) -> Box<dyn Error + Sync + Send> {
    format!("`{value}` is no value of the type `{}`", ty.name()).into()
}
