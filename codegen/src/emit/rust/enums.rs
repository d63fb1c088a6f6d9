//! `src/enums.rs`: the enums of the database.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::format::{Imports, RustFile, blank_line};
use crate::plan::{App, Enum};

pub(super) fn file(app: &App) -> RustFile {
    let mut imports = Imports::default();
    imports.add("umbel::types::Enum");
    RustFile {
        docs: vec!["The enums of the database.".to_owned()],
        imports,
        items: app
            .enums
            .iter()
            .flat_map(|enumeration| [definition(enumeration), implementation(enumeration)])
            .collect(),
        ..RustFile::default()
    }
}

fn definition(enumeration: &Enum) -> TokenStream {
    let docs = docs::doc(&docs::enumeration(enumeration));
    let model = &enumeration.model;
    let variants = enumeration.variants.iter().map(|variant| &variant.name);
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum #model {
            #(#variants,)*
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
