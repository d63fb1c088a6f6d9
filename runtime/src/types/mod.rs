//! The Rust types of columns.

mod calendar;
mod date;
mod date_time;
mod enumeration;
mod field_type;
mod json;
mod kind;
mod loose;
mod numeric;
mod raw;
mod time;
mod timestamp;
mod unreadable;

pub use date::Date;
pub use date_time::DateTime;
pub use enumeration::{Enum, EnumDef};
pub use field_type::{Cell, FieldType};
pub use json::Json;
pub use kind::Kind;
pub use loose::Loose;
pub use numeric::Numeric;
pub use raw::Raw;
pub use rust_decimal::Decimal;
pub use time::Time;
pub use timestamp::Timestamp;
pub use unreadable::Unreadable;
pub use uuid::Uuid;
