//! An application of several crates: one of the models, one of what surrounds the pages, and one for each part of the
//! pages. The code of models, forms and pages is the same as in one crate.

use std::iter;

use quote::quote;
use syn::Ident;

use super::{
    form_export, markdown, model_export, model_modules, modules, pages_modules, root, root_modules,
    ui_module,
};
use crate::format::{Imports, RustFile};
use crate::plan::{App, Package, Part, Table};

pub(super) fn application(app: &App, add: &mut impl FnMut(&str, RustFile)) {
    let (models, ui) = (app.models(), app.ui());
    let all: Vec<&Table> = app.tables.iter().collect();
    add("src/lib.rs", library(app, &models, &ui));
    add("src/routes.rs", routes(app));
    let source = format!("{}/src", models.folder);
    add(&format!("{source}/lib.rs"), model_library(app));
    modules(app, &source, &all, None, add);
    add(&format!("{}/src/lib.rs", ui.folder), ui_library(app));
    for part in app.parts() {
        let source = format!("{}/src", app.pages(&part).folder);
        let library = part_library(app, &part);
        add(&format!("{source}/lib.rs"), library);
        add(&format!("{source}/routes.rs"), part_routes(&part));
        modules(app, &source, &part.tables, Some(&models), add);
    }
}

/// `src/lib.rs`
fn library(app: &App, models: &Package, ui: &Package) -> RustFile {
    let (models, ui) = (models.ident(), ui.ident());
    RustFile {
        modules: root_modules([], &["routes"]),
        exports: vec![quote!(pub use #models::*;), quote!(pub use #ui::layout;)],
        ..root::entry(app)
    }
}

/// `src/routes.rs`
fn routes(app: &App) -> RustFile {
    let parts = app.parts();
    let merges = parts.iter().map(|part| {
        let part = app.pages(part).ident();
        quote!(#part::routes::routes())
    });
    RustFile {
        docs: vec!["Every URL of the application, part by part.".to_owned()],
        ..root::all_routes(app, merges)
    }
}

/// `models/src/lib.rs`
fn model_library(app: &App) -> RustFile {
    let enums: Vec<&str> = super::enums_module(app).into_iter().collect();
    RustFile {
        docs: vec![format!(
            "The models of the application {}.",
            markdown::inline(&app.title)
        )],
        modules: root_modules(&app.tables, &enums),
        ..RustFile::default()
    }
}

/// `ui/src/lib.rs`
fn ui_library(app: &App) -> RustFile {
    let modules: Vec<&str> = iter::once("layout").chain(ui_module(app)).collect();
    RustFile {
        docs: vec!["What surrounds every page.".to_owned()],
        modules: root_modules([], &modules),
        ..RustFile::default()
    }
}

/// `pages/f/src/lib.rs`: every model is where it is in the application as a whole.
fn part_library(app: &App, part: &Part<'_>) -> RustFile {
    let (models, ui) = (app.models().ident(), app.ui().ident());
    let models = app
        .has_models_beside(&part.tables)
        .then(|| quote!(pub use #models::*;));
    RustFile {
        docs: vec![format!(
            "The pages of tables whose names begin with `{}`.",
            part.name
        )],
        modules: root_modules(part.tables.iter().copied(), &["routes"]),
        exports: models
            .into_iter()
            .chain([quote!(pub use #ui::*;)])
            .collect(),
        ..RustFile::default()
    }
}

/// `pages/f/src/routes.rs`
fn part_routes(part: &Part<'_>) -> RustFile {
    let functions = part.tables.iter().map(|table| &table.names.routes);
    let routes = quote! {
        pub fn routes() -> Routes {
            Routes::new() #(.merge(#functions()))*
        }
    };
    let file = RustFile {
        docs: vec!["The URLs of these pages, table by table.".to_owned()],
        items: vec![routes],
        ..RustFile::default()
    };
    root::with_tables(file, &part.tables)
}

/// `models/src/film/mod.rs`
pub(super) fn model(table: &Table) -> RustFile {
    RustFile {
        docs: vec![format!("{}: its model.", super::docs::table(table))],
        modules: model_modules(table),
        exports: vec![model_export(table)],
        ..RustFile::default()
    }
}

/// `pages/f/src/film/mod.rs`
pub(super) fn pages(app: &App, table: &Table) -> RustFile {
    let parts = if table.is_writable() {
        "its form and its pages"
    } else {
        "its pages"
    };
    let models = app.models().ident();
    let module: Vec<String> = table.names.module.iter().map(Ident::to_string).collect();
    let mut imports = Imports::default();
    imports.add_as(&format!("{models}::{}", module.join("::")), "model");
    RustFile {
        docs: vec![format!("{}: {parts}.", super::docs::table(table))],
        imports,
        modules: pages_modules(table),
        exports: [form_export(table), vec![model_export(table)]].concat(),
        ..RustFile::default()
    }
}
