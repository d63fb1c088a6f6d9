//! How a table of SQLite is stored, as its own query planner says when it is asked what a list would ask.

use crate::catalog::{ColumnDef, Comparison, Table, TableKind, Tree, quoted};
use crate::database::{Dialect, Executor, Rows, Statement, Storage, run_one};
use crate::error::Result;
use crate::query::{OrderBy, Plan, Whole, count};
use crate::values::Value;

/// Reads how a table is stored; of one that has no more rows than are few, nothing else is asked.
pub(super) async fn read(db: &dyn Executor, table: &'static Table, large: u64) -> Result<Storage> {
    if table.kind != TableKind::Table {
        return Ok(Storage::default());
    }
    let counted = count(db, Plan::new(table).count(Dialect::Sqlite, Some(large + 1))).await?;
    if counted <= large {
        return Ok(Storage::default());
    }
    let mut storage = Storage {
        rows: Some(rows(db, table).await.unwrap_or(counted).max(counted)),
        is_indexed: true,
        ..Storage::default()
    };
    let listed = || table.columns.iter().filter(|column| !column.hidden);
    let ordered: Vec<_> = listed().filter(|column| column.is_ordered()).collect();
    let samples = listed().filter_map(|column| Some((column, sample(column)?)));
    let (found, samples): (Vec<_>, Vec<_>) = samples.unzip();
    let finds = found.iter().zip(samples);
    let asked: Vec<_> = (ordered.iter().map(|column| in_order(table, column)))
        .chain(finds.map(|(column, value)| with_value(table, column, value)))
        .collect();
    let answers = db.run(&asked).await?;
    let (orders, finds) = answers.split_at(ordered.len());
    for (column, answer) in ordered.iter().zip(orders) {
        if !says(answer, "USE TEMP B-TREE") {
            storage.ordered.insert(column.name);
        }
    }
    for (column, answer) in found.iter().zip(finds) {
        if says(answer, "SEARCH") {
            storage.found.insert(column.name);
        }
    }
    Ok(storage)
}

/// About how many rows there are: as ANALYZE has counted them, or as their numbers go.
async fn rows(db: &dyn Executor, table: &'static Table) -> Option<u64> {
    let name = Value::Text(table.name.into());
    let analyzed = Statement::new(ANALYZED, vec![name]);
    // Where nobody has run ANALYZE, there is no such table.
    if let Ok(answer) = run_one(db, analyzed).await
        && let Some(mut row) = answer.iter().next()
        && let Ok(Some(rows)) = row.get::<Option<i64>>()
    {
        return u64::try_from(rows).ok();
    }
    let name = quoted(table.name);
    let numbered = format!("SELECT max(rowid) - min(rowid) + 1 FROM {name}");
    count(db, Statement::new(numbered, Vec::new())).await.ok()
}

/// The number of rows stands first in what is kept of each index: `1200 40 1`.
const ANALYZED: &str = "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = ?1";

fn in_order(table: &'static Table, column: &ColumnDef) -> Statement {
    let mut plan = Plan::new(table);
    plan.order = vec![OrderBy::column(column, false)];
    explained(&plan)
}

fn with_value(table: &'static Table, column: &ColumnDef, value: Value) -> Statement {
    let mut plan = Plan::new(table);
    plan.narrow(Tree::compare(column, Comparison::Equal, value));
    explained(&plan)
}

fn explained(plan: &Plan) -> Statement {
    plan.rows(Dialect::Sqlite, &[], Whole::Only(&[]))
        .explained(Dialect::Sqlite)
}

/// Some value of a column: which it is makes no difference to how it would be found.
fn sample(column: &ColumnDef) -> Option<Value> {
    let texts = [
        "1",
        "true",
        "2000-01-01",
        "2000-01-01 00:00",
        "00:00",
        "a",
        "00",
    ];
    let mut values = texts.iter().map(|text| column.kind.parse(text));
    values.find_map(std::result::Result::ok)
}

/// Whether a step of a plan has some words: `SEARCH t0 USING INDEX event_user (user_id=?)`.
fn says(plan: &Rows, words: &str) -> bool {
    const DETAIL: usize = 3;
    let mut steps = plan.iter().filter_map(|row| row.value_at(DETAIL).ok());
    steps.any(|step| step.to_string().contains(words))
}
