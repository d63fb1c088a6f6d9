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
    rust_version: &'static str,
    /// Whether the runtime is this machine's.
    local: bool,
    dependencies: Dependencies,
}

#[derive(Template)]
#[template(path = "text/package.toml.txt", escape = "none")]
struct OfSeveral<'a> {
    package: &'a Package,
    rust_version: &'static str,
    /// Whether the runtime is this machine's.
    local: bool,
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
        dependencies.extend(of_models(app));
    }
    let manifest = Application {
        app,
        rust_version: RUST_VERSION,
        local: is_local(app),
        dependencies,
    };
    add("Cargo.toml", render(&manifest));
}

/// The packages besides the application's own.
fn several(app: &App, add: &mut impl FnMut(&str, String)) {
    let (models, ui) = (app.models(), app.ui());
    package(app, &models, of_models(app), add);
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
        rust_version: RUST_VERSION,
        local: is_local(app),
        dependencies,
    };
    add(&format!("{}/Cargo.toml", package.folder), render(&manifest));
}

/// The oldest compiler that builds the runtime, and so the application.
const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

const TOKIO: &str = r#"{ version = "1", features = ["macros", "rt-multi-thread"] }"#;

const SERDE: &str = r#"{ version = "1", features = ["derive"] }"#;

fn askama() -> (String, String) {
    ("askama".to_owned(), quoted("0.16"))
}

/// What models need besides the runtime.
fn of_models(app: &App) -> Dependencies {
    let serde = ("serde".to_owned(), SERDE.to_owned());
    app.serialized.then_some(serde).into_iter().collect()
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
    let driver = app.driver.feature();
    let serde = app.serialized.then_some("serde");
    let features: Vec<String> = driver.into_iter().chain(serde).map(str::to_owned).collect();
    if let (Runtime::Version(version), true) = (&app.runtime, features.is_empty()) {
        return quoted(version);
    }
    let mut members = vec![source(&app.runtime, up)];
    if driver.is_some() {
        members.push("default-features = false".to_owned());
    }
    if !features.is_empty() {
        members.push(format!("features = {}", array(&features)));
    }
    format!("{{ {} }}", members.join(", "))
}

/// Where the runtime comes from, as the members of a table in TOML.
pub(super) fn source(runtime: &Runtime, up: &str) -> String {
    match runtime {
        Runtime::Version(version) => format!("version = {}", quoted(version)),
        Runtime::Path(path) if Path::new(path).is_relative() => {
            format!("path = {}", quoted(&format!("{up}{path}")))
        }
        Runtime::Path(path) => format!("path = {}", quoted(path)),
        Runtime::Git { url, rev: None } => format!("git = {}", quoted(url)),
        Runtime::Git {
            url,
            rev: Some(rev),
        } => format!("git = {}, rev = {}", quoted(url), quoted(rev)),
    }
}

/// Whether the runtime lies in a folder that other machines do not have.
fn is_local(app: &App) -> bool {
    matches!(&app.runtime, Runtime::Path(path) if Path::new(path).is_absolute())
}
