//! Database type → Rust type: the one place that knows.

use proc_macro2::Ident;
use syn::{Type, TypePath, parse_quote};
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
    /// Whether the database orders the values, although they pass as text.
    pub(crate) ordered: bool,
    /// The type as which the database compares the values, where it knows no operators for their own: `"public"."mood"`.
    pub(crate) compared_as: Option<String>,
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
    Interval,
    Inet,
    /// A range, and what its ends are.
    Range(Box<Family>),
    List(Box<Family>),
    /// Digits 0 and 1: as many as this, at least and at most.
    Bits {
        min: Option<u32>,
        max: Option<u32>,
    },
    /// XML, as its text.
    Markup,
    /// A type without a counterpart in Rust: it passes as the text in which the database writes it.
    Raw,
    /// A value that the database computes for searching: shown as text, not typed by people.
    SearchVector,
}

impl ValueType {
    /// Whether a value is copied rather than cloned.
    pub(crate) fn is_copy(&self) -> bool {
        self.family.is_copy()
    }
}

impl Family {
    fn is_copy(&self) -> bool {
        match self {
            Family::Bool
            | Family::Integer
            | Family::Float
            | Family::Decimal { .. }
            | Family::Uuid
            | Family::Date
            | Family::Time
            | Family::DateTime
            | Family::Timestamp
            | Family::Interval
            | Family::Inet
            | Family::Enum(_) => true,
            Family::Range(ends) => ends.is_copy(),
            Family::Numeric
            | Family::Text { .. }
            | Family::Bytes
            | Family::Json
            | Family::List(_)
            | Family::Bits { .. }
            | Family::Markup
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
) -> ValueType {
    let integer = |name| plain(name, Family::Integer);
    let text = |max_length| plain("String", Family::Text { max_length });
    match data_type {
        DataType::Bool => plain("bool", Family::Bool),
        DataType::Int2 => integer("i16"),
        DataType::Int4 => integer("i32"),
        DataType::Int8 => integer("i64"),
        DataType::Oid => integer("u32"),
        DataType::Float4 => plain("f32", Family::Float),
        DataType::Float8 => plain("f64", Family::Float),
        DataType::Numeric { precision, scale } => numeric(*precision, *scale),
        DataType::Text | DataType::Citext => text(None),
        DataType::Varchar { length } => text(*length),
        DataType::Char { length } => text(Some(*length)),
        DataType::Bytea => bytes(),
        DataType::Uuid => imported("Uuid", Family::Uuid),
        DataType::Date => imported("Date", Family::Date),
        DataType::Time => imported("Time", Family::Time),
        DataType::Timestamp => imported("DateTime", Family::DateTime),
        DataType::TimestampTz => imported("Timestamp", Family::Timestamp),
        DataType::Json | DataType::Jsonb => imported("Json", Family::Json),
        DataType::Enum(name) => match find_enum(enums, name) {
            Some(found) => enum_type(found),
            None => raw(),
        },
        DataType::Domain(name) => match schema.domains.iter().find(|domain| domain.name == *name) {
            Some(domain) => over(&domain.base, value_type(schema, enums, &domain.base)),
            None => raw(),
        },
        DataType::Array(element) => list(value_type(schema, enums, element)),
        DataType::TsVector => ValueType {
            family: Family::SearchVector,
            ..raw()
        },
        DataType::Interval => imported("Interval", Family::Interval),
        DataType::Inet | DataType::Cidr => imported("Inet", Family::Inet),
        DataType::Range(name) => range(name),
        DataType::Money
        | DataType::TimeTz
        | DataType::MacAddr
        | DataType::MacAddr8
        | DataType::Multirange(_) => ordered(),
        DataType::Bit { length } => bits(Some(*length), Some(*length)),
        DataType::VarBit { length } => bits(None, *length),
        DataType::Xml => ValueType {
            family: Family::Markup,
            ..raw()
        },
        // SQLite compares any cells with each other.
        DataType::Other(_) | DataType::Unknown if schema.dialect == Dialect::Sqlite => ordered(),
        DataType::TsQuery | DataType::Composite(_) | DataType::Other(_) | DataType::Unknown => {
            raw()
        }
    }
}

/// The type of a domain over another. PostgreSQL has no operators for one over an enum: it is compared as the enum.
fn over(base: &DataType, value: ValueType) -> ValueType {
    let compared_as = match base {
        DataType::Enum(name) => Some(quoted(name)),
        _ => value.compared_as,
    };
    ValueType {
        compared_as,
        ..value
    }
}

/// A name as SQL has it.
pub(super) fn quoted(name: &ObjectName) -> String {
    let quote = |part: &str| part.replace('"', "\"\"");
    format!("\"{}\".\"{}\"", quote(&name.schema), quote(&name.name))
}

fn find_enum<'a>(enums: &'a [super::Enum], name: &ObjectName) -> Option<&'a super::Enum> {
    enums
        .iter()
        .find(|candidate| candidate.schema == name.schema && candidate.name == name.name)
}

/// A type that needs no import.
fn plain(name: &str, family: Family) -> ValueType {
    ValueType {
        base: named(ident(name)),
        imports: Vec::new(),
        family,
        ordered: false,
        compared_as: None,
    }
}

fn bytes() -> ValueType {
    ValueType {
        base: parse_quote!(Vec<u8>),
        ..plain("u8", Family::Bytes)
    }
}

/// A type by its name alone, which need not be parsed: most columns have one.
fn named(name: Ident) -> Type {
    Type::Path(TypePath {
        attrs: Vec::new(),
        qself: None,
        path: name.into(),
    })
}

fn imported(name: &str, family: Family) -> ValueType {
    let name = ident(name);
    ValueType {
        base: named(name.clone()),
        imports: vec![Import {
            module: vec![ident("umbel"), ident("types")],
            name,
        }],
        family,
        ordered: false,
        compared_as: None,
    }
}

/// `numeric(5,2)` has 3 digits and 2 decimals, `numeric(5,-2)` 7 digits, `numeric(2,5)` 5 decimals.
fn numeric(precision: Option<u16>, scale: Option<i16>) -> ValueType {
    let scale = scale.unwrap_or(0);
    let widest = |precision: u16| {
        (precision + (-scale).max(0).unsigned_abs()).max(scale.max(0).unsigned_abs())
    };
    match precision {
        Some(precision) if widest(precision) <= DECIMAL_DIGITS => {
            imported("Decimal", Family::Decimal { precision, scale })
        }
        _ => imported("Numeric", Family::Numeric),
    }
}

fn enum_type(found: &super::Enum) -> ValueType {
    let model = &found.model;
    ValueType {
        base: named(model.clone()),
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
        ordered: false,
        compared_as: None,
    }
}

fn bits(min: Option<u32>, max: Option<u32>) -> ValueType {
    ValueType {
        family: Family::Bits { min, max },
        ..ordered()
    }
}

/// A range of PostgreSQL's own; what lies between the ends of any other is not known.
fn range(name: &ObjectName) -> ValueType {
    let ends = match name.name.as_str() {
        _ if name.schema != "pg_catalog" => return ordered(),
        "int4range" => plain("i32", Family::Integer),
        "int8range" => plain("i64", Family::Integer),
        "numrange" => imported("Numeric", Family::Numeric),
        "daterange" => imported("Date", Family::Date),
        "tsrange" => imported("DateTime", Family::DateTime),
        "tstzrange" => imported("Timestamp", Family::Timestamp),
        _ => return ordered(),
    };
    let base = ends.base;
    let range = imported("Range", Family::Raw);
    ValueType {
        base: parse_quote!(Range<#base>),
        imports: ends.imports.into_iter().chain(range.imports).collect(),
        family: Family::Range(Box::new(ends.family)),
        ordered: false,
        compared_as: None,
    }
}

/// An array of values that have a Rust type; other arrays pass as text.
fn list(element: ValueType) -> ValueType {
    if matches!(
        element.family,
        Family::Raw | Family::Bits { .. } | Family::Markup | Family::SearchVector | Family::List(_)
    ) {
        return raw();
    }
    let base = element.base;
    let array = imported("Array", Family::Raw);
    ValueType {
        base: parse_quote!(Array<#base>),
        imports: element.imports.into_iter().chain(array.imports).collect(),
        family: Family::List(Box::new(element.family)),
        ordered: false,
        compared_as: element.compared_as.map(|one| format!("{one}[]")),
    }
}

/// A value that passes as text: the database alone reads and checks it.
fn raw() -> ValueType {
    imported("SqlText", Family::Raw)
}

impl ValueType {
    /// The type of a key: where nobody has said a type of a column of SQLite, the number 1 and the text `1` are two keys.
    pub(super) fn of_key(self, dialect: Dialect) -> Self {
        match (dialect, &self.family) {
            (Dialect::Sqlite, Family::Raw) => Self {
                ordered: self.ordered,
                ..imported("Stored", Family::Raw)
            },
            _ => self,
        }
    }
}

/// A value that passes as text, by which the database can compare and sort.
fn ordered() -> ValueType {
    ValueType {
        ordered: true,
        ..raw()
    }
}
