//! What a form offers of many rows that are linked with its row: a page of them, and others that a search finds.

use umbel_data::catalog::{ColumnDef, Tree, has_one_of, parse_form_key};
use umbel_data::database::{Dialect, Rows, Statement};
use umbel_data::error::Result;
use umbel_data::list::search;
use umbel_data::model::ManyLinked;
use umbel_data::query::Amount;

use super::wanted::Wanted;
use super::{Choice, ChoiceQuery, ChoiceSet, FOUND, STATEMENTS, choice, order};
use crate::form::{Linked, Many, PAGE};

/// A page of many linked rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkedRows {
    /// The rows, in their order.
    pub rows: Vec<Choice>,
    /// Whether there are others after them.
    pub has_next: bool,
}

/// Many linked rows, before they are loaded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paged<'a> {
    stored: &'a ManyLinked,
    many: &'a Many,
}

impl<'a> Paged<'a> {
    pub(super) fn of(linked: &'a Linked) -> Option<Self> {
        let many = linked.many.as_ref()?;
        let stored = many.stored.as_ref()?;
        Some(Self { stored, many })
    }

    /// Asks for a page of the linked rows, for those that are added or taken away, and for others that are searched for.
    pub(super) fn statements(
        &self,
        offer: &ChoiceQuery<'_>,
        dialect: Dialect,
        wanted: &Wanted,
        searched: Option<&str>,
    ) -> [Statement; STATEMENTS] {
        let (table, key) = (offer.table, offer.key());

        let mut page = wanted.seen();
        page.narrow(self.stored.is_linked.clone());
        page.narrow(searched.map_or(Tree::TRUE, |text| search(table, text)));
        // So many are not sorted by what no index has.
        page.order = order(
            match self.stored.count.amount {
                Amount::Exact(_) => offer.table.label,
                Amount::MoreThan(_) | Amount::About(_) | Amount::Unknown => &[],
            },
            table,
        );
        page.limit = Some(PAGE + 1);
        page.offset = Some(self.many.page * PAGE);

        let changed = offer.selected.iter().copied();
        let changed = changed.chain(self.many.removed.iter().map(String::as_str));
        let changed = changed.filter_map(|text| parse_form_key(&key, text));
        let mut picked = wanted.seen();
        picked.narrow(has_one_of(&key, changed.collect()));
        picked.order = order(table.label, table);

        let others = Tree::Not(Box::new(self.stored.is_linked.clone()));
        let found = match searched {
            Some(text) => wanted.found(text, others, FOUND),
            None => wanted.first(0),
        };

        [&page, &picked, &found].map(|plan| plan.choices(dialect, &key))
    }

    /// What the answers to the statements offer.
    pub(super) fn offered(
        key: &[ColumnDef],
        answers: &[Rows],
        searched: Option<&str>,
    ) -> Result<ChoiceSet> {
        let mut answers = answers.iter().map(|rows| {
            let choices = rows.iter().map(|mut row| choice(&mut row, key.len()));
            choices.collect::<Result<Vec<Choice>>>()
        });
        let mut next = || answers.next().unwrap_or_else(|| Ok(Vec::new()));
        let (mut rows, mut options, found) = (next()?, next()?, next()?);
        let has_next = rows.len() as u64 > PAGE;
        rows.truncate(PAGE as usize);
        options.extend(found);
        Ok(ChoiceSet {
            options,
            search: searched.map(str::to_owned),
            linked: Some(LinkedRows { rows, has_next }),
            ..ChoiceSet::default()
        })
    }
}
