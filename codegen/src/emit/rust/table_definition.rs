//! `impl Model for Film`: the table as the runtime knows it, and the reading of its rows.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::spaced;
use crate::format::Imports;
use crate::plan::{Constraint, ConstraintKind, Field, Table, TableKind, TableNames, ToOne};

pub(super) fn model_impl(table: &Table, imports: &mut Imports) -> TokenStream {
    if !table.constraints.is_empty() {
        imports.add("umbel::model::Constraint");
    }
    if table.policy {
        imports.add("umbel::policy::Scope");
    }
    let custom = custom(table);
    if custom.is_some() {
        imports.add("umbel::model::Custom");
    }
    let model = &table.names.model;
    let key: Vec<&Field> = table.key_fields().collect();
    let key_types = key.iter().map(|field| &field.value.base);
    let key_type = match key.as_slice() {
        [field] => {
            let base = &field.value.base;
            quote!(#base)
        }
        _ => quote!((#(#key_types),*)),
    };
    imports.add("umbel::model::TableKind");
    let key_type = quote!(type Key = #key_type;);
    let members = [key_type, definition(table)].into_iter().chain(custom);
    let members = spaced(members.chain([from_row(table), key_function(&key)]));
    quote! {
        impl Model for #model {
            #members
        }
    }
}

/// `const CUSTOM: Custom = Custom::NONE.policy::<Self>().hooks::<Self>();`
fn custom(table: &Table) -> Option<TokenStream> {
    let policy = table.policy.then(|| quote!(.policy::<Self>()));
    let hooks = table.hooks.then(|| quote!(.hooks::<Self>()));
    (table.policy || table.hooks)
        .then(|| quote!(const CUSTOM: Custom = Custom::NONE #policy #hooks;))
}

/// `const TABLE: &'static Table = &Table { … };`
fn definition(table: &Table) -> TokenStream {
    let Table {
        kind,
        schema,
        name,
        label,
        sort,
        ..
    } = table;
    let TableNames {
        title,
        singular,
        with_article,
        plural,
        ..
    } = &table.names;
    let path = if table.has_pages {
        &table.names.url
    } else {
        ""
    };
    let kind = format_ident!(
        "{}",
        match kind {
            TableKind::Table => "Table",
            TableKind::PartialTable => "PartialTable",
            TableKind::ForeignTable => "ForeignTable",
            TableKind::View => "View",
            TableKind::MaterializedView => "MaterializedView",
        }
    );
    let columns = table.fields.iter().map(|field| {
        let Field {
            constant, label, ..
        } = field;
        let searchable = field.searchable.then(|| quote!(.searchable()));
        let hidden = field.secret.then(|| quote!(.hidden()));
        let row_id = field.row_id.then(|| quote!(.row_id()));
        quote!(Self::#constant.def(#label) #searchable #hidden #row_id,)
    });
    let key = table.key_fields().map(|field| &field.column);
    let relations = table.to_one.iter().map(|relation| {
        let ToOne {
            constant, label, ..
        } = relation;
        quote!(Self::#constant.def(#label),)
    });
    // The rows of a junction that only joins are links, not rows that refer.
    let links = table.many_to_many.iter().filter(|relation| relation.pure);
    let links = links.map(|relation| &relation.constant);
    let referrers = table.to_many.iter().map(|relation| &relation.constant);
    let referrers = referrers
        .chain(links)
        .map(|constant| quote!(Self::#constant.def(),));
    let scope = match table.policy {
        true => quote!(Some(Scope::of::<Self>)),
        false => quote!(None),
    };
    let constraints = table.constraints.iter().map(constraint);
    quote! {
        const TABLE: &'static Table = &Table {
            kind: TableKind::#kind,
            schema: #schema,
            name: #name,
            path: #path,
            title: #title,
            singular: #singular,
            indefinite: #with_article,
            plural: #plural,
            columns: &[#(#columns)*],
            key: &[#(#key),*],
            label: &[#(#label),*],
            sort: #sort,
            relations: &[#(#relations)*],
            referrers: &[#(#referrers)*],
            scope: #scope,
            constraints: &[#(#constraints)*],
        };
    }
}

/// `Constraint::check("film_length_check", &["length"], "length is greater than 0")`
fn constraint(constraint: &Constraint) -> TokenStream {
    let Constraint {
        name,
        columns,
        kind,
    } = constraint;
    let columns = quote!(&[#(#columns),*]);
    match kind {
        ConstraintKind::Unique => quote!(Constraint::unique(#name, #columns),),
        ConstraintKind::ForeignKey => quote!(Constraint::foreign_key(#name, #columns),),
        ConstraintKind::Check(rule) => quote!(Constraint::check(#name, #columns, #rule),),
        ConstraintKind::Exclusion(rule) => quote!(Constraint::exclusion(#name, #columns, #rule),),
    }
}

fn from_row(table: &Table) -> TokenStream {
    let fields = table.fields.iter().map(|field| {
        let name = &field.name;
        quote!(#name: row.get()?,)
    });
    quote! {
        fn from_row(row: &mut Row<'_>) -> Result<Self> {
            Ok(Self { #(#fields)* })
        }
    }
}

/// `fn key(&self) -> Self::Key`
fn key_function(key: &[&Field]) -> TokenStream {
    let values: Vec<TokenStream> = key.iter().map(|field| key_value(field)).collect();
    let value = match values.as_slice() {
        [] => quote!(),
        [value] => quote!(#value),
        values => quote!((#(#values),*)),
    };
    quote! {
        fn key(&self) -> Self::Key {
            #value
        }
    }
}

fn key_value(field: &Field) -> TokenStream {
    let name = &field.name;
    if field.value.is_copy() {
        quote!(self.#name)
    } else {
        quote!(self.#name.clone())
    }
}
