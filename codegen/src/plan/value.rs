//! Database type → Rust type: the one place that knows.

use proc_macro2::Ident;
use syn::{Type, parse_quote};
use umbel_schema::model::{DataType, Dialect, ObjectName, Schema};

use super::names::ident;

/// A column's type in Rust.
#[derive(Debug, Clone)]
pub(crate) struct ValueType {
    /// The type of a value that is there: `i32`, `Vec<String>`, `MpaaRating`.
    pub(crate) base: Type,
    /// What the type needs to be imported.
    pub(crate) imports: Vec<Import>,
    pub(crate) family: Family,
    /// For a value that passes as text: the type that the database casts it to.
    pub(crate) cast: Option<String>,
}

/// A name and the module that it is imported from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Import {
    pub(crate) module: Vec<Ident>,
    pub(crate) name: Ident,
}

/// What a value is to people: it decides the widget, the rules and the look.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Family {
    Bool,
    Integer,
    Float,
    Decimal {
        precision: u16,
        scale: i16,
    },
    /// A number of any size and precision.
    Numeric,
    Text {
        max_length: Option<u32>,
    },
    Bytes,
    Uuid,
    Date,
    Time,
    DateTime,
    Timestamp,
    Json,
    /// The labels of the enum.
    Enum(Vec<String>),
    List(Box<Family>),
    /// A type without a counterpart in Rust: it passes as the text in which the database writes it.
    Raw,
    /// A value that the database computes for searching: shown as text, not typed by people.
    SearchVector,
}

impl ValueType {
    /// Whether a value is copied rather than cloned.
    pub(crate) fn is_copy(&self) -> bool {
        match self.family {
            Family::Bool
            | Family::Integer
            | Family::Float
            | Family::Decimal { .. }
            | Family::Uuid
            | Family::Date
            | Family::Time
            | Family::DateTime
            | Family::Timestamp
            | Family::Enum(_) => true,
            Family::Numeric
            | Family::Text { .. }
            | Family::Bytes
            | Family::Json
            | Family::List(_)
            | Family::Raw
            | Family::SearchVector => false,
        }
    }
}

/// The digits that `rust_decimal` holds exactly.
const DECIMAL_DIGITS: u16 = 28;

/// The Rust type of a column of this database type.
pub(crate) fn value_type(
    schema: &Schema,
    enums: &[super::Enum],
    data_type: &DataType,
    sql_type: &str,
) -> ValueType {
    let value = mapped(schema, enums, data_type, sql_type);
    match schema.dialect {
        Dialect::Postgres => value,
        // The column itself makes of a text what it holds.
        Dialect::Sqlite => ValueType {
            cast: None,
            ..value
        },
    }
}

fn mapped(
    schema: &Schema,
    enums: &[super::Enum],
    data_type: &DataType,
    sql_type: &str,
) -> ValueType {
    let integer = |base: Type| plain(base, Family::Integer);
    let text = |max_length| plain(parse_quote!(String), Family::Text { max_length });
    match data_type {
        DataType::Bool => plain(parse_quote!(bool), Family::Bool),
        DataType::Int2 => integer(parse_quote!(i16)),
        DataType::Int4 => integer(parse_quote!(i32)),
        DataType::Int8 => integer(parse_quote!(i64)),
        DataType::Oid => integer(parse_quote!(i64)),
        DataType::Float4 => plain(parse_quote!(f32), Family::Float),
        DataType::Float8 => plain(parse_quote!(f64), Family::Float),
        DataType::Numeric { precision, scale } => numeric(*precision, *scale),
        DataType::Text | DataType::Citext => text(None),
        DataType::Varchar { length } => text(*length),
        DataType::Char { length } => text(Some(*length)),
        DataType::Bytea => plain(parse_quote!(Vec<u8>), Family::Bytes),
        DataType::Uuid => imported("Uuid", Family::Uuid),
        DataType::Date => imported("Date", Family::Date),
        DataType::Time => imported("Time", Family::Time),
        DataType::Timestamp => imported("DateTime", Family::DateTime),
        DataType::TimestampTz => imported("Timestamp", Family::Timestamp),
        DataType::Json | DataType::Jsonb => imported("Json", Family::Json),
        DataType::Enum(name) => match find_enum(enums, name) {
            Some(found) => enum_type(found),
            None => raw(sql_type),
        },
        DataType::Domain(name) => match schema.domains.iter().find(|domain| domain.name == *name) {
            Some(domain) => value_type(schema, enums, &domain.base, sql_type),
            None => raw(sql_type),
        },
        DataType::Array(element) => list(value_type(schema, enums, element, sql_type), sql_type),
        DataType::TsVector => ValueType {
            family: Family::SearchVector,
            ..raw(sql_type)
        },
        DataType::Money
        | DataType::TimeTz
        | DataType::Interval
        | DataType::Inet
        | DataType::Cidr
        | DataType::MacAddr
        | DataType::MacAddr8
        | DataType::Bit { .. }
        | DataType::VarBit { .. }
        | DataType::Xml
        | DataType::TsQuery
        | DataType::Composite(_)
        | DataType::Range(_)
        | DataType::Multirange(_)
        | DataType::Other(_)
        | DataType::Unknown => raw(sql_type),
    }
}

fn find_enum<'a>(enums: &'a [super::Enum], name: &ObjectName) -> Option<&'a super::Enum> {
    enums
        .iter()
        .find(|candidate| candidate.schema == name.schema && candidate.name == name.name)
}

fn plain(base: Type, family: Family) -> ValueType {
    ValueType {
        base,
        imports: Vec::new(),
        family,
        cast: None,
    }
}

fn imported(name: &str, family: Family) -> ValueType {
    let name = ident(name);
    ValueType {
        base: parse_quote!(#name),
        imports: vec![Import {
            module: vec![ident("umbel"), ident("types")],
            name,
        }],
        family,
        cast: None,
    }
}

fn numeric(precision: Option<u16>, scale: Option<i16>) -> ValueType {
    match precision {
        Some(precision) if precision <= DECIMAL_DIGITS => imported(
            "Decimal",
            Family::Decimal {
                precision,
                scale: scale.unwrap_or(0),
            },
        ),
        _ => imported("Numeric", Family::Numeric),
    }
}

fn enum_type(found: &super::Enum) -> ValueType {
    let model = &found.model;
    ValueType {
        base: parse_quote!(#model),
        imports: vec![Import {
            module: vec![ident("crate"), ident("enums")],
            name: model.clone(),
        }],
        family: Family::Enum(
            found
                .variants
                .iter()
                .map(|variant| variant.label.clone())
                .collect(),
        ),
        cast: None,
    }
}

/// An array of values that have a Rust type; other arrays pass as text.
fn list(element: ValueType, sql_type: &str) -> ValueType {
    if matches!(
        element.family,
        Family::Raw | Family::SearchVector | Family::List(_)
    ) {
        return raw(sql_type);
    }
    let base = element.base;
    ValueType {
        base: parse_quote!(Vec<#base>),
        imports: element.imports,
        family: Family::List(Box::new(element.family)),
        cast: None,
    }
}

fn raw(sql_type: &str) -> ValueType {
    ValueType {
        cast: Some(sql_type.to_owned()),
        ..imported("Raw", Family::Raw)
    }
}
