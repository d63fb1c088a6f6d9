//! The files at the root of `src`: `main.rs`, `lib.rs`, `routes.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::spaced;
use crate::format::{Imports, RustFile};
use crate::plan::{App, Group, Table, Target};

/// `src/main.rs`
pub(super) fn main(app: &App) -> RustFile {
    let mut imports = Imports::default();
    imports.add("std::process::ExitCode");
    let crate_name = app.crate_ident();
    RustFile {
        docs: vec![
            "Starts the server: `cargo run`, or `cargo run -- serve --addr 127.0.0.1:8000`."
                .to_owned(),
        ],
        imports,
        items: vec![quote! {
            #[tokio::main]
            async fn main() -> ExitCode {
                umbel::run(#crate_name::app, #crate_name::routes::TABLES).await
            }
        }],
        ..RustFile::default()
    }
}

/// `src/lib.rs`
pub(super) fn library(app: &App) -> RustFile {
    let mut imports = Imports::default();
    for path in ["umbel::App", "umbel::axum::Router", "umbel::web"] {
        imports.add(path);
    }
    let enums =
        (!app.enums.is_empty()).then(|| syn::Ident::new("enums", proc_macro2::Span::call_site()));
    let mut modules: Vec<syn::Ident> = app.top_level_modules();
    modules.extend(enums);
    modules.extend(
        ["layout", "routes", "ui"]
            .map(|name| syn::Ident::new(name, proc_macro2::Span::call_site())),
    );
    modules.sort();
    let title = &app.title;
    RustFile {
        docs: vec![format!(
            "The application {title}, shared by `main` and the tests."
        )],
        modules: modules
            .iter()
            .map(|module| quote!(pub mod #module;))
            .collect(),
        imports,
        items: vec![quote! {
            /// The whole application: every route, wrapped in the layers that every page needs.
            pub fn app(app: App) -> Router {
                web::layers(app, routes::routes(), layout::error_page)
            }
        }],
        ..RustFile::default()
    }
}

/// `src/sales/mod.rs`: the tables of one database schema.
pub(super) fn group(app: &App, group: &Group) -> RustFile {
    let mut modules: Vec<&syn::Ident> = app
        .tables
        .iter()
        .filter(|table| table.schema == group.schema)
        .filter_map(|table| table.names.module.last())
        .collect();
    modules.sort();
    RustFile {
        docs: vec![format!(
            "The tables of the database schema `{}`.",
            super::docs::printable(&group.schema)
        )],
        modules: modules
            .iter()
            .map(|module| quote!(pub mod #module;))
            .collect(),
        ..RustFile::default()
    }
}

/// `src/routes.rs`: every URL of the application on one page.
pub(super) fn routes(app: &App) -> RustFile {
    let mut imports = Imports::default();
    for path in [
        "umbel::App",
        "umbel::axum::Router",
        "umbel::web::routing::get",
        "crate::layout",
    ] {
        imports.add(path);
    }
    imports.add("umbel::model::Model");
    imports.add("umbel::model::Table");
    let changes =
        |table: &Table| table.is_writable() || table.pages.delete || table.pages.refresh.is_some();
    if app.tables.iter().any(changes) {
        imports.add("umbel::web::routing::post");
    }
    for table in &app.tables {
        imports.add(&super::path_of(&Target {
            module: table.names.module.clone(),
            model: table.names.model.clone(),
        }));
    }
    let models = app.tables.iter().map(|table| &table.names.model);
    let tables = app.tables.iter().map(table_routes);
    let merges = app.tables.iter().map(|table| {
        let function = &table.names.routes;
        quote!(.merge(#function()))
    });
    RustFile {
        docs: vec!["Every URL of the application, table by table.".to_owned()],
        imports,
        items: [quote! {
            /// The tables as they were when the application was emitted; at its start it says what differs.
            pub const TABLES: &[&Table] = &[#(#models::TABLE,)*];
        },
        quote! {
            pub fn routes() -> Router<App> {
                Router::new().route("/", get(layout::home)).route("/static/app.css", get(layout::css)) #(#merges)*
            }
        }]
        .into_iter()
        .chain(tables)
        .collect(),
        ..RustFile::default()
    }
}

/// The URLs of one table.
fn table_routes(table: &Table) -> TokenStream {
    let function = &table.names.routes;
    let module = &table.names.module;
    let views = quote!(crate::#(#module::)*views);
    let url = &table.names.url;
    let pages = &table.pages;
    let mut routes = vec![quote!(.route(#url, get(views::list)))];
    let mut add = |emitted: bool, path: &str, handlers: TokenStream| {
        if emitted {
            let url = format!("{url}{path}");
            routes.push(quote!(.route(#url, #handlers)));
        }
    };
    add(pages.new, "", quote!(post(views::create)));
    add(pages.new, "/new", quote!(get(views::new)));
    add(pages.show, "/{key}", quote!(get(views::show)));
    add(pages.edit, "/{key}/edit", quote!(get(views::edit)));
    add(pages.edit, "/{key}/edit", quote!(post(views::update)));
    add(pages.delete, "/{key}/delete", quote!(get(views::confirm)));
    add(pages.delete, "/{key}/delete", quote!(post(views::delete)));
    add(
        pages.refresh.is_some(),
        "/refresh",
        quote!(post(views::refresh)),
    );
    let docs = super::docs::doc(&format!("`{}`", table.qualified_name()));
    let body = spaced([quote!(use #views;), quote!(Router::new() #(#routes)*)]);
    quote! {
        #docs
        fn #function() -> Router<App> {
            #body
        }
    }
}
