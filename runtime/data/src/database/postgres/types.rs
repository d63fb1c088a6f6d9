//! The types of PostgreSQL's protocol, and those whose binary form they have.

/// Asks the type whose binary form a type of the protocol has, which is called `$T` in the question.
///
/// A type is one line of this table.
macro_rules! ask {
    ($ty:expr, $T:ident => $question:expr, _ => $other:expr) => {
        $crate::database::postgres::types::ask!(@ $ty, $T, $question, $other, {
            BOOL: bool,
            INT2: i16,
            INT4: i32,
            INT8: i64,
            OID: u32,
            FLOAT4: f32,
            FLOAT8: f64,
            TEXT | VARCHAR | NAME | JSON | UNKNOWN | XML: String,
            BPCHAR: $crate::values::Padded,
            CHAR: $crate::values::OneByte,
            JSONB: $crate::values::Json,
            BYTEA: Vec<u8>,
            UUID: $crate::values::Uuid,
            DATE: $crate::values::Date,
            TIME: $crate::values::Time,
            TIMESTAMP: $crate::values::DateTime,
            TIMESTAMPTZ: $crate::values::Timestamp,
            NUMERIC: $crate::values::Decimal,
            INTERVAL: $crate::values::Interval,
            INET: $crate::values::Inet,
            CIDR: $crate::values::Cidr,
        })
    };
    (@ $ty:expr, $T:ident, $question:expr, $other:expr, { $($($name:ident)|+: $type:ty,)+ }) => {
        match *$ty {
            $($(::tokio_postgres::types::Type::$name)|+ => {
                type $T = $type;
                $question
            })+
            _ => $other,
        }
    };
}

pub(super) use ask;
