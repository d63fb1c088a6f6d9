//! What surrounds the pages of every application: layout, navigation, components, stylesheet.

use askama::Template;

use super::{html, literal};
use crate::emit::text::render;
use crate::emit::{Content, EmittedFile};
use crate::plan::{App, Table};

#[derive(Template)]
#[template(path = "app/src/layout.rs", escape = "none")]
struct Layout {
    /// As a literal of Rust.
    title: String,
    /// The way from the crate to the folder `static`: `/..` of one of several crates.
    up: &'static str,
    has_own_ui: bool,
}

#[derive(Template)]
#[template(path = "app/templates/nav.html", escape = "none")]
struct Nav<'a> {
    groups: Vec<TableGroup<'a>>,
}

#[derive(Template)]
#[template(path = "app/templates/home.html", escape = "none")]
struct Home<'a> {
    groups: Vec<TableGroup<'a>>,
}

/// The tables of one database schema.
struct TableGroup<'a> {
    /// Where there are several.
    label: Option<&'a str>,
    tables: Vec<&'a Table>,
}

/// The files that are the same in every application.
macro_rules! verbatim {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../../templates/app/", $path)))),*]
    };
}

pub(super) fn application(app: &App, files: &mut Vec<EmittedFile>) {
    let verbatim = verbatim![
        "static/app.css",
        "templates/base.html",
        "templates/error.html",
        "templates/page.html",
    ];
    let title = literal(&app.title);
    let folder = app.ui_source();
    let up = if app.split { "/.." } else { "" };
    let layout = render(&Layout {
        title,
        up,
        has_own_ui: app.has_own_ui,
    });
    let code = [(format!("{folder}/layout.rs"), layout)];
    let printed = [
        (
            "templates/nav.html",
            render(&Nav {
                groups: groups(app),
            }),
        ),
        (
            "templates/home.html",
            render(&Home {
                groups: groups(app),
            }),
        ),
    ];
    let verbatim = verbatim.map(|(path, text)| (path, text.to_owned()));
    let others = verbatim.into_iter().chain(printed);
    let others = others.map(|(path, text)| (path.to_owned(), text));
    files.extend(
        code.into_iter()
            .chain(others)
            .map(|(path, text)| EmittedFile {
                path,
                content: Content::Text(text),
            }),
    );
}

/// The tables of each database schema, behind those of the schemas that are no groups.
fn groups(app: &App) -> Vec<TableGroup<'_>> {
    let tables = |is_here: &dyn Fn(&&Table) -> bool| app.with_pages().filter(is_here).collect();
    let in_group = |table: &Table| app.groups.iter().any(|group| group.schema == table.schema);
    let alone = TableGroup {
        label: None,
        tables: tables(&|table| !in_group(table)),
    };
    let groups = app.groups.iter().map(|group| TableGroup {
        label: Some(&group.label),
        tables: tables(&|table| table.schema == group.schema),
    });
    let all = std::iter::once(alone).chain(groups);
    all.filter(|group| !group.tables.is_empty()).collect()
}
