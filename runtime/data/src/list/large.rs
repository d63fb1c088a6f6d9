//! Reads a page of a large table: what an index serves, and what reads few rows without one.

use std::sync::Arc;

use super::keyset::Part;
use super::lacking::Lacking;
use super::load::{Ask, CAP, Outcome, planned, unreadable};
use super::lookup::{FOUND, Ground, Lookup};
use super::page::SIZE;
use super::reading::Reading;
use super::search::search;
use super::state::{ListState, Place};
use crate::catalog::Table;
use crate::database::{Dialect, Lists, Storage, run_one};
use crate::error::{Error, Result};
use crate::query::{Count, Plan, Planned, Way, Ways, Whole, count};

/// A large table, and what lists may ask of it.
pub(super) struct Large {
    storage: Arc<Storage>,
    lists: Lists,
}

impl Large {
    /// The table of a list, if it is large.
    pub(super) fn of(ask: &Ask<'_>, list: &ListState) -> Option<Self> {
        Some(Self {
            storage: list.storage.clone()?,
            lists: ask.lists?,
        })
    }

    /// About how many rows there are.
    fn rows(&self) -> u64 {
        self.storage.rows.unwrap_or(0)
    }
}

/// What a page costs in the unit of PostgreSQL, read row by row wherever they lie.
const PAGE: f64 = SIZE as f64 * 10.0;

/// What is read, and what is known of it before.
struct Asked {
    /// All rows that are asked for.
    all: Plan,
    page: Plan,
    lookup: Option<Lookup>,
    /// How many rows PostgreSQL expects the filters to leave.
    expected: Option<u64>,
    /// Whether an index finds those that a filter asks for.
    is_found: bool,
    /// What no index serves, and may read too much.
    lacking: Option<Lacking>,
}

/// Reads a page, and counts as far as that is quick.
pub(super) async fn read(
    large: &Large,
    ask: &Ask<'_>,
    list: &mut ListState,
    reading: &mut Reading<'_>,
) -> Result<Outcome> {
    let asked = Asked::of(large, ask, list).await;
    if let Some(lacking) = &asked.lacking
        && ask.db.dialect() == Dialect::Postgres
        && !large.affords(ask, &asked.page, list).await?
    {
        return Ok(Outcome::Refused(lacking.notice(list, &large.storage)));
    }
    let statement = (asked.page).rows(ask.db.dialect(), ask.labels, Whole::Only(&ask.whole()));
    let rows = asked.lacking.as_ref().map(|_| large.lists.large);
    let statement = ask.bounded(statement, rows, list.is_asked());
    let run = ask.db.run_into(&[statement], reading).await;
    match (
        run.map_err(|failure| unreadable(failure, list.has_values())),
        &asked.lacking,
    ) {
        (Ok(()), _) => {}
        (Err(Error::Timeout), Some(lacking)) => {
            return Ok(Outcome::Refused(lacking.notice(list, &large.storage)));
        }
        (Err(error), _) => return Err(error),
    }
    let count = asked.count(large, ask, list, reading.seen).await?;
    if count.is_exact() && (asked.is_found || asked.lookup.is_some()) {
        list.is_few = true;
    }
    list.searched = asked.lookup.map(|lookup| lookup.words);
    Ok(Outcome::Read(count))
}

impl Large {
    fn ground(&self, ask: &Ask<'_>, table: &'static Table) -> Ground<'_> {
        let whole = ask.whole();
        Ground {
            table,
            storage: &self.storage,
            lists: self.lists,
            is_keyed: ask.keyset.is_some(),
            unique: match whole.is_empty() {
                true => table.key.to_vec(),
                false => whole,
            },
        }
    }

    /// Whether PostgreSQL expects to read so few rows for a page that they need no index.
    async fn affords(&self, ask: &Ask<'_>, page: &Plan, list: &ListState) -> Result<bool> {
        let page = page.rows(Dialect::Postgres, &[], Whole::Only(&ask.whole()));
        let answer = run_one(ask.db, page.explained(Dialect::Postgres)).await;
        let answer = answer.map_err(|failure| unreadable(failure, list.has_values()))?;
        let share = self.lists.large as f64 / self.rows().max(1) as f64;
        let most = self.storage.cost * share + PAGE;
        Ok(Planned::read(&answer).is_none_or(|planned| planned.cost <= most))
    }
}

impl Asked {
    async fn of(large: &Large, ask: &Ask<'_>, list: &ListState) -> Self {
        let mut all = ask.plan.clone();
        all.narrow(list.filtered());
        let expected = match ask.db.dialect() == Dialect::Postgres && !all.filter.is_empty() {
            true => planned(ask.db, &all).await.map(|planned| planned.rows),
            false => None,
        };
        let mut asked = list.filters.iter();
        let is_found = asked.any(|filter| large.storage.finds(filter.column, filter.operator));
        let is_few = is_found && expected.is_some_and(|rows| rows <= CAP);
        let is_looked_up = list.is_searched() && !is_few;
        let lookup = is_looked_up.then(|| {
            let ground = large.ground(ask, list.table);
            Lookup::new(&ground, &list.q, &all.filter)
        });
        match &lookup {
            Some(lookup) => {
                all = Plan {
                    order: std::mem::take(&mut all.order),
                    actor: all.actor.take(),
                    ..lookup.plan(list.table)
                };
            }
            None if list.is_searched() => all.narrow(search(list.table, &list.q)),
            None => {}
        }
        let lacking = Lacking::of(ask, list, &large.storage, is_looked_up).filter(|_| !is_few);
        Self {
            page: match is_few || is_looked_up {
                true => ask.page(all.clone()),
                false => in_parts(ask, &all),
            },
            all,
            lookup,
            expected,
            is_found,
            lacking,
        }
    }

    /// How many rows there are, of which so many were seen for the page.
    async fn count(
        &self,
        large: &Large,
        ask: &Ask<'_>,
        list: &ListState,
        seen: usize,
    ) -> Result<Count> {
        let cap = match self.lookup {
            Some(_) => FOUND,
            None => CAP,
        };
        if list.place == Place::First && seen <= SIZE {
            return Ok(Count::new(list.table, seen as u64, cap));
        }
        let many = Count::new(list.table, cap + 1, cap);
        if self.all.is_whole() {
            return Ok(many.estimated(large.rows()));
        }
        let expected = self.expected.filter(|_| !list.is_searched());
        if let Some(rows) = expected.filter(|rows| *rows > CAP) {
            return Ok(many.estimated(rows));
        }
        let statement = self.all.count(ask.db.dialect(), Some(cap + 1));
        let rows = self.lacking.as_ref().map(|_| large.lists.large);
        match count(ask.db, ask.bounded(statement, rows, true)).await {
            Ok(counted) => Ok(Count::new(list.table, counted, cap)),
            // Those of the page are there.
            Err(Error::Timeout) => Ok(Count::new(list.table, SIZE as u64 + 1, SIZE as u64)),
            Err(error) => Err(error),
        }
    }
}

/// The page, gathered from parts that an index has in their order each: what lies beyond a row, by whichever of several
/// columns, and rows without a value, which would have to be sorted first.
fn in_parts(ask: &Ask<'_>, all: &Plan) -> Plan {
    let parts = match (&ask.beyond, &ask.keyset) {
        (Some(beyond), _) => beyond.clone(),
        (None, Some(keyset)) => keyset.all(),
        (None, None) => Vec::new(),
    };
    // An order that the code asks for is that of no part.
    if parts.len() < 2 || !all.order.is_empty() {
        return ask.page(all.clone());
    }
    let order = ask.sorted();
    let way = |part: Part| Way {
        filter: all.filter.clone().and(part.rows),
        order: order.get(part.equal..).unwrap_or_default().to_vec(),
        limit: SIZE as u64 + 1,
        among: None,
    };
    let others = ask.whole().into_iter();
    let mut page = Plan::new(all.table);
    page.actor.clone_from(&all.actor);
    page.ways = Some(Ways {
        ways: parts.into_iter().map(way).collect(),
        unique: Vec::new(),
        others: others
            .filter(|name| all.table.column(name).is_none())
            .collect(),
    });
    page.order = order;
    page.limit = Some(SIZE as u64 + 1);
    page
}
