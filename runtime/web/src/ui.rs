//! The parts that pages are made of, and the pages that are alike for every table, each with a template of its own.

use std::fmt::{self, Display};

use askama::filters::HtmlSafe;
use askama::{FastWritable, Template, Values};
use umbel_data::actor::Actor;
use umbel_data::catalog::Table;
use umbel_data::list::{FilterColumn, FilterInput, ListState, Operator};
use umbel_data::model::Model;
use umbel_data::related::{DeleteEffect, RelatedRows};
use umbel_data::values::{WriteHtml, escape};

use crate::form::{Control, Field, Filled, Form, FormState, Redisplay, Widget};
use crate::show::{Fragment, FragmentCache, Page, Show, Shown};
use crate::visit::actor;

/// Who is signed in, with the way in or out.
#[derive(Template)]
#[template(path = "ui/visitor.html")]
pub struct Visitor {
    actor: Actor,
}

impl HtmlSafe for Visitor {}

/// Who is signed in, with the way in or out.
pub fn visitor() -> Visitor {
    Visitor { actor: actor() }
}

/// The head of a form: what is wrong with it, and what it carries besides its fields.
#[derive(Template)]
#[template(path = "ui/form.html")]
pub struct FormHead<'a> {
    state: &'a FormState,
    errors: &'a Redisplay,
    fields: &'a [Field],
}

impl HtmlSafe for FormHead<'_> {}

/// The head of a form.
pub fn form<F: Form>(form: &Filled<F>) -> FormHead<'_> {
    FormHead {
        state: form.state(),
        errors: form.errors(),
        fields: F::FIELDS,
    }
}

/// One labelled control of a form, with its help and its errors.
#[derive(Template)]
#[template(path = "ui/field.html")]
pub struct FormField<'a> {
    control: &'a Control<'a>,
}

impl HtmlSafe for FormField<'_> {}

/// One labelled control of a form.
pub fn field<'a>(control: &'a Control<'a>) -> FormField<'a> {
    FormField { control }
}

/// The controls of a form, one after the other.
#[derive(Template)]
#[template(path = "ui/fields.html")]
pub struct FormFields<'a> {
    controls: &'a [Control<'a>],
}

impl HtmlSafe for FormFields<'_> {}

/// The controls of a form, one after the other.
pub fn fields<'a>(controls: &'a [Control<'a>]) -> FormFields<'a> {
    FormFields { controls }
}

/// The search box of a list, its filters, and those that are active.
#[derive(Template)]
#[template(path = "ui/tools.html")]
struct Tools<'a> {
    list: &'a ListState,
}

impl Tools<'_> {
    /// Whether the filter form shows an input: the few that a person looks for first.
    fn shows(&self, column: &FilterColumn<'_>, input: &FilterInput<'_>) -> bool {
        let table = self.list.table;
        let name = column.column.name;
        let mut refers = table.relations.iter().flat_map(|relation| relation.on);
        if table.key.contains(&name) || refers.any(|(mine, _)| *mine == name) {
            return input.operator == Operator::Is;
        }
        let ranged =
            |other: &FilterInput<'_>| matches!(other.operator, Operator::Has | Operator::Min);
        match input.operator {
            Operator::Has | Operator::Min | Operator::Max => true,
            Operator::Is => !column.inputs.iter().any(ranged),
            _ => false,
        }
    }
}

/// The tools of whole lists, which are the same for everyone.
static TOOLS: FragmentCache = FragmentCache::new();

/// The search box of a list, its filters, and those that are active.
pub fn tools(list: &ListState) -> Fragment {
    TOOLS.part(list, &Tools { list })
}

/// A cell of a list: the column that the list is sorted by under its heading, the heading as HTML, and a value.
#[derive(Clone, Copy)]
pub struct Cell<'a> {
    column: &'static str,
    heading: &'static str,
    value: Shown<'a>,
    is_number: bool,
}

/// A cell of a list, by the name of its column and its heading as HTML.
pub fn cell<'a>(column: &'static str, heading: &'static str, value: Shown<'a>) -> Cell<'a> {
    Cell {
        column,
        heading,
        value,
        is_number: false,
    }
}

/// A cell of a list whose numbers stand one below the other.
pub fn number<'a>(column: &'static str, heading: &'static str, value: Shown<'a>) -> Cell<'a> {
    Cell {
        is_number: true,
        ..cell(column, heading, value)
    }
}

/// A value of a list as plain text, such as the label of a row: what leads to its page is no place for links.
pub fn text<T: Display>(value: &T) -> Shown<'_> {
    Shown::text(value)
}

/// The headings of a list.
#[derive(Template)]
#[template(path = "ui/heads.html")]
struct Heads<'a> {
    list: &'a ListState,
    cells: &'a [Cell<'a>],
}

/// The headings of whole lists, which are the same for everyone.
static HEADS: FragmentCache = FragmentCache::new();

/// The headings of a list, of which any row tells the columns.
pub fn heads<'a>(list: &ListState, cells: &impl AsRef<[Cell<'a>]>) -> Fragment {
    let cells = cells.as_ref();
    let columns = cells.iter().flat_map(|cell| {
        let class = if cell.is_number { "number" } else { "" };
        [cell.column, cell.heading, class]
    });
    HEADS.part_of(list, columns, &Heads { list, cells })
}

/// A row of a list: written at once, since a list has many and a template writes piece by piece.
pub struct Row<'a> {
    url: Option<String>,
    cells: &'a [Cell<'a>],
}

/// The space that a row is given before it asks for more.
const ROW: usize = 960;

impl Row<'_> {
    fn html(&self) -> String {
        let mut html = String::with_capacity(ROW);
        html.push_str("<tr>");
        if let Some((first, rest)) = self.cells.split_first() {
            html.push_str("<th scope=\"row\">");
            if let Some(url) = &self.url {
                html.push_str("<a href=\"");
                escape(&mut html, url);
                html.push_str("\">");
            }
            first.value.write_html(&mut html);
            match self.url {
                Some(_) => html.push_str("</a></th>\n"),
                None => html.push_str("</th>\n"),
            }
            for cell in rest {
                html.push_str("<td data-label=\"");
                html.push_str(cell.heading);
                match cell.is_number {
                    true => html.push_str("\" class=\"number\">"),
                    false => html.push_str("\">"),
                }
                cell.value.write_html(&mut html);
                html.push_str("</td>\n");
            }
        }
        html.push_str("</tr>");
        html
    }
}

impl Display for Row<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.html())
    }
}

impl FastWritable for Row<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(out.write_str(&self.html())?)
    }
}

impl HtmlSafe for Row<'_> {}

/// A row of a list, of which the first cell leads to its page, if it has one.
pub fn row<'a>(url: Option<String>, cells: &'a impl AsRef<[Cell<'a>]>) -> Row<'a> {
    let cells = cells.as_ref();
    Row { url, cells }
}

/// What a row holds: a heading as HTML, and a value, one after the other.
#[derive(Template)]
#[template(path = "ui/facts.html")]
pub struct Facts<'a> {
    facts: &'a [(&'static str, Shown<'a>)],
}

impl HtmlSafe for Facts<'_> {}

/// What a row holds: a heading as HTML, and a value, one after the other.
pub fn facts<'a>(facts: &'a [(&'static str, Shown<'a>)]) -> Facts<'a> {
    Facts { facts }
}

/// What stands in the place of a list without rows.
#[derive(Template)]
#[template(path = "ui/empty.html")]
pub struct Empty<'a> {
    list: &'a ListState,
}

impl HtmlSafe for Empty<'_> {}

/// What stands in the place of a list without rows.
pub fn empty(list: &ListState) -> Empty<'_> {
    Empty { list }
}

/// The links to the pages before and after.
#[derive(Template)]
#[template(path = "ui/pager.html")]
pub struct Pager<'a> {
    previous: &'a Option<String>,
    next: &'a Option<String>,
}

impl HtmlSafe for Pager<'_> {}

/// The links to the pages before and after.
pub fn pager<'a>(previous: &'a Option<String>, next: &'a Option<String>) -> Pager<'a> {
    Pager { previous, next }
}

/// The rows that are related to a row, relation by relation.
#[derive(Template)]
#[template(path = "ui/related.html")]
pub struct RelatedSections<'a> {
    relations: &'a [RelatedRows],
}

impl HtmlSafe for RelatedSections<'_> {}

/// The rows that are related to a row, relation by relation.
pub fn related(relations: &[RelatedRows]) -> RelatedSections<'_> {
    RelatedSections { relations }
}

/// The page that adds a row.
#[derive(Template)]
#[template(path = "ui/new.html")]
pub struct NewPage<'a> {
    table: &'static Table,
    is_wrong: bool,
    takes_files: bool,
    controls: &'a dyn Display,
}

/// The page that adds a row to a table by a form with these controls.
pub fn new<'a, F: Form>(
    table: &'static Table,
    form: &Filled<F>,
    controls: &'a dyn Display,
) -> NewPage<'a> {
    NewPage {
        table,
        is_wrong: !form.errors().is_empty(),
        takes_files: takes_files(F::FIELDS),
        controls,
    }
}

impl Page for NewPage<'_> {
    fn title(&self) -> String {
        title(self.is_wrong, &format!("Add {}", self.table.indefinite))
    }

    fn here(&self) -> &'static str {
        self.table.path
    }
}

/// The page that edits a row.
#[derive(Template)]
#[template(path = "ui/edit.html")]
pub struct EditPage<'a> {
    table: &'static Table,
    url: String,
    label: String,
    is_wrong: bool,
    takes_files: bool,
    controls: &'a dyn Display,
}

/// The page that edits a row by a form with these controls.
pub fn edit<'a, M: Model + Display, F: Form>(
    row: &M,
    form: &Filled<F>,
    controls: &'a dyn Display,
) -> EditPage<'a> {
    EditPage {
        table: M::TABLE,
        url: row.url(),
        label: row.to_string(),
        is_wrong: !form.errors().is_empty(),
        takes_files: takes_files(F::FIELDS),
        controls,
    }
}

impl Page for EditPage<'_> {
    fn title(&self) -> String {
        title(self.is_wrong, &format!("Edit {}", self.label))
    }

    fn here(&self) -> &'static str {
        self.table.path
    }
}

/// Whether any field sends a file.
fn takes_files(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.widget == Widget::File)
}

/// What a page with a form is called: who hears it read is told at once that something is wrong.
fn title(is_wrong: bool, title: &str) -> String {
    match is_wrong {
        true => format!("Error: {title}"),
        false => title.to_owned(),
    }
}

/// The page that deletes a row, or says what stands in the way.
#[derive(Template)]
#[template(path = "ui/delete.html")]
pub struct DeletePage<'a> {
    table: &'static Table,
    url: String,
    label: String,
    effects: &'a [DeleteEffect],
}

/// The page that deletes a row: what that does to others, and whether they refuse it.
pub fn delete<'a, M: Model + Display>(row: &M, effects: &'a [DeleteEffect]) -> DeletePage<'a> {
    DeletePage {
        table: M::TABLE,
        url: row.url(),
        label: row.to_string(),
        effects,
    }
}

impl DeletePage<'_> {
    fn is_refused(&self) -> bool {
        self.effects.iter().any(DeleteEffect::refuses)
    }
}

impl Page for DeletePage<'_> {
    fn title(&self) -> String {
        format!("Delete {}", self.label)
    }

    fn here(&self) -> &'static str {
        self.table.path
    }
}
