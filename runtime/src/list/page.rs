//! One page of a list.

use super::count::{Amount, Count};
use super::keyset::Keyset;
use super::state::{ListState, Place, Sort};
use super::statements::statements;
use crate::db::{Dialect, Executor, Failure, Rule, Sink, run_one};
use crate::error::{Error, Result};
use crate::model::{RelationDef, Table};
use crate::query::{OrderBy, Plan, Whole, planned};
use crate::row::Row;
use crate::value::Value;

/// How many rows a page has.
pub(crate) const SIZE: usize = 50;
/// How many columns of a row without a key are said.
const SHOWN: usize = 3;
/// How far rows are counted.
const CAP: u64 = 10_000;

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
    count: Count,
    list: ListState,
    next: Option<String>,
    previous: Option<String>,
}

/// What gathers the rows of a page; what they are read as is known only where it is made.
pub(crate) trait Gather: Send {
    /// Reads a row and adds it.
    fn add(&mut self, row: &mut Row<'_>) -> Result<()>;

    /// Forgets all rows.
    fn clear(&mut self);

    /// Turns their order round.
    fn reverse(&mut self);
}

/// The rows of a page, read as `R`.
pub(crate) struct Gathered<R> {
    pub(crate) rows: Vec<R>,
    read: fn(&mut Row<'_>) -> Result<R>,
}

impl<R> Gathered<R> {
    pub(crate) fn new(read: fn(&mut Row<'_>) -> Result<R>) -> Self {
        let rows = Vec::with_capacity(SIZE);
        Self { rows, read }
    }
}

impl<R: Send> Gather for Gathered<R> {
    fn add(&mut self, row: &mut Row<'_>) -> Result<()> {
        self.rows.push((self.read)(row)?);
        Ok(())
    }

    fn clear(&mut self) {
        self.rows.clear();
    }

    fn reverse(&mut self) {
        self.rows.reverse();
    }
}

/// Takes the rows of a page, and their number.
struct Reading<'a> {
    rows: &'a mut dyn Gather,
    table: &'static Table,
    keyset: Option<&'a Keyset>,
    /// How many rows there were: one more than the page has, where there is another page.
    seen: usize,
    /// Where the first of them stands in the list.
    first: Option<String>,
    /// Where the last one stands, if the page is full.
    last: Option<String>,
    total: Option<i64>,
    /// Why some could not be read.
    unread: Vec<String>,
    /// What the database has changed, if that is why.
    drift: Option<Error>,
}

impl<'a> Reading<'a> {
    fn new(rows: &'a mut dyn Gather, table: &'static Table, keyset: Option<&'a Keyset>) -> Self {
        Self {
            rows,
            table,
            keyset,
            seen: 0,
            first: None,
            last: None,
            total: None,
            unread: Vec::new(),
            drift: None,
        }
    }

    /// Reads a row; one that cannot be read is left out, and said to be.
    fn add(&mut self, mut row: Row<'_>) -> Result<()> {
        self.seen += 1;
        match (self.seen, self.keyset) {
            (1, Some(keyset)) => self.first = Some(keyset.cursor(&row)?),
            (SIZE, Some(keyset)) => self.last = Some(keyset.cursor(&row)?),
            _ => {}
        }
        if self.seen <= SIZE
            && let Err(error) = self.rows.add(&mut row)
        {
            self.unread.push(unread(self.table, &row, &error));
            if let Error::Drifted(_) = error {
                self.drift.get_or_insert(error);
            }
        }
        Ok(())
    }

    /// What the database has changed, if no row of the page can be read any more.
    fn drift(&mut self) -> Option<Error> {
        let is_none_read = self.unread.len() == self.seen.min(SIZE);
        self.drift.take().filter(|_| is_none_read)
    }

    fn is_more(&self) -> bool {
        self.seen > SIZE
    }
}

impl Sink for Reading<'_> {
    fn take(&mut self, statement: usize, mut row: Row<'_>) -> Result<()> {
        match statement {
            0 => self.add(row)?,
            _ => self.total = row.get()?,
        }
        Ok(())
    }

    fn restart(&mut self) {
        self.rows.clear();
        (self.seen, self.first, self.last, self.total) = (0, None, None, None);
        self.unread.clear();
        self.drift = None;
    }
}

/// Asks for one page and its count, both at once; `rows` gathers what the page shows.
pub(crate) async fn load(
    db: &dyn Executor,
    plan: Plan,
    labels: &[RelationDef],
    mut list: ListState,
    rows: &mut dyn Gather,
) -> Result<Loaded> {
    let dialect = db.dialect();
    let order = list.order()?.into_owned();
    let keyset = Keyset::new(dialect, list.table, labels, &order);
    let backward = keyset.is_some() && matches!(list.place, Place::Before(_));
    let mut beyond = None;
    let mut offset = 0;
    match (&keyset, &list.place) {
        (Some(keyset), Place::After(cursor) | Place::Before(cursor)) => {
            beyond = Some(keyset.beyond(cursor, backward)?)
        }
        (None, Place::After(place) | Place::Before(place)) => offset = parse_offset(place)?,
        (_, Place::First) => {}
    }
    let statements = statements(dialect, &plan, labels, &list, || {
        let mut counted = plan.clone();
        counted.narrow(list.condition());
        let mut page = counted.clone();
        page.limit = Some(SIZE as u64 + 1);
        beyond.into_iter().for_each(|node| page.narrow(node));
        match &keyset {
            Some(keyset) => page.order.extend(keyset.order(backward)),
            None => {
                page.order.extend(order.iter().map(Sort::order));
                page.order.extend(by_place(list.table, &order));
                page.offset = Some(offset);
            }
        }
        let whole = keyset.as_ref().map_or_else(Vec::new, Keyset::names);
        [
            page.rows(dialect, labels, Whole::Only(&whole)),
            counted.count(dialect, Some(CAP + 1)),
        ]
    });
    let mut reading = Reading::new(rows, list.table, keyset.as_ref());
    let is_asked = list.is_narrowed() || list.place != Place::First;
    match db
        .run_into(&*statements, &mut reading)
        .await
        .map_err(|failure| unreadable(failure, is_asked))
    {
        Ok(()) => {}
        Err(Error::Unfilled) => return Ok(unfilled(list)),
        Err(error) => return Err(error),
    }
    if let Some(drift) = reading.drift() {
        return Err(drift);
    }
    // A page that was asked for backwards comes backwards.
    if backward {
        reading.rows.reverse();
        reading.unread.reverse();
    }
    let (next, previous) = match reading.keyset {
        Some(_) => keyset_links(&mut reading, &list),
        None => offset_links(&list, offset, reading.is_more()),
    };
    let total = reading.total.and_then(|total| u64::try_from(total).ok());
    list.unread = reading.unread;
    let mut count = Count::new(list.table, total.unwrap_or(0), CAP);
    if let Amount::MoreThan(_) = count.amount
        && let Some(planned) = estimate(db, plan, &list).await
    {
        count = count.estimated(planned);
    }
    Ok(Loaded {
        count,
        list,
        next,
        previous,
    })
}

/// How many rows the database expects a list to have, where it says that without reading them.
async fn estimate(db: &dyn Executor, mut plan: Plan, list: &ListState) -> Option<u64> {
    if db.dialect() != Dialect::Postgres {
        return None;
    }
    plan.narrow(list.condition());
    // Without it, what was counted is what is said.
    let rows = run_one(db, plan.estimate(Dialect::Postgres)).await.ok()?;
    let answer: String = rows.iter().next()?.get().ok()?;
    planned(&answer)
}

/// A page of a materialized view that holds nothing yet, not even no rows.
fn unfilled(mut list: ListState) -> Loaded {
    let Table { schema, name, .. } = list.table;
    list.notice = Some(format!(
        "This view has not been filled yet: refresh it, or run REFRESH MATERIALIZED VIEW {schema}.{name}."
    ));
    Loaded {
        count: Count::new(list.table, 0, CAP),
        list,
        next: None,
        previous: None,
    }
}

impl Loaded {
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

/// Why a row is missing on the page.
fn unread(table: &'static Table, row: &Row<'_>, error: &Error) -> String {
    let mut keys = table.key.iter();
    let keyless = keys.find(|name| {
        let position = table.position(name);
        position
            .is_some_and(|position| row.value_at(position).is_ok_and(|cell| cell == Value::Null))
    });
    match keyless {
        Some(name) => format!(
            "{} has no key and so no page: its `{name}` is null{}",
            table.indefinite,
            others(table, row)
        ),
        None => format!("{} is not shown: {error}", name(table, row)),
    }
}

/// What a row without a key holds, so that it is known by that: `; name is Bob`.
fn others(table: &'static Table, row: &Row<'_>) -> String {
    let cells = table
        .columns
        .iter()
        .enumerate()
        .filter_map(|(index, column)| {
            let value = row.value_at(index).ok()?;
            let shown = !column.hidden && value != Value::Null;
            shown.then(|| format!("; {} is {value}", column.label))
        });
    cells.take(SHOWN).collect()
}

/// What a row that cannot be read is called: `film 42`.
fn name(table: &'static Table, row: &Row<'_>) -> String {
    let positions = table.key.iter().filter_map(|name| table.position(name));
    let key: Vec<String> = positions
        .map(|position| {
            row.value_at(position)
                .map_or_else(|_| "?".to_owned(), |value| value.to_string())
        })
        .collect();
    match key.as_slice() {
        [] => format!("one of the {}", table.plural),
        key => format!("{} {}", table.singular, key.join(", ")),
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
fn unreadable(failure: Failure, is_asked: bool) -> Error {
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
