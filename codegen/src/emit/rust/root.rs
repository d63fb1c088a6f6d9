//! The files at the root of `src`: `main.rs`, `lib.rs`, `routes.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{markdown, spaced};
use crate::format::{Imports, RustFile};
use crate::plan::{App, Group, Package, Table, Target};

/// `src/main.rs`
pub(super) fn main(app: &App) -> RustFile {
    let mut imports = Imports::default();
    imports.add("std::process::ExitCode");
    let crate_name = app.crate_ident();
    RustFile {
        docs: vec![
            "The command of the application: `cargo run` starts its server, `cargo run -- help` says what else there is."
                .to_owned(),
        ],
        imports,
        items: vec![quote! {
            fn main() -> ExitCode {
                umbel::run(&#crate_name::SITE)
            }
        }],
        ..RustFile::default()
    }
}

/// `src/lib.rs`
pub(super) fn library(app: &App) -> RustFile {
    let shared = ["layout", "routes"].into_iter();
    let own = super::enums_module(app)
        .into_iter()
        .chain(super::ui_module(app));
    let shared: Vec<&str> = shared.chain(own).collect();
    RustFile {
        modules: super::root_modules(&app.tables, &shared),
        ..entry(app)
    }
}

/// What `src/lib.rs` has in every application: the application as a whole.
pub(super) fn entry(app: &App) -> RustFile {
    let mut imports = Imports::default();
    imports.add("umbel::Site");
    let title = &app.title;
    RustFile {
        docs: vec![format!(
            "The application {}, shared by `main` and the tests.",
            markdown::inline(title)
        )],
        imports,
        items: vec![quote! {
            /// The application: its tables, its files, its pages, and what a page says when something goes wrong.
            pub static SITE: Site = Site {
                tables: routes::TABLES,
                files: Some(&layout::FILES),
                routes: |_| routes::routes(),
                page: layout::runtime_page,
                error_page: layout::error_page,
                ..Site::new(layout::NAME)
            };
        }],
        ..RustFile::default()
    }
}

/// `src/sales/mod.rs`: the tables of one database schema.
pub(super) fn group(group: &Group, tables: &[&Table], models: Option<&Package>) -> RustFile {
    let module = &group.module;
    let models = models.map(Package::ident);
    let others = models.map(|models| quote!(pub use #models::#module::*;));
    let modules = tables.iter();
    let modules = modules.filter_map(|table| table.names.module.last().cloned());
    RustFile {
        docs: vec![format!(
            "The tables of the database schema {}.",
            markdown::code(&group.schema)
        )],
        modules: super::public_modules(modules),
        exports: others.into_iter().collect(),
        ..RustFile::default()
    }
}

/// `src/routes.rs`: every URL of the application on one page.
pub(super) fn routes(app: &App) -> RustFile {
    let tables: Vec<&Table> = app.with_pages().collect();
    let functions = tables.iter().map(|table| &table.names.routes);
    let merges = functions.map(|function| quote!(#function()));
    RustFile {
        docs: vec!["Every URL of the application, table by table.".to_owned()],
        ..with_tables(all_routes(app, merges), &tables)
    }
}

/// The tables, and the routes that no table has, with which `others` are merged.
pub(super) fn all_routes(app: &App, others: impl Iterator<Item = TokenStream>) -> RustFile {
    let mut imports = Imports::default();
    for path in [
        "umbel::model::Model",
        "umbel::any::AnyModel",
        "umbel::web::Routes",
        "umbel::web::routing::get",
        "crate::layout",
    ] {
        imports.add(path);
    }
    for table in &app.tables {
        imports.add(&path_of(table));
    }
    let models = app.tables.iter().map(|table| &table.names.model);
    let items = [
        quote! {
            /// The tables as they were when the application was emitted; at its start it says what differs.
            pub const TABLES: &[AnyModel] = &[#(#models::ANY,)*];
        },
        quote! {
            pub fn routes() -> Routes {
                Routes::new().route("/", get(layout::home)) #(.merge(#others))*
            }
        },
    ];
    RustFile {
        imports,
        items: items.into(),
        ..RustFile::default()
    }
}

/// The file, and the routes of these tables.
pub(super) fn with_tables(mut file: RustFile, tables: &[&Table]) -> RustFile {
    for path in [
        "umbel::model::Model",
        "umbel::web::Routes",
        "umbel::web::TableRoutes",
        "umbel::web::routing::get",
    ] {
        file.imports.add(path);
    }
    for table in tables {
        file.imports.add(&path_of(table));
    }
    let changes =
        |table: &&Table| table.is_writable() || table.pages.delete || table.pages.refresh.is_some();
    if tables.iter().any(changes) {
        file.imports.add("umbel::web::routing::post");
    }
    file.items
        .extend(tables.iter().map(|table| table_routes(table)));
    file
}

fn path_of(table: &Table) -> String {
    super::path_of(&Target {
        module: table.names.module.clone(),
        model: table.names.model.clone(),
    })
}

/// The URLs of one table.
fn table_routes(table: &Table) -> TokenStream {
    let function = &table.names.routes;
    let module = &table.names.module;
    let views = quote!(crate::#(#module::)*views);
    let (url, model) = (&table.names.url, &table.names.model);
    let pages = &table.pages;
    let mut routes = Vec::new();
    let mut add = |emitted: bool, access: TokenStream, path: &str, handler: TokenStream| {
        if emitted {
            let url = format!("{url}{path}");
            routes.push(quote!(.#access(#url, #handler)));
        }
    };
    let [view, adds, change, delete] = [quote!(view), quote!(add), quote!(change), quote!(delete)];
    add(true, view.clone(), "", quote!(get(views::list)));
    add(pages.new, adds.clone(), "", quote!(post(views::create)));
    add(pages.new, adds, "/new", quote!(get(views::new)));
    add(pages.show, view, "/{key}", quote!(get(views::show)));
    add(
        pages.edit,
        change.clone(),
        "/{key}/edit",
        quote!(get(views::edit)),
    );
    add(
        pages.edit,
        change.clone(),
        "/{key}/edit",
        quote!(post(views::update)),
    );
    add(
        pages.delete,
        delete.clone(),
        "/{key}/delete",
        quote!(get(views::confirm)),
    );
    add(
        pages.delete,
        delete,
        "/{key}/delete",
        quote!(post(views::delete)),
    );
    add(
        pages.refresh.is_some(),
        change,
        "/refresh",
        quote!(post(views::refresh)),
    );
    let docs = super::docs::doc(&markdown::code(&table.qualified_name()));
    let body = spaced([
        quote!(use #views;),
        quote!(Routes::of(#model::TABLE) #(#routes)*),
    ]);
    quote! {
        #docs
        fn #function() -> TableRoutes {
            #body
        }
    }
}
