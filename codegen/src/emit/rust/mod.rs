//! The Rust files of the application.

mod choices;
mod display;
mod docs;
mod enums;
mod form;
mod form_impl;
mod handlers;
mod hooks;
mod json;
mod markdown;
mod model;
mod parts;
mod policy;
mod root;
mod table_definition;
mod tests;
mod views;
mod writes;

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use super::{Content, EmittedFile};
use crate::format::{Printed, RustFile, blank_line};
use crate::plan::{App, Package, Table, Target};

pub(super) fn application(app: &App, files: &mut Vec<EmittedFile>) {
    let mut add = |path: &str, file: RustFile| files.push(emitted(path.to_owned(), file));
    add("src/main.rs", root::main(app));
    if app.split {
        parts::application(app, &mut add);
    } else {
        add("src/lib.rs", root::library(app));
        add("src/routes.rs", root::routes(app));
        let all: Vec<&Table> = app.tables.iter().collect();
        modules(app, "src", &all, None, &mut add);
    }
    if !app.enums.is_empty() {
        let folder = app.models_source();
        add(&format!("{folder}/enums.rs"), enums::file(app));
    }
    add("tests/pages/main.rs", tests::main(app));
}

/// The modules of the database schemas in a crate of these tables; the others are in the crate `models`.
fn modules(
    app: &App,
    folder: &str,
    tables: &[&Table],
    models: Option<&Package>,
    add: &mut impl FnMut(&str, RustFile),
) {
    for group in &app.groups {
        let own = tables.iter().copied();
        let own: Vec<&Table> = own.filter(|table| table.schema == group.schema).collect();
        if !own.is_empty() {
            let path = format!("{folder}/{}/mod.rs", group.module);
            let models = models.filter(|_| app.has_models_of(group, &own));
            add(&path, root::group(group, &own, models));
        }
    }
}

pub(super) fn table(app: &App, table: &Table, files: &mut Vec<EmittedFile>) {
    let (models, pages) = (table.names.model_folder(), table.names.pages_folder());
    let mut add = |path: String, file: RustFile| files.push(emitted(path, file));
    if app.split {
        add(format!("{models}/mod.rs"), parts::model(table));
        if table.has_pages {
            add(format!("{pages}/mod.rs"), parts::pages(app, table));
        }
    } else {
        add(format!("{models}/mod.rs"), module(table));
    }
    add(format!("{models}/model.rs"), model::file(app, table));
    if table.hooks {
        add(format!("{models}/hooks.rs"), hooks::file(table));
    }
    if table.policy {
        add(format!("{models}/policy.rs"), policy::file(table));
    }
    if !table.has_pages {
        return;
    }
    add(format!("{pages}/views.rs"), views::file(app, table));
    if table.has_form() {
        add(format!("{pages}/form.rs"), form::file(table));
    }
    add(
        format!("tests/pages/{}.rs", tests::module_name(table)),
        tests::file(app, table),
    );
}

fn emitted(path: String, file: RustFile) -> EmittedFile {
    let content = match file.print() {
        Printed::Formatted(text) => Content::Text(text),
        Printed::Unformatted(text) => Content::Rust(text),
    };
    EmittedFile { path, content }
}

/// `src/film/mod.rs`: what the folder exports.
fn module(table: &Table) -> RustFile {
    let parts = match (table.has_pages, table.has_form()) {
        (_, true) => "its model, its form and its pages",
        (true, false) => "its model and its pages",
        (false, false) => "its model",
    };
    RustFile {
        docs: vec![format!("{}: {parts}.", docs::table(table))],
        modules: [model_modules(table), pages_modules(table)].concat(),
        exports: [form_export(table), vec![model_export(table)]].concat(),
        ..RustFile::default()
    }
}

/// The modules about the rows of a table.
fn model_modules(table: &Table) -> Vec<TokenStream> {
    let hooks = table.hooks.then(|| {
        quote!(
            mod hooks;
        )
    });
    let model = quote!(
        mod model;
    );
    let policy = table.policy.then(|| {
        quote!(
            mod policy;
        )
    });
    hooks.into_iter().chain([model]).chain(policy).collect()
}

/// The modules about its pages.
fn pages_modules(table: &Table) -> Vec<TokenStream> {
    let form = table.has_form().then(|| {
        quote!(
            mod form;
        )
    });
    let views = table.has_pages.then(|| {
        quote!(
            pub(crate) mod views;
        )
    });
    form.into_iter().chain(views).collect()
}

fn model_export(table: &Table) -> TokenStream {
    let names = &table.names;
    let exports = [
        (true, &names.model),
        (table.has_row(), &names.row),
        (table.is_writable(), &names.new),
        (table.pages.edit, &names.patch),
    ];
    let exports = exports.iter().filter(|(emitted, _)| *emitted);
    let exports = exports.map(|(_, name)| name);
    quote!(pub use model::{#(#exports),*};)
}

fn form_export(table: &Table) -> Vec<TokenStream> {
    let form = &table.names.form;
    let export = table.has_form().then(|| quote!(pub use form::#form;));
    export.into_iter().collect()
}

/// The modules of a crate of these tables, and others: one for each table, or for each database schema.
fn root_modules<'a>(
    tables: impl IntoIterator<Item = &'a Table>,
    others: &[&str],
) -> Vec<TokenStream> {
    let tables = tables.into_iter();
    let modules = tables.filter_map(|table| table.names.module.first().cloned());
    let others = others
        .iter()
        .map(|name| Ident::new(name, Span::call_site()));
    public_modules(modules.chain(others))
}

/// `pub mod film;` and the like, in order.
fn public_modules(modules: impl IntoIterator<Item = Ident>) -> Vec<TokenStream> {
    let modules: BTreeSet<Ident> = modules.into_iter().collect();
    let modules = modules.into_iter();
    modules.map(|module| quote!(pub mod #module;)).collect()
}

/// The module of the enums, if there are any.
fn enums_module(app: &App) -> Option<&'static str> {
    (!app.enums.is_empty()).then_some("enums")
}

/// The module of the parts of pages, where they are the application's own.
fn ui_module(app: &App) -> Option<&'static str> {
    app.has_own_ui.then_some("ui")
}

/// `crate::film::Film`
fn path_of(target: &Target) -> String {
    let module: Vec<String> = target.module.iter().map(Ident::to_string).collect();
    format!("crate::{}::{}", module.join("::"), target.model)
}

/// Items or members with a blank line between any two.
fn spaced(items: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let mut spaced = TokenStream::new();
    for item in items {
        if !spaced.is_empty() {
            spaced.extend(blank_line());
        }
        spaced.extend(item);
    }
    spaced
}
