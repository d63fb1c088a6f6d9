//! Database enums → Rust enums.

use umbel_schema::model::Schema;

use super::kept::{Kept, KeptEnum};
use super::names::{Scope, camel, ident, words};
use super::type_names::TypeNames;
use super::{Enum, Variant};

/// The enums that columns of the application use.
pub(super) fn enums(schema: &Schema, types: &mut TypeNames, kept: &Kept) -> Vec<Enum> {
    let with_labels = schema
        .enums
        .iter()
        .filter(|enumeration| !enumeration.labels.is_empty());
    with_labels
        .map(|enumeration| {
            let name = &enumeration.name;
            let kept = kept.enums.get(name);
            let model = match kept.and_then(|kept| kept.model.clone()) {
                Some(kept) => kept,
                None => types.take_enum(name, &words(&name.name)),
            };
            Enum {
                schema: name.schema.clone(),
                name: name.name.clone(),
                model: ident(&model),
                comment: enumeration.comment.clone(),
                variants: variants(&enumeration.labels, kept),
            }
        })
        .collect()
}

fn variants(labels: &[String], kept: Option<&KeptEnum>) -> Vec<Variant> {
    let kept = |label: &String| {
        kept.and_then(|kept| kept.variants.get(label))
            .map(String::as_str)
    };
    let mut names = Scope::of_types(&[]);
    names.keep(labels.iter().filter_map(kept));
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
                name: ident(&names.kept_or_take(kept(label), &[name])),
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
