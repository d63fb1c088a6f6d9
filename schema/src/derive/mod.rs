//! What follows from a schema: pure functions over the facts of the model.
//!
//! Nothing here is stored in the model, and nothing here reads anything but it.

mod complete;
mod inverse;
mod junction;
mod key;
mod label;
mod row_id;
mod see_through;
mod sensitive;
mod soft_delete;
#[cfg(test)]
mod tests;
mod timestamp;
mod view_key;
mod words;

pub use complete::complete;
pub use inverse::{Inverse, inverses, role};
pub use junction::{Junction, junctions};
pub use key::{is_one_to_one, parent, trees, unique_keys};
pub use label::label_columns;
pub use row_id::{has_row_id, is_row_id};
pub use sensitive::is_sensitive;
pub use soft_delete::{SoftDelete, soft_delete};
pub use timestamp::{Automatic, automatic, is_now};
pub use view_key::{ViewKey, view_key};

use crate::model::{DataType, Schema};

/// The type beneath a domain, and beneath the domains that this one stands on.
pub fn base_type<'a>(schema: &'a Schema, data_type: &'a DataType) -> &'a DataType {
    let mut base = data_type;
    // A domain cannot stand on itself, but a model that was read from a file may say so.
    for _ in 0..=schema.domains.len() {
        let DataType::Domain(name) = base else { break };
        match schema.domains.iter().find(|domain| domain.name == *name) {
            Some(domain) => base = &domain.base,
            None => break,
        }
    }
    base
}

/// Whether values of the type are words to a person.
fn is_text(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Text | DataType::Varchar { .. } | DataType::Char { .. } | DataType::Citext
    )
}
