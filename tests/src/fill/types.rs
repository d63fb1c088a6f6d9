//! What a type is made of.

use umbel_schema::model::{Composite, DataType, Domain, Enum, Range, Schema};

/// The domain that a type is, and those below it.
pub(super) fn domains<'a>(schema: &'a Schema, data_type: &DataType) -> Vec<&'a Domain> {
    let mut found = Vec::new();
    let mut next = domain(schema, data_type);
    while let Some(this) = next {
        found.push(this);
        next = domain(schema, &this.base);
    }
    found
}

/// The domain that a type is.
pub(super) fn domain<'a>(schema: &'a Schema, data_type: &DataType) -> Option<&'a Domain> {
    let DataType::Domain(name) = data_type else {
        return None;
    };
    schema.domains.iter().find(|domain| domain.name == *name)
}

pub(super) fn enumeration<'a>(schema: &'a Schema, data_type: &DataType) -> Option<&'a Enum> {
    let DataType::Enum(name) = data_type else {
        return None;
    };
    schema
        .enums
        .iter()
        .find(|enumeration| enumeration.name == *name)
}

pub(super) fn composite<'a>(schema: &'a Schema, data_type: &DataType) -> Option<&'a Composite> {
    let DataType::Composite(name) = data_type else {
        return None;
    };
    schema
        .composites
        .iter()
        .find(|composite| composite.name == *name)
}

/// The range type that a type is, or whose multirange it is.
pub(super) fn range<'a>(schema: &'a Schema, data_type: &DataType) -> Option<&'a Range> {
    match data_type {
        DataType::Range(name) => schema.ranges.iter().find(|range| range.name == *name),
        DataType::Multirange(name) => {
            let has = |range: &&Range| range.multirange.as_ref() == Some(name);
            schema.ranges.iter().find(has)
        }
        _ => None,
    }
}
