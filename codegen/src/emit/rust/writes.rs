//! What `src/film/model.rs` has for writing: the insert and the patch.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::model::field_type;
use crate::format::blank_line;
use crate::plan::{Field, InsertMode, Table};

/// `pub struct NewFilm { … }`
pub(super) fn new(table: &Table) -> TokenStream {
    let docs = docs::doc(&docs::new(table));
    let new = &table.names.new;
    let fields = insertable(table).map(|field| {
        let name = &field.name;
        let ty = new_type(field);
        quote!(pub #name: #ty,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct #new {
            #(#fields)*
        }
    }
}

pub(super) fn new_impl(table: &Table) -> TokenStream {
    let names = &table.names;
    let (new, model) = (&names.new, &names.model);
    let sets = insertable(table).map(|field| {
        let Field { name, constant, .. } = field;
        match field.insert {
            InsertMode::OrDefault => quote!(.set_some(#model::#constant, self.#name)),
            InsertMode::Given | InsertMode::Never => quote!(.set(#model::#constant, self.#name)),
        }
    });
    changes_impl(quote!(Insert), quote!(#new), model, sets)
}

/// `impl FromChanges for NewFilm`
pub(super) fn new_from_changes(table: &Table) -> TokenStream {
    let model = &table.names.model;
    let values = insertable(table).map(|field| {
        let Field { name, constant, .. } = field;
        match field.insert {
            InsertMode::OrDefault => quote!(#name: changes.take(#model::#constant)?,),
            InsertMode::Given | InsertMode::Never => {
                quote!(#name: changes.require(#model::#constant)?,)
            }
        }
    });
    from_changes(&table.names.new, values)
}

/// `impl FromChanges for FilmPatch`
pub(super) fn patch_from_changes(table: &Table) -> TokenStream {
    let model = &table.names.model;
    let values = updatable(table).map(|field| {
        let Field { name, constant, .. } = field;
        quote!(#name: changes.take(#model::#constant)?,)
    });
    from_changes(&table.names.patch, values)
}

fn from_changes(of: &syn::Ident, values: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote! {
        impl FromChanges for #of {
            fn from_changes(changes: &mut Changes) -> Result<Self> {
                Ok(Self { #(#values)* })
            }
        }
    }
}

/// `pub struct FilmPatch { … }`
pub(super) fn patch(table: &Table) -> TokenStream {
    let docs = docs::doc(&docs::patch(table));
    let patch = &table.names.patch;
    let fields = updatable(table).map(|field| {
        let name = &field.name;
        let ty = field_type(field);
        quote!(pub #name: Option<#ty>,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Default)]
        pub struct #patch {
            #(#fields)*
        }
    }
}

pub(super) fn patch_impl(table: &Table) -> TokenStream {
    let names = &table.names;
    let (patch, model) = (&names.patch, &names.model);
    let sets = updatable(table).map(|field| {
        let Field { name, constant, .. } = field;
        quote!(.set_some(#model::#constant, self.#name))
    });
    changes_impl(quote!(Patch), quote!(#patch), model, sets)
}

fn changes_impl(
    name: TokenStream,
    implementor: TokenStream,
    model: &syn::Ident,
    sets: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let blank = blank_line();
    quote! {
        impl #name for #implementor {
            type Model = #model;
            #blank
            fn changes(self) -> Changes {
                Changes::default() #(#sets)*
            }
        }
    }
}

fn insertable(table: &Table) -> impl Iterator<Item = &Field> {
    table
        .fields
        .iter()
        .filter(|field| field.insert != InsertMode::Never)
}

fn updatable(table: &Table) -> impl Iterator<Item = &Field> {
    table.fields.iter().filter(|field| field.update)
}

/// The field's type, once more optional where the column has a default.
fn new_type(field: &Field) -> TokenStream {
    let ty = field_type(field);
    match field.insert {
        InsertMode::OrDefault => quote!(Option<#ty>),
        InsertMode::Given | InsertMode::Never => ty,
    }
}
