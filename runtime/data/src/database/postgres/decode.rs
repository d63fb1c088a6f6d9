//! A cell in PostgreSQL's binary form → a datum.

use std::error::Error;
use std::net::IpAddr;
use std::ops::Bound;

use tokio_postgres::types::{FromSql, Kind, Type};

use super::numeric;
use crate::values::{
    Date, DateTime, Datum, Dimension, Inet, Interval, Range, Shape, Time, Timestamp, Uuid,
};

/// The flags of a range.
pub(super) const RANGE_EMPTY: u8 = 1;
pub(super) const RANGE_LOWER_INCLUDED: u8 = 2;
pub(super) const RANGE_UPPER_INCLUDED: u8 = 4;
pub(super) const RANGE_NO_LOWER: u8 = 8;
pub(super) const RANGE_NO_UPPER: u8 = 16;

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
        Type::BPCHAR => Datum::Text(std::str::from_utf8(raw)?.trim_end_matches(' ').into()),
        Type::JSONB => text(raw.get(1..).unwrap_or_default())?,
        Type::BYTEA => Datum::Bytes(raw.into()),
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
        Type::INTERVAL => interval(raw)?,
        Type::INET | Type::CIDR => inet(raw)?,
        _ => match ty.kind() {
            Kind::Array(member) => array(member, raw)?,
            Kind::Range(member) => range(member, raw)?,
            Kind::Domain(base) => decode(base, raw)?,
            Kind::Enum(_) => text(raw)?,
            _ if ty.name() == "citext" => text(raw)?,
            _ => return Err(format!("the type `{}` has no Rust type here", ty.name()).into()),
        },
    })
}

fn text(raw: &[u8]) -> Fallible<Datum<'_>> {
    Ok(Datum::Text(std::str::from_utf8(raw)?.into()))
}

fn bytes<const N: usize>(raw: &[u8]) -> Fallible<[u8; N]> {
    Ok(raw.try_into()?)
}

/// Microseconds, days, months.
fn interval(raw: &[u8]) -> Fallible<Datum<'_>> {
    let mut reader = Reader(raw);
    let micros = i64::from_be_bytes(bytes(reader.take(8)?)?);
    let days = reader.int()?;
    Ok(Datum::Interval(Interval::new(reader.int()?, days, micros)))
}

/// The family, the bits of the network, whether it is one alone, the size of the address, the address.
fn inet(raw: &[u8]) -> Fallible<Datum<'_>> {
    let (head, address) = raw
        .split_at_checked(4)
        .ok_or("an address that ends too early")?;
    let address: IpAddr = match address.len() {
        4 => bytes::<4>(address)?.into(),
        _ => bytes::<16>(address)?.into(),
    };
    let inet = Inet::new(address, head[1]).ok_or("a network that is longer than its address")?;
    Ok(Datum::Inet(inet))
}

/// Flags, then each end that there is with its length.
fn range<'a>(member: &Type, raw: &'a [u8]) -> Fallible<Datum<'a>> {
    let mut reader = Reader(raw);
    let [flags] = bytes(reader.take(1)?)?;
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
                let dimension = reader.dimension()?;
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

    fn dimension(&mut self) -> Fallible<Dimension> {
        Ok(Dimension {
            length: usize::try_from(self.int()?)?,
            first: self.int()?,
        })
    }
}
