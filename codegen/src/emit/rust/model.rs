//! `src/film/model.rs`: the struct, its columns and relations, its insert and patch.

use proc_macro2::TokenStream;
use quote::quote;

use super::{display, docs, json, path_of, table_definition, writes};
use crate::format::{Imports, RustFile, blank_line};
use crate::plan::{App, ColumnPair, Field, ManyToMany, Refresh, Table, ToMany, ToOne};

pub(super) fn file(app: &App, table: &Table) -> RustFile {
    let mut imports = imports(table);
    if app.serialized {
        imports.add(json::IMPORT);
    }
    let mut items = vec![model(app, table), columns_and_relations(table)];
    items.push(table_definition::model_impl(table, &mut imports));
    items.push(display::display_impl(table, &mut imports));
    if table.has_row() {
        imports.add("umbel::model::Select");
        if !table.shows_every_relation() {
            imports.add("umbel::model::RelationDef");
        }
        items.extend([row(app, table), row_impl(table)]);
    }
    if let Some(Refresh { concurrently }) = table.pages.refresh {
        imports.add("umbel::model::Materialized");
        let model = &table.names.model;
        items.push(quote! {
            impl Materialized for #model {
                const CONCURRENTLY: bool = #concurrently;
            }
        });
    }
    if table.is_writable() {
        items.push(writes::new(table));
    }
    if table.pages.new {
        imports.add("umbel::model::Insert");
        items.push(writes::new_impl(table));
    }
    if table.hooks {
        imports.add("umbel::hooks::FromChanges");
        items.push(writes::new_from_changes(table));
    }
    if table.pages.edit {
        imports.add("umbel::model::Patch");
        items.extend([writes::patch(table), writes::patch_impl(table)]);
    }
    if table.hooks {
        items.push(writes::patch_from_changes(table));
    }
    RustFile {
        docs: vec![format!("{}.", docs::table(table))],
        imports,
        items,
        ..RustFile::default()
    }
}

fn imports(table: &Table) -> Imports {
    let mut imports = Imports::default();
    for path in [
        "umbel::Result",
        "umbel::model::Column",
        "umbel::model::Model",
        "umbel::model::Table",
        "umbel::row::Row",
    ] {
        imports.add(path);
    }
    if table.fields.iter().any(|field| field.loose) {
        imports.add("umbel::types::Unchecked");
    }
    for field in &table.fields {
        for import in &field.value.imports {
            imports.add_from(&import.module, &import.name);
        }
    }
    let relations = [
        (!table.to_one.is_empty(), "BelongsTo"),
        (table.to_one.iter().any(|relation| relation.linked), "Label"),
        (!table.to_many.is_empty(), "HasMany"),
        (says_on_delete(table), "OnDelete"),
        (!table.many_to_many.is_empty(), "ManyToMany"),
        (table.is_writable(), "Changes"),
    ];
    for (_, name) in relations.iter().filter(|(used, _)| *used) {
        imports.add(&format!("umbel::model::{name}"));
    }
    for target in table.targets() {
        if target.model != table.names.model {
            imports.add(&path_of(target));
        }
    }
    imports
}

/// Whether any relation says what happens to its rows.
fn says_on_delete(table: &Table) -> bool {
    let mut links = table.many_to_many.iter();
    !table.to_many.is_empty() || links.any(|relation| relation.on_delete != "Restrict")
}

/// `pub struct Film { … }`
fn model(app: &App, table: &Table) -> TokenStream {
    let docs = docs::doc(&docs::model(table));
    let serialize = json::derive(app);
    let model = &table.names.model;
    let fields = table.fields.iter().map(|field| {
        let docs = docs::field(field);
        let serde = json::field(app, field);
        let name = &field.name;
        let ty = read_type(field);
        quote!(#docs #serde pub #name: #ty,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq #serialize)]
        pub struct #model {
            #(#fields)*
        }
    }
}

/// `impl Film { pub const FILM_ID: Column<Self, i32> = …; … }`
fn columns_and_relations(table: &Table) -> TokenStream {
    let model = &table.names.model;
    let columns = table.fields.iter().map(column);
    let relations: Vec<TokenStream> = (table.to_one.iter().map(to_one))
        .chain(table.to_many.iter().map(to_many))
        .chain(table.many_to_many.iter().map(many_to_many))
        .collect();
    let blank = (!relations.is_empty()).then(blank_line);
    quote! {
        impl #model {
            #(#columns)*
            #blank
            #(#relations)*
        }
    }
}

fn column(field: &Field) -> TokenStream {
    let Field {
        constant, column, ..
    } = field;
    let base = &field.value.base;
    let constructor = if field.nullable || field.null_key {
        quote!(nullable)
    } else {
        quote!(new)
    };
    let ordered = field.value.ordered.then(|| quote!(.ordered()));
    let nondeterministic = (field.nondeterministic).then(|| quote!(.nondeterministic()));
    let bytewise = field.bytewise.then(|| quote!(.bytewise()));
    let compared = field.value.compared_as.as_ref();
    let compared = compared.map(|sql_type| quote!(.compared_as(#sql_type)));
    quote! {
        pub const #constant: Column<Self, #base> =
            Column::#constructor(#column) #ordered #nondeterministic #bytewise #compared;
    }
}

fn to_one(relation: &ToOne) -> TokenStream {
    let ToOne { constant, .. } = relation;
    let target = &relation.target.model;
    let target = if relation.nullable {
        quote!(Option<#target>)
    } else {
        quote!(#target)
    };
    let columns = pairs(&relation.columns);
    quote!(pub const #constant: BelongsTo<Self, #target> = BelongsTo::new(#columns);)
}

fn to_many(relation: &ToMany) -> TokenStream {
    let ToMany {
        constant,
        label,
        on_delete,
        ..
    } = relation;
    let target = &relation.target.model;
    let columns = pairs(&relation.columns);
    quote! {
        pub const #constant: HasMany<Self, #target> = HasMany::new(#label, #columns, OnDelete::#on_delete);
    }
}

fn many_to_many(relation: &ManyToMany) -> TokenStream {
    let ManyToMany {
        constant,
        label,
        junction: (schema, name),
        on_delete,
        ..
    } = relation;
    let target = &relation.target.model;
    let columns = pairs(&relation.columns);
    let target_columns = pairs(&relation.target_columns);
    let on_delete = (on_delete != "Restrict").then(|| quote!(.on_delete(OnDelete::#on_delete)));
    quote! {
        pub const #constant: ManyToMany<Self, #target> =
            ManyToMany::new(#label, #schema, #name, #columns, #target_columns) #on_delete;
    }
}

/// `&[("language_id", "language_id")]`
fn pairs(columns: &[ColumnPair]) -> TokenStream {
    let pairs = columns
        .iter()
        .map(|ColumnPair { own, other }| quote!((#own, #other)));
    quote!(&[#(#pairs),*])
}

/// `pub struct FilmWithLabels { … }`
fn row(app: &App, table: &Table) -> TokenStream {
    let docs = docs::doc(&docs::row(table));
    let serialize = json::derive(app);
    let names = &table.names;
    let (row, one, model) = (&names.row, &names.one, &names.model);
    let labels = table.linked().map(|relation| {
        let name = &relation.name;
        let target = &relation.target.model;
        let ty = if relation.nullable {
            quote!(Option<Label<#target>>)
        } else {
            quote!(Label<#target>)
        };
        quote!(pub #name: #ty,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone #serialize)]
        pub struct #row {
            pub #one: #model,
            #(#labels)*
        }
    }
}

fn row_impl(table: &Table) -> TokenStream {
    let names = &table.names;
    let (row, one, model) = (&names.row, &names.one, &names.model);
    let labelled = (!table.shows_every_relation()).then(|| labelled(table));
    let labels = table.linked().map(|relation| {
        let name = &relation.name;
        let read = if relation.nullable {
            quote!(label_opt)
        } else {
            quote!(label)
        };
        quote!(#name: row.#read()?,)
    });
    let blank = blank_line();
    quote! {
        impl Select for #row {
            type Model = #model;
            #blank
            #labelled
            fn read(row: &mut Row<'_>) -> Result<Self> {
                Ok(Self {
                    #one: #model::from_row(row)?,
                    #(#labels)*
                })
            }
        }
    }
}

/// `const LABELS: …`: the relations whose labels are read, where these are not all.
fn labelled(table: &Table) -> TokenStream {
    let model = &table.names.model;
    let relations = table.linked().map(|relation| {
        let ToOne {
            constant, label, ..
        } = relation;
        quote!(#model::#constant.def(#label),)
    });
    let blank = blank_line();
    quote! {
        const LABELS: &'static [RelationDef] = &[#(#relations)*];
        #blank
    }
}

/// The type of a field as it is read: `i32`, `Option<i32>`, `Unchecked<i32>`.
fn read_type(field: &Field) -> TokenStream {
    let base = &field.value.base;
    match (field.loose, field.nullable) {
        (false, _) => field_type(field),
        (true, false) => quote!(Unchecked<#base>),
        (true, true) => quote!(Option<Unchecked<#base>>),
    }
}

/// `i32`, or `Option<i32>` where the column may be NULL.
pub(super) fn field_type(field: &Field) -> TokenStream {
    let base = &field.value.base;
    if field.nullable {
        quote!(Option<#base>)
    } else {
        quote!(#base)
    }
}
