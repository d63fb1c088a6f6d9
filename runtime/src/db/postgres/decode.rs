//! A cell in PostgreSQL's binary form → a datum.

use std::error::Error;

use tokio_postgres::types::{FromSql, Kind, Type};

use super::numeric;
use crate::datum::Datum;
use crate::types::{Date, DateTime, Time, Timestamp, Uuid};

type Fallible<T> = Result<T, Box<dyn Error + Sync + Send>>;

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
    Ok(match *ty {
        Type::BOOL => Datum::Bool(bytes::<1>(raw)? != [0]),
        Type::INT2 => Datum::Int(i16::from_be_bytes(bytes(raw)?).into()),
        Type::INT4 => Datum::Int(i32::from_be_bytes(bytes(raw)?).into()),
        Type::INT8 => Datum::Int(i64::from_be_bytes(bytes(raw)?)),
        Type::OID => Datum::Int(u32::from_be_bytes(bytes(raw)?).into()),
        Type::FLOAT4 => Datum::Float(f32::from_be_bytes(bytes(raw)?).into()),
        Type::FLOAT8 => Datum::Float(f64::from_be_bytes(bytes(raw)?)),
        Type::TEXT
        | Type::VARCHAR
        | Type::NAME
        | Type::CHAR
        | Type::JSON
        | Type::UNKNOWN
        | Type::XML => text(raw)?,
        Type::BPCHAR => Datum::Text(std::str::from_utf8(raw)?.trim_end_matches(' ')),
        Type::JSONB => text(raw.get(1..).unwrap_or_default())?,
        Type::BYTEA => Datum::Bytes(raw),
        Type::UUID => Datum::Uuid(Uuid::from_bytes(bytes(raw)?)),
        Type::DATE => Datum::Date(Date::from_days_since_2000(i32::from_be_bytes(bytes(raw)?))),
        Type::TIME => Datum::Time(Time::from_micros(i64::from_be_bytes(bytes(raw)?))),
        Type::TIMESTAMP => Datum::DateTime(DateTime::from_micros_since_2000(i64::from_be_bytes(
            bytes(raw)?,
        ))),
        Type::TIMESTAMPTZ => Datum::Timestamp(Timestamp::from_micros_since_2000(
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

fn text(raw: &[u8]) -> Fallible<Datum<'_>> {
    Ok(Datum::Text(std::str::from_utf8(raw)?))
}

fn bytes<const N: usize>(raw: &[u8]) -> Fallible<[u8; N]> {
    Ok(raw.try_into()?)
}

/// Dimensions, a flag, the type, then per dimension its length and lower bound, then the elements with their lengths.
fn array<'a>(member: &Type, raw: &'a [u8]) -> Fallible<Datum<'a>> {
    let mut reader = Reader(raw);
    let dimensions = reader.int()?;
    reader.take(8)?;
    match dimensions {
        0 => return Ok(Datum::Array(Vec::new())),
        1 => {}
        _ => return Err(format!("an array of {dimensions} dimensions").into()),
    }
    let length = usize::try_from(reader.int()?)?;
    reader.take(4)?;
    let mut items = Vec::with_capacity(length.min(raw.len() / 4));
    for _ in 0..length {
        items.push(match usize::try_from(reader.int()?) {
            Ok(size) => decode(member, reader.take(size)?)?,
            Err(_) => Datum::Null,
        });
    }
    Ok(Datum::Array(items))
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
