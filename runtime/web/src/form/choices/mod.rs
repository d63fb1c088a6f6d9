//! What a foreign key can be set to: all rows of a small table, those that a search finds in a big one.

mod linked;
mod wanted;

use linked::Paged;
use umbel_data::catalog::{ColumnDef, Table, Tree, form_key, has_one_of, named, parse_form_key};
use umbel_data::database::{Dialect, Executor, Rows, Statement};
use umbel_data::error::Result;
use umbel_data::query::OrderBy;
use umbel_data::values::Value;
use wanted::Wanted;

use crate::form::{Field, FormState, Linked};

pub use linked::LinkedRows;

/// Up to how many rows are all offered.
const ALL: u64 = 200;
/// How many rows of a bigger table a search offers.
const FOUND: u64 = 50;

/// What the foreign keys of a form can be set to, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    fields: Vec<(&'static str, ChoiceSet)>,
}

/// What a foreign key can be set to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChoiceSet {
    /// The rows that are offered: those that are selected first, then by label.
    pub options: Vec<Choice>,
    /// What was searched for; `None` if there was no search, or none is needed.
    pub search: Option<String>,
    /// Where a large table was searched, if it was.
    pub looked: Option<String>,
    /// Whether every row is offered; else a search is needed to see others.
    pub complete: bool,
    /// A page of the linked rows, where they are too many to be options.
    pub linked: Option<LinkedRows>,
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
    /// Loads what is offered, all of it at once, with what was typed into the search boxes of the form.
    ///
    /// # Errors
    /// If the database refuses or cannot be reached.
    pub async fn load(
        db: &dyn Executor,
        state: &FormState,
        offers: &[ChoiceQuery<'_>],
    ) -> Result<Self> {
        let dialect = db.dialect();
        let mut statements = Vec::with_capacity(offers.len() * STATEMENTS);
        let mut looked = Vec::with_capacity(offers.len());
        for offer in offers {
            let wanted = Wanted::of(db, offer.table).await;
            let searched = offer.search(state);
            statements.extend(offer.statements(dialect, &wanted, searched));
            looked.push(searched.and_then(|text| wanted.looked(text)));
        }
        let answers = db.run(&statements).await?;
        let answers = answers.chunks(STATEMENTS).zip(looked);
        let fields = (offers.iter().zip(answers))
            .map(|(offer, (answers, looked))| {
                let offered = offer.offered(answers, offer.search(state))?;
                Ok((offer.field, ChoiceSet { looked, ..offered }))
            })
            .collect::<Result<_>>()?;
        Ok(Self { fields })
    }

    /// What a field can be set to.
    pub fn of(&self, field: &str) -> Option<&ChoiceSet> {
        let found = self.fields.iter().find(|(name, _)| *name == field);
        found.map(|(_, offered)| offered)
    }
}

impl ChoiceSet {
    /// The label of a row.
    pub fn text(&self, key: &str) -> Option<&str> {
        let found = self.options.iter().find(|choice| choice.key == key);
        found.map(|choice| choice.text.as_str())
    }
}

/// The rows among which a field of a form lets choose, before they are loaded.
#[derive(Debug)]
pub struct ChoiceQuery<'a> {
    field: &'static str,
    table: &'static Table,
    selected: Vec<&'a str>,
    /// The rows that are linked already, where they are too many to be selected.
    paged: Option<Paged<'a>>,
}

/// How many statements an offer takes.
const STATEMENTS: usize = 3;

impl<'a> ChoiceQuery<'a> {
    pub(crate) fn new(field: &Field, table: &'static Table, selected: Vec<&'a str>) -> Self {
        Self {
            field: field.name,
            table,
            selected,
            paged: None,
        }
    }

    pub(crate) fn of_links(field: &Field, table: &'static Table, linked: &'a Linked) -> Self {
        let selected = linked.ticked.iter().map(String::as_str);
        Self {
            paged: Paged::of(linked),
            ..Self::new(field, table, selected.collect())
        }
    }

    fn search<'s>(&self, state: &'s FormState) -> Option<&'s str> {
        let text = state.find(self.field)?.trim();
        (!text.is_empty() && !text.contains('\0')).then_some(text)
    }

    fn key(&self) -> Vec<ColumnDef> {
        let key = self.table.key.iter();
        key.filter_map(|name| self.table.column(name))
            .copied()
            .collect()
    }

    /// Asks for all rows, for those that are selected, and for those that are searched for.
    fn statements(
        &self,
        dialect: Dialect,
        wanted: &Wanted,
        searched: Option<&str>,
    ) -> [Statement; STATEMENTS] {
        if let Some(paged) = &self.paged {
            return paged.statements(self, dialect, wanted, searched);
        }
        let key = self.key();
        let all = wanted.first(ALL + 1);
        let selected = self.selected.iter();
        let chosen = selected.filter_map(|text| parse_form_key(&key, text));
        let mut picked = all.clone();
        picked.limit = None;
        picked.narrow(has_one_of(&key, chosen.collect()));
        let found = match searched {
            Some(text) => wanted.found(text, Tree::TRUE, FOUND),
            None => wanted.first(FOUND),
        };
        [&all, &picked, &found].map(|plan| plan.choices(dialect, &key))
    }

    /// What the answers to the statements offer.
    fn offered(&self, answers: &[Rows], searched: Option<&str>) -> Result<ChoiceSet> {
        if self.paged.is_some() {
            return Paged::offered(&self.key(), answers, searched);
        }
        let width = self.table.key.len();
        let mut options = Vec::new();
        for rows in answers {
            let choices = rows.iter().map(|mut row| choice(&mut row, width));
            options.push(choices.collect::<Result<Vec<Choice>>>()?);
        }
        let mut options = options.into_iter();
        let (all, picked, found) = (options.next(), options.next(), options.next());
        let all = all.unwrap_or_default();
        if all.len() as u64 <= ALL {
            return Ok(ChoiceSet {
                options: all,
                complete: true,
                ..ChoiceSet::default()
            });
        }
        let mut options = picked.unwrap_or_default();
        for choice in found.unwrap_or_default() {
            if !options.iter().any(|known| known.key == choice.key) {
                options.push(choice);
            }
        }
        Ok(ChoiceSet {
            options,
            search: searched.map(str::to_owned),
            ..ChoiceSet::default()
        })
    }
}

fn choice(row: &mut umbel_data::database::Row<'_>, width: usize) -> Result<Choice> {
    let text: Option<String> = row.get()?;
    let values = (0..width)
        .map(|_| row.value())
        .collect::<Result<Vec<Value>>>()?;
    let key = form_key(&values);
    let text = match (text, values.as_slice()) {
        (Some(text), _) if !text.is_empty() => text,
        (_, [value]) => named(&value.to_string()).to_owned(),
        _ => key.clone(),
    };
    Ok(Choice { key, text })
}

/// By these columns, such as those of the label, then by key.
fn order(columns: &[&str], table: &'static Table) -> Vec<OrderBy> {
    let columns = columns
        .iter()
        .chain(table.key)
        .filter_map(|name| table.column(name));
    columns
        .filter(|column| column.kind.is_ordered())
        .map(|column| OrderBy::column(column, false))
        .collect()
}
