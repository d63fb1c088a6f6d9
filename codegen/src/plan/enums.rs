//! Database enums → Rust enums.

use umbel_schema::model::Schema;

use super::names::{Scope, camel, ident, words};
use super::type_names::TypeNames;
use super::{Enum, Variant};

/// The enums that columns of the application use.
pub(super) fn enums(schema: &Schema, types: &mut TypeNames) -> Vec<Enum> {
    let with_labels = schema
        .enums
        .iter()
        .filter(|enumeration| !enumeration.labels.is_empty());
    with_labels
        .map(|enumeration| Enum {
            schema: enumeration.name.schema.clone(),
            name: enumeration.name.name.clone(),
            model: ident(&types.take_enum(&enumeration.name, &words(&enumeration.name.name))),
            comment: enumeration.comment.clone(),
            variants: variants(&enumeration.labels),
        })
        .collect()
}

fn variants(labels: &[String]) -> Vec<Variant> {
    let mut names = Scope::of_types(&[]);
    labels
        .iter()
        .map(|label| {
            let words = words(label);
            let name = if words.is_empty() {
                symbol_name(label)
            } else {
                camel(&words)
            };
            Variant {
                label: label.clone(),
                name: ident(&names.take(&[name])),
            }
        })
        .collect()
}

/// A label without letters or digits, named by its first character: `''` → `Empty`, `+` → `U002B`.
fn symbol_name(label: &str) -> String {
    match label.chars().next() {
        None => "Empty".to_owned(),
        Some(character) => format!("U{:04X}", u32::from(character)),
    }
}
