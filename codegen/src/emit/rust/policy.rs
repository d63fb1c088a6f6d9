//! `src/film/policy.rs`: a person's own code about who may do what.

use quote::quote;

use super::markdown;
use crate::format::{Imports, RustFile};
use crate::plan::Table;

pub(super) fn file(table: &Table) -> RustFile {
    let model = &table.names.model;
    let mut imports = Imports::default();
    imports.add("umbel::policy::Policy");
    imports.add(&format!("super::model::{model}"));
    RustFile {
        docs: vec![
            format!("Who may do what with {}.", markdown::inline(&table.names.plural)),
            String::new(),
            "Every method of `Policy` that is written here takes the place of one that allows everything."
                .to_owned(),
        ],
        imports,
        items: vec![quote!(impl Policy for #model {})],
        ..RustFile::default()
    }
}
