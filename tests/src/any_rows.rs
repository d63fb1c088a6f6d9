//! Rows without types beside the typed ones of the same application: on both pages each cell has the same HTML.

use std::fs;

use scraper::{ElementRef, Html, Selector};

use crate::app::{App, Table};
use crate::http::Client;
use crate::{process, workspace};

/// How many rows of each list are opened.
const OPENED: usize = 3;

/// A row as a page shows it: its page, and the headings and the HTML of its cells.
#[derive(Debug)]
struct Shown {
    url: String,
    label: String,
    cells: Vec<(String, String)>,
}

/// Gives an application pages of its own on which every row is shown without its type.
pub fn add(app: &App) {
    let root = app.folder.join("src/lib.rs");
    let _adding = workspace::lock(&app.folder.with_extension("lock"));
    let before = fs::read_to_string(&root).expect("every application has one");
    if before.contains("mod untyped;") {
        return;
    }
    let file = app.folder.join("src/untyped.rs");
    let forms: String = app
        .tables()
        .iter()
        .filter_map(|table| form(app, table))
        .collect();
    let forms = format!(
        "\n/// The fields of each form.\nconst FORMS: &[(&str, &[Field])] = &[\n{forms}];\n"
    );
    let code = include_str!("../apps/untyped.rs").to_owned() + &forms;
    fs::write(file, code).expect("the folder is ours");
    let own = "routes: |_| routes::routes(),";
    assert!(before.contains(own), "{before}");
    let after = before.replace(
        own,
        "routes: |_| routes::routes().merge(untyped::routes()),",
    );
    fs::write(root, after + "\nmod untyped;\n").expect("the folder is ours");
    process::succeed(&mut app.cargo(&["fmt"]));
}

/// `("/film", <crate::film::FilmForm as umbel::form::Form>::FIELDS),`, for a table that has a form in the crate of the application.
fn form(app: &App, table: &Table) -> Option<String> {
    let code = fs::read_to_string(table.folder.join("form.rs")).ok()?;
    let name = code
        .lines()
        .find_map(|line| line.strip_prefix("pub struct ")?.strip_suffix(" {"))?;
    let folder = table.folder.strip_prefix(app.folder.join("src")).ok()?;
    let modules: Vec<_> = folder.iter().map(|part| part.to_string_lossy()).collect();
    let (path, modules) = (&table.path, modules.join("::"));
    Some(format!(
        "({path:?}, <crate::{modules}::{name} as umbel::form::Form>::FIELDS),\n"
    ))
}

/// What differs between the pages of an application and those without types: of each table the list, and the first of
/// its rows.
pub fn differences(http: &Client, app: &App) -> Vec<String> {
    let mut found = Vec::new();
    for table in app.tables() {
        let path = &table.path;
        let page = http.get(path);
        if path.is_empty() || page.status == 404 {
            continue;
        }
        let typed = listed(&page.html, path);
        let untyped = untyped(http, path);
        if typed.len() != untyped.len() {
            found.push(format!(
                "{path}: {} rows, {} untyped",
                typed.len(),
                untyped.len()
            ));
        }
        for (typed, untyped) in typed.iter().zip(untyped) {
            // A list has no heading of a row.
            let label = String::new();
            compare(path, typed, &Shown { label, ..untyped }, &mut found);
        }
        for url in typed
            .iter()
            .map(|row| &row.url)
            .filter(|url| !url.is_empty())
            .take(OPENED)
        {
            let typed = opened(url, &http.open(url).html);
            compare(url, &typed, &self::untyped(http, url)[0], &mut found);
        }
    }
    found
}

/// Each cell that a page has of a row, beside the next one with its heading.
fn compare(place: &str, typed: &Shown, untyped: &Shown, found: &mut Vec<String>) {
    if typed.url != untyped.url {
        found.push(format!(
            "{place}: leads to {}, untyped to {}",
            typed.url, untyped.url
        ));
    }
    if typed.label != untyped.label {
        found.push(format!(
            "{place}: is called {:?}, untyped {:?}",
            typed.label, untyped.label
        ));
    }
    for (heading, html) in &typed.cells {
        let mut alike = untyped.cells.iter().filter(|(other, _)| other == heading);
        if !alike.any(|(_, other)| other == html) {
            let others: Vec<_> = untyped
                .cells
                .iter()
                .filter(|(other, _)| other == heading)
                .collect();
            found.push(format!("{place}: {heading} is {html}, untyped {others:?}"));
        }
    }
}

/// The rows of the list at a path; what leads to a row stands in its first cell, which may lead to another row instead.
fn listed(html: &str, path: &str) -> Vec<Shown> {
    let document = Html::parse_document(html);
    let (rows, link, cell) = (parse("table.rows tbody tr"), parse("th a"), parse("td"));
    let rows = document.select(&rows).map(|row| {
        let mut links = row.select(&link).filter_map(|link| link.attr("href"));
        let is_own = |url: &&str| {
            let rest = url.strip_prefix(path);
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let link = links.find(is_own);
        let cells = row.select(&cell).map(|cell| {
            let heading = cell.attr("data-label").unwrap_or_default();
            (heading.to_owned(), cell.inner_html())
        });
        Shown {
            url: link.unwrap_or_default().to_owned(),
            label: String::new(),
            cells: cells.collect(),
        }
    });
    rows.collect()
}

/// The row of a page.
fn opened(url: &str, html: &str) -> Shown {
    let document = Html::parse_document(html);
    let heading = document
        .select(&parse("h1"))
        .next()
        .map(|heading| heading.text().collect());
    let facts = document.select(&parse("dl.facts")).next();
    let facts = facts.expect("a row has a page with its facts");
    Shown {
        url: url.to_owned(),
        label: heading.unwrap_or_default(),
        cells: cells(facts),
    }
}

/// The rows without types of the page with an address.
fn untyped(http: &Client, url: &str) -> Vec<Shown> {
    let page = http.open(&format!("/~untyped?{url}"));
    let document = Html::parse_document(&page.html);
    let rows = parse("dl");
    let rows = document.select(&rows).map(|row| Shown {
        url: row.attr("cite").unwrap_or_default().to_owned(),
        label: row.attr("title").unwrap_or_default().to_owned(),
        cells: cells(row),
    });
    rows.collect()
}

/// The headings of a list of facts, and what is said at each.
fn cells(facts: ElementRef<'_>) -> Vec<(String, String)> {
    let (headings, values) = (parse("dt"), parse("dd"));
    let headings = facts
        .select(&headings)
        .map(|heading| heading.text().collect());
    headings
        .zip(facts.select(&values).map(|value| value.inner_html()))
        .collect()
}

fn parse(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}
