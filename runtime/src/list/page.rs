//! One page of a list.

use super::count::Count;
use super::keyset::Keyset;
use super::state::{ListState, Place, Sort};
use super::statements::statements;
use crate::db::{Executor, Failure, Rows};
use crate::error::{Error, Result};
use crate::model::{RelationDef, Table};
use crate::query::{Plan, Whole};
use crate::row::Row;

/// How many rows a page has.
pub(crate) const SIZE: u64 = 50;
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

/// A page whose rows are not read yet.
pub(crate) struct Loaded {
    rows: Rows,
    /// How many of them belong to the page.
    shown: usize,
    backward: bool,
    count: Count,
    list: ListState,
    next: Option<String>,
    previous: Option<String>,
}

/// Asks for one page and its count, both at once.
pub(crate) async fn load(
    db: &dyn Executor,
    plan: Plan,
    labels: &[RelationDef],
    list: ListState,
) -> Result<Loaded> {
    let dialect = db.dialect();
    let order = list.order()?.into_owned();
    let keyset = Keyset::new(list.table, &order);
    let backward = keyset.is_some() && matches!(list.place, Place::Before(_));
    let mut beyond = None;
    let mut offset = 0;
    match (&keyset, &list.place) {
        (Some(keyset), Place::After(cursor) | Place::Before(cursor)) => {
            beyond = Some(keyset.beyond(dialect, cursor, backward)?)
        }
        (None, Place::After(place) | Place::Before(place)) => offset = parse_offset(place)?,
        (_, Place::First) => {}
    }
    let statements = statements(dialect, &plan, labels, &list, || {
        let mut counted = plan.clone();
        counted.narrow(list.condition());
        let mut page = counted.clone();
        page.limit = Some(SIZE + 1);
        beyond.into_iter().for_each(|node| page.narrow(node));
        match &keyset {
            Some(keyset) => page.order.extend(keyset.order(backward)),
            None => {
                page.order.extend(order.iter().map(Sort::order));
                page.offset = Some(offset);
            }
        }
        let whole = keyset.as_ref().map_or_else(Vec::new, Keyset::names);
        [
            page.rows(dialect, labels, Whole::Only(&whole)),
            counted.count(dialect, Some(CAP + 1)),
        ]
    });
    let mut answers = match db.run(&*statements).await.map_err(unreadable) {
        Ok(answers) => answers.into_iter(),
        Err(Error::Unfilled) => return Ok(unfilled(list)),
        Err(error) => return Err(error),
    };
    let rows = answers.next().unwrap_or_default();
    let total: Option<i64> = answers.next().unwrap_or_default().first(|row| row.get())?;
    let total = total
        .and_then(|total| u64::try_from(total).ok())
        .unwrap_or(0);
    let shown = rows.len().min(SIZE as usize);
    let more = rows.len() > shown;
    let (next, previous) = match &keyset {
        Some(keyset) => keyset_links(keyset, &list, &rows, shown, more)?,
        None => offset_links(&list, offset, more),
    };
    Ok(Loaded {
        rows,
        shown,
        backward,
        count: Count::new(list.table, total, CAP),
        list,
        next,
        previous,
    })
}

/// A page of a materialized view that holds nothing yet, not even no rows.
fn unfilled(mut list: ListState) -> Loaded {
    let Table { schema, name, .. } = list.table;
    list.notice = Some(format!(
        "This view has not been filled yet: refresh it, or run REFRESH MATERIALIZED VIEW {schema}.{name}."
    ));
    Loaded {
        rows: Rows::default(),
        shown: 0,
        backward: false,
        count: Count::new(list.table, 0, CAP),
        list,
        next: None,
        previous: None,
    }
}

impl Loaded {
    /// The row at a place of the page: one that was asked for backwards comes backwards.
    fn row(&self, place: usize) -> Option<Row<'_>> {
        let last = self.shown.checked_sub(1)?;
        self.rows.get(match self.backward {
            true => last.checked_sub(place)?,
            false => place,
        })
    }

    /// Reads the rows; one that cannot be read is left out, and said to be.
    pub(crate) fn read<R>(mut self, read: fn(&mut Row<'_>) -> Result<R>) -> Page<R> {
        let mut rows = Vec::with_capacity(self.shown);
        for place in 0..self.shown {
            let Some(mut row) = self.row(place) else {
                break;
            };
            match read(&mut row) {
                Ok(row) => rows.push(row),
                Err(error) => {
                    let reason = unread(self.list.table, &row, &error);
                    self.list.unread.push(reason);
                }
            }
        }
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
    format!("{} is not shown: {error}", name(table, row))
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

type Links = (Option<String>, Option<String>);

fn keyset_links(
    keyset: &Keyset,
    list: &ListState,
    rows: &Rows,
    shown: usize,
    more: bool,
) -> Result<Links> {
    let backward = matches!(list.place, Place::Before(_));
    let (near, far) = match (rows.get(0), rows.get(shown.saturating_sub(1))) {
        (Some(near), Some(far)) => (keyset.cursor(&near)?, keyset.cursor(&far)?),
        // Nothing is there any more: the first page is what remains.
        _ => return Ok((None, (list.place != Place::First).then(|| list.first_url()))),
    };
    let (first, last) = if backward { (far, near) } else { (near, far) };
    let has_next = backward || more;
    let has_previous = if backward {
        more
    } else {
        list.place != Place::First
    };
    let next = has_next.then(|| list.place_url(Some(&Place::After(last))));
    let previous = has_previous.then(|| list.place_url(Some(&Place::Before(first))));
    Ok((next, previous))
}

fn offset_links(list: &ListState, offset: u64, more: bool) -> Links {
    let at = |offset: u64| match offset {
        0 => list.first_url(),
        offset => list.place_url(Some(&Place::After(offset.to_string()))),
    };
    let next = more.then(|| at(offset + SIZE));
    let previous = (offset > 0).then(|| at(offset.saturating_sub(SIZE)));
    (next, previous)
}

/// What the database refuses to read in the address of a list is a bad request.
fn unreadable(failure: Failure) -> Error {
    match failure {
        Failure::Refused(refusal) => Error::BadRequest(refusal.message),
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
