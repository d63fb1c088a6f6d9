//! The two statements of a page: its rows and their number. Those of first pages that nothing narrows, by far the
//! most visited, are built once.

use std::collections::HashMap;
use std::ptr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::load::Ask;
use super::state::ListState;
use crate::catalog::RelationDef;
use crate::database::{Dialect, Lists, Statement};

/// How many pairs are kept: an order of several columns has more forms than anyone asks for.
const KEPT: usize = 512;

/// The rows of a page, and their number.
pub(super) type Statements = Arc<[Statement; 2]>;

static FIRST_PAGES: LazyLock<Mutex<HashMap<FirstPage, Statements>>> = LazyLock::new(Mutex::default);

/// What the statements of a first page depend on where nothing narrows it.
#[derive(Debug, PartialEq, Eq, Hash)]
struct FirstPage {
    dialect: Dialect,
    /// The address of the table.
    table: usize,
    /// The address of the relations whose labels are read, and how many there are.
    labels: (usize, usize),
    /// What bounds them.
    lists: Option<Lists>,
    sort: Vec<(&'static str, bool)>,
}

impl FirstPage {
    fn of(ask: &Ask<'_>, list: &ListState) -> Option<Self> {
        let actor = ask.plan.actor.as_ref();
        let is_seen = |relation: &RelationDef| (relation.table)().is_seen_whole(actor);
        let is_fixed = ask.labels.iter().all(is_seen);
        (ask.plan.is_whole() && is_fixed && !list.has_values()).then(|| Self {
            dialect: ask.db.dialect(),
            table: ptr::from_ref(ask.plan.table).addr(),
            labels: (ask.labels.as_ptr().addr(), ask.labels.len()),
            lists: ask.lists,
            sort: list
                .sort
                .iter()
                .map(|sort| (sort.column.name, sort.descending))
                .collect(),
        })
    }
}

/// The statements of a page, which are built if they are not kept.
pub(super) fn statements(
    ask: &Ask<'_>,
    list: &ListState,
    build: impl FnOnce() -> [Statement; 2],
) -> Statements {
    let Some(page) = FirstPage::of(ask, list) else {
        return Arc::new(build());
    };
    let mut kept = FIRST_PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT {
        kept.clear();
    }
    Arc::clone(kept.entry(page).or_insert_with(|| Arc::new(build())))
}
