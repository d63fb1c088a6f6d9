//! `src/enums.rs`: the enums of the database.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, json};
use crate::format::{Imports, RustFile, blank_line};
use crate::plan::{App, Enum, Variant};

pub(super) fn file(app: &App) -> RustFile {
    let mut imports = Imports::default();
    imports.add("umbel::types::Enum");
    if app.serialized {
        imports.add(json::IMPORT);
    }
    RustFile {
        docs: vec!["The enums of the database.".to_owned()],
        imports,
        items: app
            .enums
            .iter()
            .flat_map(|enumeration| [definition(app, enumeration), implementation(enumeration)])
            .collect(),
        ..RustFile::default()
    }
}

fn definition(app: &App, enumeration: &Enum) -> TokenStream {
    let docs = docs::doc(&docs::enumeration(enumeration));
    let serialize = json::derive(app);
    let model = &enumeration.model;
    let variants = enumeration.variants.iter().map(|variant| {
        let Variant { label, name } = variant;
        let serde = json::name(app, name, label);
        quote!(#serde #name,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord #serialize)]
        pub enum #model {
            #(#variants)*
        }
    }
}

fn implementation(enumeration: &Enum) -> TokenStream {
    let model = &enumeration.model;
    let name = format!("{}.{}", enumeration.schema, enumeration.name);
    let values = enumeration.variants.iter().map(|variant| {
        let (name, label) = (&variant.name, &variant.label);
        quote!((Self::#name, #label),)
    });
    let blank = blank_line();
    quote! {
        impl Enum for #model {
            const NAME: &'static str = #name;
            #blank
            const VALUES: &'static [(Self, &'static str)] = &[#(#values)*];
        }
    }
}
