//! The type of a column.

use serde::{Deserialize, Serialize};

use super::ObjectName;

/// A database type, resolved as far as this crate knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataType {
    Bool,
    Int2,
    Int4,
    Int8,
    Float4,
    Float8,
    /// `numeric`; unbounded without a precision.
    Numeric {
        precision: Option<u16>,
        scale: Option<i16>,
    },
    Money,
    Text,
    Varchar {
        length: Option<u32>,
    },
    /// `character(n)`, padded with blanks.
    Char {
        length: u32,
    },
    Citext,
    Bytea,
    Uuid,
    Date,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Interval,
    Json,
    Jsonb,
    Inet,
    Cidr,
    MacAddr,
    MacAddr8,
    Bit {
        length: u32,
    },
    VarBit {
        length: Option<u32>,
    },
    Xml,
    TsVector,
    TsQuery,
    Oid,
    Enum(ObjectName),
    Domain(ObjectName),
    Composite(ObjectName),
    Range(ObjectName),
    Multirange(ObjectName),
    Array(Box<DataType>),
    /// Any other type, by its name: extension types, `point`, `pg_lsn`, …
    Other(ObjectName),
    /// A type that the source does not tell, such as that of a view's computed column in an SQL file.
    Unknown,
}
