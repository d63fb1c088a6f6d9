//! `src/film/views.rs`: the pages and their handlers.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::choices::{choices, offer};
use super::{docs, handlers, markdown, path_of};
use crate::format::{Imports, RustFile};
use crate::plan::{App, Table};

pub(super) fn file(app: &App, table: &Table) -> RustFile {
    let pages = &table.pages;
    let mut structs = vec![list_page(table)];
    let mut handlers = vec![handlers::list(table)];
    if pages.refresh.is_some() {
        handlers.push(handlers::refresh(table));
    }
    if pages.show {
        structs.push(show_page(table));
        handlers.push(handlers::show(table));
    }
    if pages.new {
        handlers.extend([handlers::new(table), handlers::create(table)]);
    }
    if pages.edit {
        handlers.extend([handlers::edit(table), handlers::update(table)]);
    }
    if pages.delete {
        handlers.extend([handlers::confirm(table), handlers::delete(table)]);
    }
    if table.is_writable() {
        structs.push(fields(table));
        structs.extend(fields_impl(table));
    }
    RustFile {
        docs: vec![format!(
            "The pages of {}.",
            markdown::inline(&table.names.plural)
        )],
        imports: imports(app, table),
        items: structs.into_iter().chain(handlers).collect(),
        ..RustFile::default()
    }
}

fn imports(app: &App, table: &Table) -> Imports {
    let pages = &table.pages;
    let writable = table.is_writable();
    let has_choices = choices(table).next().is_some();
    let mut imports = Imports::default();
    let always = [
        "askama::Template",
        "umbel::Result",
        "umbel::db::Db",
        "umbel::list::List",
        "umbel::list::Page",
    ];
    for path in always
        .into_iter()
        .chain(["umbel::model::Model", "umbel::web", "umbel::web::Html"])
    {
        imports.add(path);
    }
    let optional = [
        (pages.show, "umbel::web::RowKey"),
        (
            pages.show && table.has_related(),
            "umbel::model::RelatedRows",
        ),
        (writable, "umbel::axum::response::Response"),
        (pages.delete, "umbel::model::DeleteEffect"),
        (pages.delete, "umbel::axum::response::Response"),
        (pages.refresh.is_some(), "umbel::axum::response::Response"),
        (pages.refresh.is_some(), "umbel::model::Materialized"),
        (writable, "umbel::form::Filled"),
        (has_choices, "umbel::model::Choices"),
        (true, "umbel::show::Show"),
        (app.has_own_ui, "crate::ui"),
        (!app.has_own_ui, "umbel::ui"),
        (writable || pages.delete, "crate::layout"),
    ];
    for (_, path) in optional.iter().filter(|(used, _)| *used) {
        imports.add(path);
    }
    imports.add(&format!("super::model::{}", table.names.model));
    if table.has_row() {
        imports.add(&format!("super::model::{}", table.names.row));
    }
    if writable {
        imports.add(&format!("super::form::{}", table.names.form));
        for input in &table.inputs {
            imports.add(&format!("super::form::{}", input.constant));
        }
    }
    for (_, target) in choices(table) {
        if target.model != table.names.model {
            imports.add(&path_of(target));
        }
    }
    imports
}

/// A page's struct: its template and what it shows.
fn page(name: &str, path: &str, fields: &TokenStream) -> TokenStream {
    let name = format_ident!("{name}");
    quote! {
        #[derive(Template)]
        #[template(path = #path)]
        struct #name { #fields }
    }
}

/// What the pages load: `FilmWithLabels`, or `Film` where it refers to nothing.
pub(super) fn row_type(table: &Table) -> &syn::Ident {
    if table.has_row() {
        &table.names.row
    } else {
        &table.names.model
    }
}

fn list_page(table: &Table) -> TokenStream {
    let (many, row) = (&table.names.many, row_type(table));
    page(
        "ListPage",
        &format!("{}/list.html", table.names.folder),
        &quote!(#many: Page<#row>,),
    )
}

fn show_page(table: &Table) -> TokenStream {
    let names = &table.names;
    let (one, row) = (row_variable(table), row_type(table));
    let related = table
        .has_related()
        .then(|| quote!(related: Vec<RelatedRows>,));
    page(
        "ShowPage",
        &format!("{}/show.html", names.folder),
        &quote!(#one: #row, #related),
    )
}

/// `row` for a `FilmWithLabels`, `film` for a `Film`.
pub(super) fn row_variable(table: &Table) -> syn::Ident {
    if table.has_row() {
        format_ident!("row")
    } else {
        table.names.one.clone()
    }
}

/// `struct Fields { form, choices }`
fn fields(table: &Table) -> TokenStream {
    let form = &table.names.form;
    let choices = (choices(table).next().is_some()).then(|| quote!(choices: Choices,));
    let docs = docs::doc(match choices {
        Some(_) => "The controls of the form, and what can be chosen in it.",
        None => "The controls of the form.",
    });
    let page = page(
        "Fields",
        &format!("{}/_fields.html", table.names.folder),
        &quote!(form: Filled<#form>, #choices),
    );
    quote!(#docs #page)
}

/// `impl Fields`: what loads the choices.
fn fields_impl(table: &Table) -> Option<TokenStream> {
    let form = &table.names.form;
    let mut offers = choices(table)
        .map(|(input, target)| offer(&quote!(form), input, target))
        .peekable();
    offers.peek()?;
    Some(quote! {
        impl Fields {
            async fn load(db: &Db, form: Filled<#form>) -> Result<Self> {
                let choices = Choices::load(db, form.state(), &[#(#offers)*]).await?;
                Ok(Self { form, choices })
            }
        }
    })
}

/// The controls of a filled form: loaded, where there is something to choose.
pub(super) fn filled_fields(table: &Table, form: &TokenStream) -> TokenStream {
    match choices(table).next() {
        Some(_) => quote!(Fields::load(&db, #form).await?),
        None if form.to_string() == "form" => quote!(Fields { form }),
        None => quote!(Fields { form: #form }),
    }
}
