//! Enums, domains, composite and range types.

use super::{constraint, literal};
use crate::model::{
    Composite, Domain, Enum, ObjectName, Prerequisites, Range, Schema, TypePrerequisites,
};
use crate::name::{qualified, quoted};

/// The statement of every type; those of extensions come with them.
pub(super) fn statements<'a>(
    schema: &'a Schema,
    prerequisites: &Prerequisites,
) -> Vec<(&'a ObjectName, String)> {
    let mut all = Vec::new();
    let of = |name: &ObjectName| prerequisites.types.get(name);
    for item in &schema.enums {
        all.extend(of(&item.name).map(|_| (&item.name, enumeration(item))));
    }
    for item in &schema.domains {
        all.extend(of(&item.name).map(|prerequisites| (&item.name, domain(item, prerequisites))));
    }
    for item in &schema.composites {
        all.extend(of(&item.name).map(|_| (&item.name, composite(item))));
    }
    for item in &schema.ranges {
        all.extend(of(&item.name).map(|prerequisites| (&item.name, range(item, prerequisites))));
    }
    all
}

fn enumeration(item: &Enum) -> String {
    let labels: Vec<_> = item
        .labels
        .iter()
        .map(|label| format!("\n    {}", literal(label)))
        .collect();
    format!(
        "CREATE TYPE {} AS ENUM ({}\n)",
        qualified(&item.name),
        labels.join(",")
    )
}

fn domain(item: &Domain, prerequisites: &TypePrerequisites) -> String {
    let mut text = format!(
        "CREATE DOMAIN {} AS {}",
        qualified(&item.name),
        item.sql_type
    );
    if let Some(collation) = &item.collation {
        text.push_str(&format!(" COLLATE {}", qualified(collation)));
    }
    if prerequisites.not_null {
        text.push_str(" NOT NULL");
    }
    if let Some(default) = &item.default {
        text.push_str(&format!(" DEFAULT {default}"));
    }
    for check in item.checks.iter().filter(|check| check.validated) {
        text.push_str(&format!("\n    {}", constraint::check(check)));
    }
    text
}

fn composite(item: &Composite) -> String {
    let attributes: Vec<_> = item
        .attributes
        .iter()
        .map(|attribute| {
            let mut text = format!("\n    {} {}", quoted(&attribute.name), attribute.sql_type);
            if let Some(collation) = &attribute.collation {
                text.push_str(&format!(" COLLATE {}", qualified(collation)));
            }
            text
        })
        .collect();
    format!(
        "CREATE TYPE {} AS ({}\n)",
        qualified(&item.name),
        attributes.join(",")
    )
}

fn range(item: &Range, prerequisites: &TypePrerequisites) -> String {
    let options = prerequisites.range.as_deref().unwrap_or_default();
    format!("CREATE TYPE {} AS RANGE ({options})", qualified(&item.name))
}
