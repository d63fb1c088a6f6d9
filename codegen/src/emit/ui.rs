//! `src/ui.rs` and `templates/ui`, where the parts of pages are the application's own: those of the runtime, as its
//! sources have them.

use std::iter;

use super::{Content, EmittedFile};
use crate::format::{Imports, Printed, RustFile};
use crate::plan::App;

/// The parts, which `umbel::ui` is.
const PARTS: &str = include_str!("../../templates/ui.rs");

/// Where the crate `umbel` has what its own crates have elsewhere.
const MODULES: [(&str, &str); 9] = [
    ("crate::form", "umbel::form"),
    ("crate::show", "umbel::show"),
    ("crate::visit", "umbel::web"),
    ("umbel_data::actor", "umbel::db"),
    ("umbel_data::catalog", "umbel::model"),
    ("umbel_data::list", "umbel::list"),
    ("umbel_data::model", "umbel::model"),
    ("umbel_data::related", "umbel::model"),
    ("umbel_data::values", "umbel::show"),
];

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$((
            concat!("templates/ui/", $name),
            include_str!(concat!("../../templates/ui/", $name)),
        )),*]
    };
}

/// The templates of the parts.
const TEMPLATES: [(&str, &str); 13] = templates![
    "delete.html",
    "edit.html",
    "empty.html",
    "facts.html",
    "field.html",
    "fields.html",
    "form.html",
    "heads.html",
    "new.html",
    "pager.html",
    "related.html",
    "tools.html",
    "visitor.html",
];

pub(super) fn application(app: &App, files: &mut Vec<EmittedFile>) {
    if !app.has_own_ui {
        return;
    }
    let code = (format!("{}/ui.rs", app.ui_source()), Content::Rust(code()));
    let templates = TEMPLATES.map(|(path, text)| (path.to_owned(), Content::Text(text.to_owned())));
    let all = iter::once(code).chain(templates);
    files.extend(all.map(|(path, content)| EmittedFile { path, content }));
}

/// The source, which imports from `umbel`.
fn code() -> String {
    let parsed = syn::parse_file(PARTS).expect("the runtime is Rust");
    let mut imports = Imports::default();
    for item in &parsed.items {
        if let syn::Item::Use(item) = item {
            add(&mut imports, String::new(), &item.tree);
        }
    }
    let (docs, rest) = PARTS.split_once("\n\n").expect("a file has a head");
    let (_, rest) = rest.split_once("\n///").expect("an item has documentation");
    let head = RustFile {
        docs: vec![docs.trim_start_matches("//! ").to_owned()],
        imports,
        ..RustFile::default()
    };
    match head.print() {
        Printed::Formatted(head) | Printed::Unformatted(head) => format!("{head}\n///{rest}"),
    }
}

/// Adds the names of a `use`, from where `umbel` has them.
fn add(imports: &mut Imports, module: String, tree: &syn::UseTree) {
    match tree {
        syn::UseTree::Path(path) if module.is_empty() => {
            add(imports, path.ident.to_string(), &path.tree);
        }
        syn::UseTree::Path(path) => {
            add(imports, format!("{module}::{}", path.ident), &path.tree);
        }
        syn::UseTree::Name(name) => {
            let known = MODULES.iter().find(|(from, _)| *from == module);
            let module = known.map_or(module.as_str(), |(_, to)| to);
            imports.add(&format!("{module}::{}", name.ident));
        }
        syn::UseTree::Group(group) => {
            for tree in &group.items {
                add(imports, module.clone(), tree);
            }
        }
        syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_parts_import_from_the_facade_alone() {
        let code = code();
        for line in code.lines().filter(|line| line.starts_with("use ")) {
            let module = line.split([' ', ':', ';']).nth(1);
            let known = ["askama", "std", "umbel"];
            assert!(
                module.is_some_and(|module| known.contains(&module)),
                "{line}"
            );
        }
        assert!(code.starts_with("//! "), "{code}");
        syn::parse_file(&code).unwrap();
    }
}
