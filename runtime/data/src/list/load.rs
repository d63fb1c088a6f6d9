//! Reads one page of a list, and how many rows there are.

use super::keyset::{Keyset, Part};
use super::lacking::too_long;
use super::large::{self, Large};
use super::page::{Loaded, Notice, SIZE};
use super::reading::{Gather, Reading};
use super::state::{ListState, Place, Sort};
use super::statements::statements;
use crate::catalog::{RelationDef, Table, Tree};
use crate::database::{Bounds, Dialect, Executor, Failure, Lists, Rule, Statement, run_one};
use crate::error::{Error, Result};
use crate::query::{Amount, Count, OrderBy, Plan, Planned, Whole};
use crate::storage;

/// How far rows are counted.
pub(super) const CAP: u64 = 10_000;

/// What one page of a list is read by.
pub(super) struct Ask<'a> {
    pub(super) db: &'a dyn Executor,
    pub(super) lists: Option<Lists>,
    /// What the code that shows the list asks for, whatever its address says.
    pub(super) plan: Plan,
    pub(super) labels: &'a [RelationDef],
    /// What the rows are sorted by.
    pub(super) order: Vec<Sort>,
    pub(super) keyset: Option<Keyset>,
    /// The rows beyond the place in the list, if it is not its start.
    pub(super) beyond: Option<Vec<Part>>,
    /// Whether the page is read backwards.
    pub(super) backward: bool,
    /// How many rows lie in front, where nothing but counting tells.
    pub(super) offset: u64,
}

/// What came of reading a page.
pub(super) enum Outcome {
    /// Its rows are read; so many there are.
    Read(Count),
    /// They are not.
    Refused(Notice),
}

/// Asks for one page and its count; `rows` gathers what the page shows.
pub(super) async fn load(
    db: &dyn Executor,
    plan: Plan,
    labels: &[RelationDef],
    mut list: ListState,
    rows: &mut dyn Gather,
) -> Result<Loaded> {
    list.storage = storage::storage(db, list.table)
        .await
        .filter(|storage| storage.rows.is_some());
    let ask = Ask::new(db, plan, labels, &list)?;
    let mut reading = Reading::new(rows, list.table, ask.keyset.as_ref());
    let outcome = match Large::of(&ask, &list) {
        None => small(&ask, &list, &mut reading).await,
        Some(large) => large::read(&large, &ask, &mut list, &mut reading).await,
    };
    let count = match outcome {
        Ok(Outcome::Read(count)) => count,
        Ok(Outcome::Refused(why)) => return Ok(Loaded::without_rows(list, why)),
        Err(Error::Unfilled) => {
            let why = unfilled(list.table);
            return Ok(Loaded::without_rows(list, why));
        }
        Err(Error::Timeout) => {
            let why = too_long(&list);
            return Ok(Loaded::without_rows(list, why));
        }
        Err(error) => return Err(error),
    };
    if let Some(drift) = reading.drift() {
        return Err(drift);
    }
    // A page that was asked for backwards comes backwards.
    if ask.backward {
        reading.rows.reverse();
        reading.unread.reverse();
    }
    let (next, previous) = match ask.keyset {
        Some(_) => keyset_links(&mut reading, &list),
        None => offset_links(&list, ask.offset, reading.is_more()),
    };
    list.unread = reading.unread;
    Ok(Loaded {
        count,
        list,
        next,
        previous,
    })
}

impl<'a> Ask<'a> {
    fn new(
        db: &'a dyn Executor,
        plan: Plan,
        labels: &'a [RelationDef],
        list: &ListState,
    ) -> Result<Self> {
        let order = list.order()?.into_owned();
        let keyset = Keyset::new(db.dialect(), list.table, labels, &order);
        let backward = keyset.is_some() && matches!(list.place, Place::Before(_));
        let (mut beyond, mut offset) = (None, 0);
        if let Place::After(place) | Place::Before(place) = &list.place {
            match &keyset {
                Some(keyset) => beyond = Some(keyset.beyond(place, backward)?),
                None => offset = parse_offset(place)?,
            }
        }
        Ok(Self {
            db,
            lists: db.storages().map(|storages| storages.lists),
            plan,
            labels,
            order,
            keyset,
            beyond,
            backward,
            offset,
        })
    }

    /// The statement, within the bounds of a list.
    pub(super) fn bounded(&self, statement: Statement, rows: Option<u64>, anew: bool) -> Statement {
        let Some(Lists { timeout: time, .. }) = self.lists else {
            return statement;
        };
        statement.within(Bounds { time, rows, anew })
    }

    /// The rows of the page, of those that a plan asks for.
    pub(super) fn page(&self, mut plan: Plan) -> Plan {
        if let Some(parts) = &self.beyond {
            let parts = parts.iter().map(|part| part.rows.clone());
            plan.narrow(Tree::Any(parts.collect()));
        }
        plan.order.extend(self.sorted());
        plan.limit = Some(SIZE as u64 + 1);
        if self.keyset.is_none() {
            plan.offset = Some(self.offset);
        }
        plan
    }

    /// The order of the page.
    pub(super) fn sorted(&self) -> Vec<OrderBy> {
        match &self.keyset {
            Some(keyset) => keyset.order(self.backward),
            None => {
                let order = self.order.iter().map(Sort::order);
                order
                    .chain(by_place(self.plan.table, &self.order))
                    .collect()
            }
        }
    }

    /// The columns that are read whole, because they say where a row stands.
    pub(super) fn whole(&self) -> Vec<&'static str> {
        self.keyset.as_ref().map_or_else(Vec::new, Keyset::names)
    }
}

/// Reads the page and counts, both at once.
async fn small(ask: &Ask<'_>, list: &ListState, reading: &mut Reading<'_>) -> Result<Outcome> {
    let dialect = ask.db.dialect();
    let statements = statements(ask, list, || {
        let mut counted = ask.plan.clone();
        counted.narrow(list.condition());
        [
            (ask.page(counted.clone())).rows(dialect, ask.labels, Whole::Only(&ask.whole())),
            counted.count(dialect, Some(CAP + 1)),
        ]
        .map(|statement| ask.bounded(statement, None, false))
    });
    let run = ask.db.run_into(&*statements, reading).await;
    run.map_err(|failure| unreadable(failure, list.has_values()))?;
    let mut count = reading.counted(list.table);
    if let Amount::MoreThan(_) = count.amount
        && dialect == Dialect::Postgres
    {
        let mut counted = ask.plan.clone();
        counted.narrow(list.condition());
        let planned = planned(ask.db, &counted).await;
        count = planned.map_or(count, |planned| count.estimated(planned.rows));
    }
    Ok(Outcome::Read(count))
}

/// What PostgreSQL expects of a plan, if it says so.
pub(super) async fn planned(db: &dyn Executor, plan: &Plan) -> Option<Planned> {
    let statement = plan.rows(Dialect::Postgres, &[], Whole::Only(&[]));
    let answer = run_one(db, statement.explained(Dialect::Postgres)).await;
    Planned::read(&answer.ok()?)
}

/// A materialized view that holds nothing yet, not even no rows.
fn unfilled(table: &'static Table) -> Notice {
    let Table { schema, name, .. } = table;
    Notice {
        text: format!(
            "This view has not been filled yet: refresh it, or run REFRESH MATERIALIZED VIEW {schema}.{name}."
        ),
        remedies: Vec::new(),
    }
}

/// Where rows are told apart by where they lie alone, equal ones stand in that order on every page.
fn by_place(table: &'static Table, sort: &[Sort]) -> Vec<OrderBy> {
    let key = table.key.iter().filter_map(|name| table.column(name));
    key.filter(|column| column.row_id && !sort.is_empty())
        .map(|column| OrderBy::column(column, false))
        .collect()
}

type Links = (Option<String>, Option<String>);

fn keyset_links(reading: &mut Reading<'_>, list: &ListState) -> Links {
    if reading.seen == 0 {
        // Nothing is there any more: the first page is what remains.
        return (None, (list.place != Place::First).then(|| list.first_url()));
    }
    let more = reading.is_more();
    let (first, last) = (reading.first.take(), reading.last.take());
    let (next, previous) = match list.place {
        Place::First => (last.filter(|_| more), None),
        Place::After(_) => (last.filter(|_| more), first),
        // These came backwards.
        Place::Before(_) => (first, last.filter(|_| more)),
    };
    let next = next.map(|row| list.place_url(Some(&Place::After(row))));
    let previous = previous.map(|row| list.place_url(Some(&Place::Before(row))));
    (next, previous)
}

fn offset_links(list: &ListState, offset: u64, more: bool) -> Links {
    let at = |offset: u64| match offset {
        0 => list.first_url(),
        offset => list.place_url(Some(&Place::After(offset.to_string()))),
    };
    let next = more.then(|| at(offset + SIZE as u64));
    let previous = (offset > 0).then(|| at(offset.saturating_sub(SIZE as u64)));
    (next, previous)
}

/// What the database refuses to read in the address of a list is a bad request; where the address asks for nothing, the
/// rows themselves cannot be had.
pub(super) fn unreadable(failure: Failure, is_asked: bool) -> Error {
    match failure {
        Failure::Refused(refusal) if refusal.rule == Rule::Raised => {
            Failure::Refused(refusal).into()
        }
        Failure::Refused(refusal) if is_asked => Error::BadRequest(refusal.message),
        Failure::Refused(refusal) => Error::Database(refusal.message),
        Failure::Other(error) => error,
    }
}

/// The place in a list without a key: how many rows lie in front.
fn parse_offset(text: &str) -> Result<u64> {
    match text.parse::<u32>() {
        Ok(offset) => Ok(offset.into()),
        Err(_) => Err(Error::BadRequest(format!("`{text}` is no place in a list"))),
    }
}
