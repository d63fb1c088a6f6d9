//! Database enums → Rust enums.

use umbel_schema::model::Schema;

use super::kept::{Kept, KeptEnum};
use super::names::{Naming, Scope, camel, ident, words};
use super::type_names::TypeNames;
use super::{Enum, Variant};

/// The enums that columns of the application use.
pub(super) fn enums(schema: &Schema, types: &mut TypeNames<'_>, kept: &Kept) -> Vec<Enum> {
    let with_labels = schema
        .enums
        .iter()
        .filter(|enumeration| !enumeration.labels.is_empty());
    with_labels
        .map(|enumeration| {
            let name = &enumeration.name;
            Enum {
                schema: name.schema.clone(),
                name: name.name.clone(),
                model: ident(&types.enumeration(name, &words(&name.name))),
                comment: enumeration.comment.clone(),
                variants: variants(&enumeration.labels, kept.enums.get(name)),
            }
        })
        .collect()
}

fn variants(labels: &[String], kept: Option<&KeptEnum>) -> Vec<Variant> {
    let kept = kept.into_iter().flat_map(|kept| &kept.variants);
    let kept = kept.map(|(label, name)| (label.as_str(), name.as_str()));
    let mut names = Naming::new(Scope::of_types(&[]), kept);
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
                name: ident(&names.name(label.as_str(), &[name])),
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
