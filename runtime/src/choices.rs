//! What a foreign key can be set to: all rows of a small table, those that a search finds in a big one.

use crate::db::Executor;
use crate::error::Result;
use crate::list::search;
use crate::model::{ColumnDef, Model, Table, form_key, parse_form_key};
use crate::query::{Comparison, Node, OrderBy, Plan, Test};
use crate::value::Value;

/// Up to how many rows are all offered.
const ALL: u64 = 200;
/// How many rows of a bigger table a search offers.
const FOUND: u64 = 50;

/// What a foreign key can be set to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The rows that are offered: those that are selected first, then by label.
    pub options: Vec<Choice>,
    /// What was searched for; `None` if there was no search, or none is needed.
    pub search: Option<String>,
    /// Whether every row is offered; else a search is needed to see others.
    pub complete: bool,
}

/// A row that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value that stands for it in a form.
    pub key: String,
    /// Its label.
    pub text: String,
}

impl Choices {
    /// The rows of `M` by their key, of which one may be selected.
    pub fn one<'a, M: Model>(
        db: &'a dyn Executor,
        selected: &'a str,
        search: Option<&'a str>,
    ) -> impl Future<Output = Result<Self>> + Send + use<'a, M> {
        load(db, M::TABLE, M::TABLE.key.to_vec(), vec![selected], search)
    }

    /// The rows of `M` by another unique column than the key, of which one may be selected.
    pub fn one_by<'a, M: Model>(
        db: &'a dyn Executor,
        column: &'static str,
        selected: &'a str,
        search: Option<&'a str>,
    ) -> impl Future<Output = Result<Self>> + Send + use<'a, M> {
        load(db, M::TABLE, vec![column], vec![selected], search)
    }

    /// The rows of `M` by their key, of which several may be selected.
    pub fn many<'a, M: Model>(
        db: &'a dyn Executor,
        selected: &'a [String],
        search: Option<&'a str>,
    ) -> impl Future<Output = Result<Self>> + Send + use<'a, M> {
        let selected = texts(selected);
        load(db, M::TABLE, M::TABLE.key.to_vec(), selected, search)
    }

    /// The label of a row.
    pub fn text(&self, key: &str) -> Option<&str> {
        let found = self.options.iter().find(|choice| choice.key == key);
        found.map(|choice| choice.text.as_str())
    }
}

fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

async fn load(
    db: &dyn Executor,
    table: &'static Table,
    by: Vec<&'static str>,
    selected: Vec<&str>,
    searched: Option<&str>,
) -> Result<Choices> {
    let columns: Vec<ColumnDef> = by
        .iter()
        .filter_map(|name| table.column(name))
        .copied()
        .collect();
    let searched = searched
        .map(str::trim)
        .filter(|text| !text.is_empty() && !text.contains('\0'));
    let mut all = Plan::new(table);
    all.order.extend(order(table));
    all.limit = Some(ALL + 1);
    let chosen: Vec<Vec<Value>> = selected
        .iter()
        .filter_map(|key| parse_form_key(&columns, key))
        .collect();
    let mut found = all.clone();
    found.limit = Some(FOUND);
    let mut picked = all.clone();
    picked.limit = None;
    picked.narrow(are(&columns, chosen));
    found.narrow(searched.map_or(Node::All(Vec::new()), |text| search(table, text)));
    let statements = [
        all.choices(db.dialect(), &columns),
        picked.choices(db.dialect(), &columns),
        found.choices(db.dialect(), &columns),
    ];
    let answers = db.run(&statements).await?;
    let mut options = Vec::new();
    for rows in &answers {
        let choices = rows.iter().map(|mut row| choice(&mut row, columns.len()));
        options.push(choices.collect::<Result<Vec<Choice>>>()?);
    }
    let mut options = options.into_iter();
    let (all, picked, found) = (options.next(), options.next(), options.next());
    let all = all.unwrap_or_default();
    if all.len() as u64 <= ALL {
        return Ok(Choices {
            options: all,
            search: None,
            complete: true,
        });
    }
    let mut options = picked.unwrap_or_default();
    for choice in found.unwrap_or_default() {
        if !options.iter().any(|known| known.key == choice.key) {
            options.push(choice);
        }
    }
    Ok(Choices {
        options,
        search: searched.map(str::to_owned),
        complete: false,
    })
}

fn choice(row: &mut crate::row::Row<'_>, width: usize) -> Result<Choice> {
    let text: Option<String> = row.get()?;
    let values = (0..width)
        .map(|_| row.value())
        .collect::<Result<Vec<Value>>>()?;
    let key = form_key(&values);
    let text = text
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| key.clone());
    Ok(Choice { key, text })
}

/// By label, then by key.
fn order(table: &'static Table) -> Vec<OrderBy> {
    let columns = table
        .label
        .iter()
        .chain(table.key)
        .filter_map(|name| table.column(name));
    columns
        .filter(|column| column.kind.is_ordered())
        .map(|column| OrderBy::column(column, false))
        .collect()
}

/// That columns have one of these combinations of values; what has no Rust type is compared as text, which no typing
/// mistake can break.
fn are(columns: &[ColumnDef], rows: Vec<Vec<Value>>) -> Node {
    if let [column] = columns {
        return Node::Test(*column, Test::In(rows.into_iter().flatten().collect()));
    }
    let compare =
        |(column, value): (&ColumnDef, Value)| Node::compare(column, Comparison::Equal, value);
    let is = |values: Vec<Value>| Node::All(columns.iter().zip(values).map(compare).collect());
    Node::Any(rows.into_iter().map(is).collect())
}
