//! `tests/pages/`: the application's own tests, one file per table in one test binary.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::markdown;
use crate::format::{Imports, RustFile};
use crate::plan::{App, Table};

/// `tests/pages/main.rs`
pub(super) fn main(app: &App) -> RustFile {
    let mut modules: Vec<String> = app.with_pages().map(module_name).collect();
    modules.sort();
    RustFile {
        docs: vec!["The pages of every table, as a browser would ask for them; `DATABASE_URL` names the database.".to_owned()],
        modules: modules
            .iter()
            .map(|module| {
                let module = format_ident!("{module}");
                quote!(mod #module;)
            })
            .collect(),
        ..RustFile::default()
    }
}

/// The name of the table's test module: `film`, `sales_order`.
pub(super) fn module_name(table: &Table) -> String {
    table.names.routes.to_string()
}

/// `tests/pages/film.rs`
pub(super) fn file(app: &App, table: &Table) -> RustFile {
    let mut imports = Imports::default();
    imports.add("umbel::testing::Client");
    let pages = &table.pages;
    let tests = [
        Some(list(app, table)),
        pages.new.then(|| new(app, table)),
        pages.show.then(|| missing(app, table)),
        refuses_empty(table).then(|| empty(app, table)),
    ];
    RustFile {
        docs: vec![format!(
            "The pages of {}.",
            markdown::inline(&table.names.title.to_lowercase())
        )],
        imports,
        items: tests.into_iter().flatten().collect(),
        ..RustFile::default()
    }
}

fn list(app: &App, table: &Table) -> TokenStream {
    let url = &table.names.url;
    test(
        app,
        "the_list_is_shown",
        &quote! {
            assert_eq!(app.get(#url).await.status, 200);
        },
    )
}

fn new(app: &App, table: &Table) -> TokenStream {
    let url = format!("{}/new", table.names.url);
    test(
        app,
        "an_empty_form_is_shown",
        &quote! {
            assert_eq!(app.get(#url).await.status, 200);
        },
    )
}

/// No key of any table has as many parts: there is no such row in any database.
fn missing(app: &App, table: &Table) -> TokenStream {
    let url = format!(
        "{}/no,such,{}",
        table.names.url,
        vec!["key"; table.key.len()].join(",")
    );
    test(
        app,
        "a_missing_row_is_not_found",
        &quote! {
            assert_eq!(app.get(#url).await.status, 404);
        },
    )
}

fn empty(app: &App, table: &Table) -> TokenStream {
    let url = &table.names.url;
    test(
        app,
        "what_is_missing_is_said",
        &quote! {
            assert_eq!(app.post(#url, &[]).await.status, 422);
        },
    )
}

/// Whether a form without any value is refused before the database is asked.
fn refuses_empty(table: &Table) -> bool {
    table.pages.new && table.inputs.iter().any(|input| input.required)
}

fn test(app: &App, name: &str, body: &TokenStream) -> TokenStream {
    let name = format_ident!("{name}");
    let crate_name = app.crate_ident();
    quote! {
        #[tokio::test]
        async fn #name() {
            let app = Client::new(&#crate_name::SITE).await;
            #body
        }
    }
}
