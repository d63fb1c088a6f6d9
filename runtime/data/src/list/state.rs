//! The state of a list: what its URL says.

use std::borrow::Cow;
use std::sync::Arc;

use super::Limits;
use super::filter::{Filter, Operator, bad};
use super::search::search;
use crate::catalog::{ColumnDef, Table, Tree};
use crate::database::Storage;
use crate::error::{Error, Result};
use crate::query::OrderBy;
use crate::text::{size, url};

/// The state of a list: what its URL says.
#[derive(Debug, Clone)]
pub struct ListState {
    /// The table that is listed.
    pub table: &'static Table,
    /// What is searched for; empty for nothing.
    pub q: String,
    /// The filters, in the order of the URL.
    pub filters: Vec<Filter>,
    /// The columns that the URL says to sort by; none for the order of the table.
    pub sort: Vec<Sort>,
    /// Which page.
    pub place: Place,
    /// Why there are no rows, where the reason is not that none match.
    pub notice: Option<String>,
    /// The statements after which there would be some.
    pub remedies: Vec<String>,
    /// Where a large table was searched, if it was.
    pub searched: Option<String>,
    /// Which rows of the page are not shown, because a value could not be read, and why.
    pub unread: Vec<String>,
    /// How the table is stored, if it has too many rows for them to be read.
    pub(crate) storage: Option<Arc<Storage>>,
    /// Whether the filters leave so few of them that everything can be asked.
    pub(super) is_few: bool,
}

/// A column to sort by.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// The column.
    pub column: &'static ColumnDef,
    /// Whether from the greatest to the least.
    pub descending: bool,
}

impl Sort {
    /// The order of the rows.
    pub(super) fn order(&self) -> OrderBy {
        OrderBy::column(self.column, self.descending)
    }
}

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The first.
    First,
    /// The one after a row.
    After(String),
    /// The one before a row.
    Before(String),
}

impl ListState {
    /// The first page of everything.
    pub fn new(table: &'static Table) -> Self {
        Self {
            table,
            q: String::new(),
            filters: Vec::new(),
            sort: Vec::new(),
            place: Place::First,
            notice: None,
            remedies: Vec::new(),
            searched: None,
            unread: Vec::new(),
            storage: None,
            is_few: false,
        }
    }

    /// Reads the state from a query string.
    pub fn parse(table: &'static Table, query: &str) -> Result<Self> {
        Self::parse_within(table, query, Limits::default())
    }

    /// Reads the state from a query string that may say so much: every link of the page says it again.
    pub(crate) fn parse_within(table: &'static Table, query: &str, limits: Limits) -> Result<Self> {
        let mut state = Self::new(table);
        let mut said = 0;
        let pairs = url::pairs(query)
            .ok_or_else(|| bad("the address is not encoded as it must be".to_owned()))?;
        for (name, value) in pairs {
            if value.is_empty() {
                // A form sends its empty inputs too.
                continue;
            }
            said += name.len() + value.len();
            if said > limits.bytes {
                return Err(too_long(format!(
                    "the address of a list may say at most {}",
                    size(limits.bytes)
                )));
            }
            match name.as_str() {
                "q" => state.q = readable(value)?,
                "sort" => state.sort = sorts(table, &value)?,
                "after" => state.place = Place::After(value),
                "before" => state.place = Place::Before(value),
                _ if state.filters.len() >= limits.filters => {
                    return Err(too_long(format!(
                        "a list takes at most {} filters",
                        limits.filters
                    )));
                }
                name => state.filters.push(Filter::parse(table, name, &value)?),
            }
        }
        Ok(state)
    }

    /// Whether its address has values that the database is to read.
    pub(super) fn has_values(&self) -> bool {
        self.is_narrowed() || self.place != Place::First
    }

    /// Whether its address asks for anything but its first rows in their own order.
    pub fn is_asked(&self) -> bool {
        self.has_values() || !self.sort.is_empty()
    }

    /// Whether there is nothing to be said of it but which table it is of.
    pub fn is_plain(&self) -> bool {
        let is_silent = self.notice.is_none() && self.unread.is_empty() && self.storage.is_none();
        !self.is_asked() && is_silent
    }

    /// What the rows are sorted by: what the URL says, else what the table says. Of a large table without an index for
    /// that, it is what its rows are taken by, or the key.
    pub(super) fn order(&self) -> Result<Cow<'_, [Sort]>> {
        if !self.sort.is_empty() {
            return Ok(Cow::Borrowed(&self.sort));
        }
        let own = sorts(self.table, self.table.sort)?;
        let Some(storage) = &self.storage else {
            return Ok(Cow::Owned(own));
        };
        // Where the rows of a range lie in any other order, nobody knows before they are read.
        let mut ranges = self.filters.iter().filter(|filter| filter.is_range());
        if let Some(range) = ranges.find(|range| storage.ordered.contains(range.column.name)) {
            let (column, descending) = (range.column, false);
            return Ok(Cow::Owned(vec![Sort { column, descending }]));
        }
        let is_served = |sort: &Sort| storage.ordered.contains(sort.column.name);
        Ok(match own.first().is_some_and(is_served) {
            true => Cow::Owned(own),
            false => Cow::Borrowed(&[]),
        })
    }

    /// What the search and the filters demand.
    pub(crate) fn condition(&self) -> Tree {
        match self.is_searched() {
            true => self.filtered().and(search(self.table, &self.q)),
            false => self.filtered(),
        }
    }

    /// Whether it is searched.
    pub(super) fn is_searched(&self) -> bool {
        !self.q.trim().is_empty()
    }

    /// What the filters demand; several `is` of one column are alternatives.
    pub(super) fn filtered(&self) -> Tree {
        let mut all = Vec::new();
        let (alternatives, others): (Vec<_>, Vec<_>) = self
            .filters
            .iter()
            .partition(|filter| filter.operator == Operator::Is);
        for column in self.table.columns {
            let same = alternatives
                .iter()
                .filter(|filter| filter.column.name == column.name);
            let conditions: Vec<Tree> = same.map(|filter| filter.condition.clone()).collect();
            if !conditions.is_empty() {
                all.push(Tree::Any(conditions));
            }
        }
        all.extend(others.into_iter().map(|filter| filter.condition.clone()));
        Tree::All(all)
    }
}

fn sorts(table: &'static Table, text: &str) -> Result<Vec<Sort>> {
    let mut sorts: Vec<Sort> = Vec::new();
    for part in parts(text) {
        let (name, descending) = part
            .strip_prefix('-')
            .map_or((part.as_str(), false), |name| (name, true));
        let name = unescape(name);
        let column = table.listed(&name).ok_or_else(|| {
            bad(format!(
                "{} have no column `{name}` to sort by",
                table.plural
            ))
        })?;
        if !column.is_ordered() {
            return Err(bad(format!(
                "{} cannot be sorted by `{name}`",
                table.plural
            )));
        }
        if !sorts.iter().any(|sort| sort.column.name == name) {
            sorts.push(Sort { column, descending });
        }
    }
    Ok(sorts)
}

/// A column's name as the order of a list has it: what has a meaning there follows a backslash.
pub(super) fn escape(name: &str) -> Cow<'_, str> {
    if !name.starts_with('-') && !name.contains(['\\', ',']) {
        return name.into();
    }
    let escaped = name.replace('\\', "\\\\").replace(',', "\\,");
    match escaped.starts_with('-') {
        true => format!("\\{escaped}").into(),
        false => escaped.into(),
    }
}

fn unescape(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut letters = name.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next()),
            letter => plain.push(letter),
        }
    }
    plain
}

/// What stands between commas, those after a backslash left out of account.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for letter in text.chars() {
        if letter == ',' && !escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        escaped = letter == '\\' && !escaped;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn too_long(message: String) -> Error {
    Error::UrlTooLong(message)
}

fn readable(text: String) -> Result<String> {
    if text.contains('\0') {
        return Err(bad("a text cannot have a NUL character".to_owned()));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_an_order() {
        for name in ["title", "-title", "a,b", "-", "\\", ",", "a\\,b"] {
            let text = format!("-{},{}", escape(name), escape(name));
            let parts = parts(&text);
            assert_eq!(parts.len(), 2, "{text}");
            assert_eq!(unescape(&parts[0][1..]), name);
            assert_eq!(unescape(&parts[1]), name);
            assert!(!parts[1].starts_with('-'));
        }
    }
}
