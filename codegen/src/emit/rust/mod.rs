//! The Rust files of the application.

mod display;
mod docs;
mod enums;
mod form;
mod form_impl;
mod handlers;
mod hooks;
mod model;
mod root;
mod table_definition;
mod tests;
mod views;
mod writes;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::{Content, EmittedFile};
use crate::format::{Printed, RustFile, blank_line};
use crate::plan::{App, Table, Target};

pub(super) fn application(app: &App, files: &mut Vec<EmittedFile>) {
    let mut add = |path: &str, file: RustFile| files.push(emitted(path.to_owned(), file));
    add("src/lib.rs", root::library(app));
    add("src/main.rs", root::main(app));
    add("src/routes.rs", root::routes(app));
    for group in &app.groups {
        let path = format!("src/{}/mod.rs", group.module);
        add(&path, root::group(app, group));
    }
    if !app.enums.is_empty() {
        add("src/enums.rs", enums::file(app));
    }
    add("tests/pages/main.rs", tests::main(app));
}

pub(super) fn table(app: &App, table: &Table, files: &mut Vec<EmittedFile>) {
    let folder = format!("src/{}", table.names.folder);
    let mut add = |path: String, file: RustFile| files.push(emitted(path, file));
    add(format!("{folder}/mod.rs"), module(table));
    add(format!("{folder}/model.rs"), model::file(table));
    add(format!("{folder}/views.rs"), views::file(table));
    if table.is_writable() {
        add(format!("{folder}/form.rs"), form::file(table));
    }
    if table.hooks {
        add(format!("{folder}/hooks.rs"), hooks::file(table));
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
    let names = &table.names;
    let exports = [
        (true, &names.model),
        (table.has_row(), &names.row),
        (table.is_writable(), &names.new),
        (table.pages.edit, &names.patch),
    ];
    let exports = exports
        .iter()
        .filter(|(emitted, _)| *emitted)
        .map(|(_, name)| name);
    let form = &names.form;
    let (form_module, form_export) = if table.is_writable() {
        (
            Some(quote!(
                mod form;
            )),
            Some(quote!(pub use form::#form;)),
        )
    } else {
        (None, None)
    };
    let parts = if table.is_writable() {
        "its model, its form and its pages"
    } else {
        "its model and its pages"
    };
    RustFile {
        docs: vec![format!("{}: {parts}.", docs::table(table))],
        modules: form_module
            .into_iter()
            .chain(table.hooks.then(|| {
                quote!(
                    mod hooks;
                )
            }))
            .chain([
                quote!(
                    mod model;
                ),
                quote!(
                    pub(crate) mod views;
                ),
            ])
            .collect(),
        exports: form_export
            .into_iter()
            .chain([quote!(pub use model::{#(#exports),*};)])
            .collect(),
        ..RustFile::default()
    }
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
