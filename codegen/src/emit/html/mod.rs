//! The templates of the application's pages.

mod shell;

use askama::Template;

use super::text::render;
use super::{Content, EmittedFile, turns_text};
use crate::plan::{App, Cell, CellValue, Entry, Input, LinkText, Shown, Source, Table};

#[derive(Template)]
#[template(path = "page/list.html", escape = "none")]
struct ListPage<'a> {
    table: &'a Table,
    one: String,
    /// The variable of a row: `row`, or `film` where it refers to nothing.
    row: String,
    many: String,
    cells: Vec<PrintedCell<'a>>,
}

#[derive(Template)]
#[template(path = "page/show.html", escape = "none")]
struct ShowPage<'a> {
    table: &'a Table,
    one: String,
    /// What the page is about: `film`, or `row.film`.
    subject: String,
    cells: Vec<PrintedCell<'a>>,
}

#[derive(Template)]
#[template(path = "page/_fields.html", escape = "none")]
struct Fields {
    groups: Vec<ControlGroup>,
}

/// Controls that stand one after the other, and the condition under which they do.
struct ControlGroup {
    shown: Shown,
    condition: Option<&'static str>,
    controls: Vec<String>,
}

/// A cell with the expressions of the emitted template.
struct PrintedCell<'a> {
    cell: &'a Cell,
    /// The column: `Film::TITLE`
    column: String,
    /// What it is called, as HTML in a literal of a template: `"Title"`
    heading: String,
    /// What it shows: `film.title.show()`, or as plain text, what leads to the row: `ui::text(film)`
    shown: String,
}

pub(super) fn application(app: &App, files: &mut Vec<EmittedFile>) {
    shell::application(app, files);
}

/// The pages of a table.
pub(super) fn table(table: &Table, files: &mut Vec<EmittedFile>) {
    if !table.has_pages {
        return;
    }
    let folder = table.names.templates_folder();
    let mut add = |name: &str, text: String| {
        files.push(EmittedFile {
            path: format!("{folder}/{name}.html"),
            content: Content::Text(text),
        });
    };
    add("list", render(&list(table)));
    if table.pages.show {
        add("show", render(&show(table)));
    }
    if table.is_writable() {
        let groups = control_groups(table);
        add("_fields", render(&Fields { groups }));
    }
}

fn list(table: &Table) -> ListPage<'_> {
    ListPage {
        table,
        one: table.names.one.to_string(),
        row: if table.has_row() {
            "row".to_owned()
        } else {
            table.names.one.to_string()
        },
        many: table.names.many.to_string(),
        cells: printed(table, &table.list),
    }
}

fn show(table: &Table) -> ShowPage<'_> {
    let one = table.names.one.to_string();
    ShowPage {
        table,
        subject: if table.has_row() {
            format!("row.{one}")
        } else {
            one.clone()
        },
        one,
        cells: printed(table, &table.show),
    }
}

fn printed<'a>(table: &'a Table, cells: &'a [Cell]) -> Vec<PrintedCell<'a>> {
    let (one, model) = (&table.names.one, &table.names.model);
    cells
        .iter()
        .map(|cell| {
            let value = match cell.value {
                CellValue::Field(field) => format!("{one}.{}", table.fields[field].name),
                CellValue::Label(relation) => format!("row.{}", table.to_one[relation].name),
            };
            PrintedCell {
                cell,
                heading: literal(&html(&cell.heading)),
                column: format!("{model}::{}", table.fields[cell.field].constant),
                shown: match cell.link {
                    LinkText::Value => format!("ui::text({value})"),
                    LinkText::Row => format!("ui::text({one})"),
                    LinkText::Shown => format!("{value}.show()"),
                },
            }
        })
        .collect()
}

/// The controls in their order, divided where the forms of new rows and of others differ.
fn control_groups(table: &Table) -> Vec<ControlGroup> {
    let mut groups: Vec<ControlGroup> = Vec::new();
    for input in &table.inputs {
        let control = control(input);
        match groups.last_mut().filter(|group| group.shown == input.shown) {
            Some(group) => group.controls.push(control),
            None => groups.push(ControlGroup {
                shown: input.shown,
                condition: match input.shown {
                    Shown::Always => None,
                    Shown::New => Some("!form.state().is_edit()"),
                    Shown::Edit => Some("form.state().is_edit()"),
                },
                controls: vec![control],
            }),
        }
    }
    groups
}

/// `TITLE.control(form.title, form.errors())`
fn control(input: &Input) -> String {
    let Input { constant, name, .. } = input;
    match (&input.source, input.entry) {
        (Source::Choice { .. } | Source::Key { .. }, _) => {
            format!("{constant}.choose(form.{name}, choices, form.errors())")
        }
        (Source::Choices(_), _) => {
            format!("{constant}.choose_many(form.{name}, choices, form.errors())")
        }
        (Source::Field(_), Entry::Text | Entry::Key | Entry::Tick) => {
            format!("{constant}.control(form.{name}, form.errors())")
        }
        (Source::Field(_), Entry::List) => format!("{constant}.list(form.{name}, form.errors())"),
        (Source::Field(_), Entry::File) => format!("{constant}.file(form.{name}, form.errors())"),
    }
}

/// A text as HTML that a template leaves as it is.
fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '"' => html.push_str("&quot;"),
            '{' => html.push_str("&#123;"),
            turning if turns_text(turning) => {
                html.push_str(&format!("&#{};", u32::from(turning)));
            }
            other => html.push(other),
        }
    }
    html
}

/// A text as a literal of Rust.
fn literal(text: &str) -> String {
    format!("{text:?}")
}
