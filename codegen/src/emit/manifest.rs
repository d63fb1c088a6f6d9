//! `Cargo.toml`, of the application and of the crates that it may be made of.

use std::collections::BTreeMap;
use std::path::Path;

use askama::Template;

use super::text::{array, quoted, render};
use crate::plan::{App, Package, Runtime};

#[derive(Template)]
#[template(path = "text/Cargo.toml.txt", escape = "none")]
struct Application<'a> {
    app: &'a App,
    dependencies: Dependencies,
}

#[derive(Template)]
#[template(path = "text/package.toml.txt", escape = "none")]
struct OfSeveral<'a> {
    package: &'a Package,
    dependencies: Dependencies,
}

/// What a package depends upon: names, and values in `Cargo.toml`.
type Dependencies = BTreeMap<String, String>;

pub(super) fn application(app: &App, add: &mut impl FnMut(&str, String)) {
    let mut dependencies = Dependencies::from([
        ("tokio".to_owned(), TOKIO.to_owned()),
        ("umbel".to_owned(), umbel(app, "")),
    ]);
    if app.split {
        let parts = app.parts();
        let pages = parts.iter().map(|part| app.pages(part));
        for package in [app.models(), app.ui()].into_iter().chain(pages) {
            dependencies.extend([below("", &package)]);
        }
        several(app, add);
    } else {
        dependencies.extend([askama()]);
    }
    let manifest = Application { app, dependencies };
    add("Cargo.toml", render(&manifest));
}

/// The packages besides the application's own.
fn several(app: &App, add: &mut impl FnMut(&str, String)) {
    let (models, ui) = (app.models(), app.ui());
    package(app, &models, Dependencies::new(), add);
    with_templates(app, &ui, Dependencies::new(), add);
    for part in app.parts() {
        let pages = app.pages(&part);
        let up = up_from(&pages);
        let others = [below(&up, &models), below(&up, &ui)];
        with_templates(app, &pages, others.into(), add);
    }
}

fn with_templates(
    app: &App,
    of: &Package,
    mut dependencies: Dependencies,
    add: &mut impl FnMut(&str, String),
) {
    dependencies.extend([askama()]);
    package(app, of, dependencies, add);
    let folders = array(&[format!("{}templates", up_from(of))]);
    let settings = format!("[general]\ndirs = {folders}\n");
    add(&format!("{}/askama.toml", of.folder), settings);
}

fn package(
    app: &App,
    package: &Package,
    mut dependencies: Dependencies,
    add: &mut impl FnMut(&str, String),
) {
    dependencies.insert("umbel".to_owned(), umbel(app, &up_from(package)));
    let manifest = OfSeveral {
        package,
        dependencies,
    };
    add(&format!("{}/Cargo.toml", package.folder), render(&manifest));
}

const TOKIO: &str = r#"{ version = "1", features = ["macros", "rt-multi-thread"] }"#;

fn askama() -> (String, String) {
    ("askama".to_owned(), quoted("0.16"))
}

/// The way from a package to the application's folder: `../../`.
fn up_from(package: &Package) -> String {
    "../".repeat(package.folder.split('/').count())
}

/// A package of the application among the dependencies of one, from which `up` leads to the application's folder.
fn below(up: &str, package: &Package) -> (String, String) {
    let path = quoted(&format!("{up}{}", package.folder));
    (package.name.clone(), format!("{{ path = {path} }}"))
}

/// The value of the runtime, likewise.
fn umbel(app: &App, up: &str) -> String {
    let source = match &app.runtime {
        Runtime::Version(version) if app.driver.feature().is_none() => return quoted(version),
        Runtime::Version(version) => format!("version = {}", quoted(version)),
        Runtime::Path(path) if Path::new(path).is_relative() => {
            format!("path = {}", quoted(&format!("{up}{path}")))
        }
        Runtime::Path(path) => format!("path = {}", quoted(path)),
    };
    let features = app.driver.feature().map(|feature| {
        let features = array(&[feature.to_owned()]);
        format!(", default-features = false, features = {features}")
    });
    format!("{{ {source}{} }}", features.unwrap_or_default())
}
