//! `src/film/hooks.rs`: a person's own code about what is written.

use quote::quote;

use super::markdown;
use crate::format::{Imports, RustFile};
use crate::plan::Table;

pub(super) fn file(table: &Table) -> RustFile {
    let names = &table.names;
    let (model, new, patch) = (&names.model, &names.new, &names.patch);
    let mut imports = Imports::default();
    imports.add("umbel::hooks::Hooks");
    for name in [model, new, patch] {
        imports.add(&format!("super::model::{name}"));
    }
    RustFile {
        docs: vec![
            format!("What happens besides when {} are written.", markdown::inline(&names.plural)),
            String::new(),
            "Every method of `Hooks` that is written here takes the place of one that does nothing."
                .to_owned(),
        ],
        imports,
        items: vec![quote! {
            impl Hooks for #model {
                type New = #new;
                type Patch = #patch;
            }
        }],
        ..RustFile::default()
    }
}
