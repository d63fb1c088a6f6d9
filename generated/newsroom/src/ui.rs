//! The parts that pages are made of, and the pages that are alike for every table, each with a template of its own.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use umbel::form::{Control, FormState, Redisplay, Widget};
use umbel::list::{FilterColumn, FilterInput, Kept, ListState, Operator, Part, SortLink};
use umbel::model::{Effect, Model, Related, Table};
use umbel::show::{Frame, Framed, Hole, Show, Shown};

/// The head of a form: what is wrong with it, and what it carries besides its fields.
#[derive(Template)]
#[template(path = "ui/form.html")]
pub struct FormHead<'a> {
    state: &'a FormState,
    errors: &'a Redisplay,
    fields: &'a [umbel::form::Field],
}

impl HtmlSafe for FormHead<'_> {}

/// The head of a form with these fields.
pub fn form<'a>(
    state: &'a FormState,
    errors: &'a Redisplay,
    fields: &'a [umbel::form::Field],
) -> FormHead<'a> {
    FormHead {
        state,
        errors,
        fields,
    }
}

/// One labelled control of a form, with its help and its errors.
#[derive(Template)]
#[template(path = "ui/field.html")]
pub struct Field<'a> {
    control: &'a Control<'a>,
}

impl HtmlSafe for Field<'_> {}

/// One labelled control of a form.
pub fn field<'a>(control: &'a Control<'a>) -> Field<'a> {
    Field { control }
}

/// The controls of a form, one after the other.
#[derive(Template)]
#[template(path = "ui/fields.html")]
pub struct Fields<'a> {
    controls: &'a [Control<'a>],
}

impl HtmlSafe for Fields<'_> {}

/// The controls of a form, one after the other.
pub fn fields<'a>(controls: &'a [Control<'a>]) -> Fields<'a> {
    Fields { controls }
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
static TOOLS: Kept = Kept::new();

/// The search box of a list, its filters, and those that are active.
pub fn tools(list: &ListState) -> Part {
    TOOLS.part(list, &Tools { list })
}

/// The heading of a column that a list can be sorted by.
#[derive(Template)]
#[template(path = "ui/sort.html")]
pub struct Sort {
    link: SortLink,
    heading: &'static str,
    class: &'static str,
}

impl HtmlSafe for Sort {}

/// The heading of a column, as the list words it.
pub fn sort(list: &ListState, (name, heading, class): Column) -> Sort {
    Sort {
        link: list.sort(name),
        heading,
        class,
    }
}

/// A cell of a list: its column's heading as HTML, how it looks, and where its value stands.
#[derive(Template)]
#[template(path = "ui/cell.html")]
struct Cell {
    heading: &'static str,
    class: &'static str,
    value: Hole,
}

/// A column of a list: its name, its heading as HTML, and how its cells look.
pub type Column = (&'static str, &'static str, &'static str);

/// The columns of a list: their headings, and what stands around the values below them.
pub struct Columns {
    heads: Vec<Sort>,
    frames: Vec<Frame>,
}

/// The columns of a list, of which the first one heads the rows.
pub fn columns(list: &ListState, columns: &[Column]) -> Columns {
    let heads = columns.iter().map(|column| sort(list, *column));
    let frames = columns.iter().skip(1).map(|(_, heading, class)| {
        Frame::of(&Cell {
            heading,
            class,
            value: Hole,
        })
    });
    Columns {
        heads: heads.collect(),
        frames: frames.collect(),
    }
}

impl Columns {
    /// The headings.
    pub fn heads(&self) -> Heads<'_> {
        Heads { heads: &self.heads }
    }

    /// The cells of a row, after that which heads it.
    pub fn cells<'a>(&'a self, values: &'a [Shown<'a>]) -> Framed<'a> {
        Framed {
            frames: &self.frames,
            values,
        }
    }
}

/// The headings of the columns of a list.
#[derive(Template)]
#[template(path = "ui/heads.html")]
pub struct Heads<'a> {
    heads: &'a [Sort],
}

impl HtmlSafe for Heads<'_> {}

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
pub struct RelatedRows<'a> {
    relations: &'a [Related],
}

impl HtmlSafe for RelatedRows<'_> {}

/// The rows that are related to a row, relation by relation.
pub fn related(relations: &[Related]) -> RelatedRows<'_> {
    RelatedRows { relations }
}

/// The controls of a form.
pub trait Sheet: fmt::Display {
    /// The fields that the controls are for.
    fn fields(&self) -> &'static [umbel::form::Field];

    /// What is wrong with them.
    fn errors(&self) -> &Redisplay;

    /// Whether any of them sends a file.
    fn takes_files(&self) -> bool {
        let mut fields = self.fields().iter();
        fields.any(|field| field.widget == Widget::File)
    }
}

/// The page that adds a row.
#[derive(Template)]
#[template(path = "ui/new.html")]
pub struct NewPage<'a> {
    table: &'static Table,
    sheet: &'a dyn Sheet,
}

/// The page that adds a row to a table.
pub fn new<'a>(table: &'static Table, sheet: &'a dyn Sheet) -> NewPage<'a> {
    NewPage { table, sheet }
}

/// The page that edits a row.
#[derive(Template)]
#[template(path = "ui/edit.html")]
pub struct EditPage<'a> {
    table: &'static Table,
    url: String,
    label: String,
    sheet: &'a dyn Sheet,
}

/// The page that edits a row.
pub fn edit<'a, M: Model + fmt::Display>(row: &M, sheet: &'a dyn Sheet) -> EditPage<'a> {
    EditPage {
        table: M::TABLE,
        url: row.url(),
        label: row.to_string(),
        sheet,
    }
}

/// The page that deletes a row, or says what stands in the way.
#[derive(Template)]
#[template(path = "ui/delete.html")]
pub struct DeletePage<'a> {
    table: &'static Table,
    url: String,
    label: String,
    effects: &'a [Effect],
}

impl DeletePage<'_> {
    fn is_refused(&self) -> bool {
        self.effects.iter().any(Effect::refuses)
    }
}

/// The page that deletes a row: what that does to others, and whether they refuse it.
pub fn delete<'a, M: Model + fmt::Display>(row: &M, effects: &'a [Effect]) -> DeletePage<'a> {
    DeletePage {
        table: M::TABLE,
        url: row.url(),
        label: row.to_string(),
        effects,
    }
}
