//! One page of a list.

use super::state::ListState;
use crate::query::Count;

/// How many rows a page has.
pub(crate) const SIZE: usize = 50;

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// How many rows the list has.
    pub count: Count,
    /// The state of the list, with its links.
    pub list: ListState,
    /// The next page.
    pub next: Option<String>,
    /// The page before.
    pub previous: Option<String>,
}

/// A page without its rows.
pub(crate) struct Loaded {
    pub(super) count: Count,
    pub(super) list: ListState,
    pub(super) next: Option<String>,
    pub(super) previous: Option<String>,
}

impl Loaded {
    /// A page that has no rows, and says why.
    pub(super) fn without_rows(mut list: ListState, why: Notice) -> Self {
        let stored = list.storage.as_ref().and_then(|storage| storage.rows);
        let count = Count::untold(list.table, stored);
        list.notice = Some(why.text);
        list.remedies = why.remedies;
        Self {
            count,
            list,
            next: None,
            previous: None,
        }
    }

    /// The page, with its rows.
    pub(crate) fn with<R>(self, rows: Vec<R>) -> Page<R> {
        Page {
            rows,
            count: self.count,
            list: self.list,
            next: self.next,
            previous: self.previous,
        }
    }
}

/// Why a page has no rows, and the statements that whoever looks after the database would run to have some.
#[derive(Debug)]
pub(super) struct Notice {
    pub(super) text: String,
    pub(super) remedies: Vec<String>,
}
