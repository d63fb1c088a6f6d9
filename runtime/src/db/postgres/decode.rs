//! A cell in PostgreSQL's binary form → a value.

use std::error::Error;

use tokio_postgres::types::{FromSql, Kind, Type};

use super::numeric;
use crate::types::{Date, DateTime, Time, Timestamp, Uuid};
use crate::value::Value;

type Fallible<T> = Result<T, Box<dyn Error + Sync + Send>>;

/// A cell of any type.
pub(super) struct Decoded(pub(super) Value);

impl<'a> FromSql<'a> for Decoded {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Fallible<Self> {
        decode(ty, raw).map(Self)
    }

    fn from_sql_null(_: &Type) -> Fallible<Self> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn decode(ty: &Type, raw: &[u8]) -> Fallible<Value> {
    Ok(match *ty {
        Type::BOOL => Value::Bool(bytes::<1>(raw)? != [0]),
        Type::INT2 => Value::Int(i16::from_be_bytes(bytes(raw)?).into()),
        Type::INT4 => Value::Int(i32::from_be_bytes(bytes(raw)?).into()),
        Type::INT8 => Value::Int(i64::from_be_bytes(bytes(raw)?)),
        Type::OID => Value::Int(u32::from_be_bytes(bytes(raw)?).into()),
        Type::FLOAT4 => Value::Float(f32::from_be_bytes(bytes(raw)?).into()),
        Type::FLOAT8 => Value::Float(f64::from_be_bytes(bytes(raw)?)),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::JSON | Type::UNKNOWN | Type::XML => {
            text(raw)?
        }
        Type::BPCHAR => Value::Text(std::str::from_utf8(raw)?.trim_end_matches(' ').to_owned()),
        Type::JSONB => text(raw.get(1..).unwrap_or_default())?,
        Type::CHAR => Value::Text(raw.iter().map(|byte| char::from(*byte)).collect()),
        Type::BYTEA => Value::Bytes(raw.to_owned()),
        Type::UUID => Value::Uuid(Uuid::from_bytes(bytes(raw)?)),
        Type::DATE => Value::Date(Date::from_days_since_2000(i32::from_be_bytes(bytes(raw)?))),
        Type::TIME => Value::Time(Time::from_micros(i64::from_be_bytes(bytes(raw)?))),
        Type::TIMESTAMP => Value::DateTime(DateTime::from_micros_since_2000(i64::from_be_bytes(
            bytes(raw)?,
        ))),
        Type::TIMESTAMPTZ => Value::Timestamp(Timestamp::from_micros_since_2000(
            i64::from_be_bytes(bytes(raw)?),
        )),
        Type::NUMERIC => numeric::decode(raw)?,
        _ => match ty.kind() {
            Kind::Array(member) => array(member, raw)?,
            Kind::Domain(base) => decode(base, raw)?,
            Kind::Enum(_) => text(raw)?,
            _ if ty.name() == "citext" => text(raw)?,
            _ => return Err(format!("the type `{}` has no Rust type here", ty.name()).into()),
        },
    })
}

fn text(raw: &[u8]) -> Fallible<Value> {
    Ok(Value::Text(std::str::from_utf8(raw)?.to_owned()))
}

fn bytes<const N: usize>(raw: &[u8]) -> Fallible<[u8; N]> {
    Ok(raw.try_into()?)
}

/// Dimensions, a flag, the type, then per dimension its length and lower bound, then the elements with their lengths.
fn array(member: &Type, raw: &[u8]) -> Fallible<Value> {
    let mut reader = Reader(raw);
    let dimensions = reader.int()?;
    reader.take(8)?;
    match dimensions {
        0 => return Ok(Value::Array(Vec::new())),
        1 => {}
        _ => return Err(format!("an array of {dimensions} dimensions").into()),
    }
    let length = usize::try_from(reader.int()?)?;
    reader.take(4)?;
    let mut items = Vec::with_capacity(length.min(raw.len() / 4));
    for _ in 0..length {
        items.push(match usize::try_from(reader.int()?) {
            Ok(size) => decode(member, reader.take(size)?)?,
            Err(_) => Value::Null,
        });
    }
    Ok(Value::Array(items))
}

/// Bytes that are read from front to back.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, size: usize) -> Fallible<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(size)
            .ok_or("a value that ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn int(&mut self) -> Fallible<i32> {
        Ok(i32::from_be_bytes(bytes(self.take(4)?)?))
    }
}
