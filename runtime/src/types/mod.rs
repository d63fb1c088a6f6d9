//! The Rust types of columns.

mod array;
mod array_text;
mod calendar;
mod date;
mod date_time;
mod decimal;
mod enumeration;
mod field_type;
mod inet;
mod interval;
mod json;
mod kind;
mod numeric;
mod range;
mod raw;
mod time;
mod timestamp;
mod unreadable;

pub use array::{Array, Dimension, Shape};
pub use date::Date;
pub use date_time::DateTime;
pub use decimal::Decimal;
pub use enumeration::{Enum, EnumDef};
pub use field_type::{Cell, FieldType};
pub use inet::Inet;
pub use interval::Interval;
pub use json::Json;
pub use kind::Kind;
pub use numeric::Numeric;
pub use range::Range;
pub use raw::Raw;
pub use time::Time;
pub use timestamp::Timestamp;
pub use unreadable::Unreadable;
pub use uuid::Uuid;
