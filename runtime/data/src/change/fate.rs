//! What became of a row of which the database gives nothing back: a trigger that returns NULL, a rule or a policy may
//! have kept it, moved it or left it as it was.

use crate::catalog::{ColumnDef, Table, Test, Tree};
use crate::database::{Executor, Rows, run_one};
use crate::error::{Error, Result};
use crate::query::{OrderBy, Plan, Whole, read};
use crate::values::Value;

/// The row of an INSERT that gave none back, found by what was written; else an error that says what is known.
pub(super) async fn inserted(
    db: &dyn Executor,
    table: &'static Table,
    written: &[(ColumnDef, Value)],
) -> Result<Rows> {
    let singular = table.singular;
    let elsewhere = Error::Conflict(match db.keeps() {
        true => format!(
            "the database took the {singular}, but put it elsewhere or left it out: a trigger or a rule of the table \
             decides that; look for it before you add it again"
        ),
        false => format!(
            "the database put the {singular} elsewhere or left it out, as a trigger or a rule of the table decides: \
             what belongs to it cannot be saved with it, and so nothing was saved"
        ),
    });
    if table.key.is_empty() || written.is_empty() {
        return Err(elsewhere);
    }
    let mut plan = Plan::new(table);
    for (column, value) in written {
        plan.narrow(Tree::test(column, Test::Same(value.clone())));
    }
    // A key that counts is greatest in the row that came last.
    let key = table.key.iter().filter_map(|name| table.column(name));
    plan.order = key.map(|column| OrderBy::column(column, true)).collect();
    plan.limit = Some(1);
    match run_one(db, plan.rows(db.dialect(), &[], Whole::Everything)).await {
        Ok(rows) if !rows.is_empty() => Ok(rows),
        // What has no `=` cannot be looked for.
        Ok(_) | Err(_) => Err(elsewhere),
    }
}

/// What is known of a row that a policy lets in, but not be seen.
pub(super) fn unseen(db: &dyn Executor, table: &'static Table) -> Error {
    let singular = table.singular;
    match db.keeps() {
        true => Error::Unseen(format!(
            "the {singular} is saved; a row-level security policy of the database does not let this application see it"
        )),
        false => Error::Forbidden(format!(
            "a row-level security policy of the database does not let this application see the {singular} that it adds: \
             what belongs to it cannot be saved with it, and so nothing was saved"
        )),
    }
}

/// The row of an UPDATE that gave none back, if it holds what was written or is not there; else an error that says what
/// is known.
pub(super) async fn updated(
    db: &dyn Executor,
    table: &'static Table,
    mut key: Vec<Value>,
    version: Option<&str>,
    written: &[(ColumnDef, Value)],
) -> Result<Rows> {
    for (name, value) in table.key.iter().zip(&mut key) {
        if let Some((_, new)) = written.iter().find(|(column, _)| column.name == *name) {
            value.clone_from(new);
        }
    }
    let rows = read::versioned(db, Plan::new(table), key).await?;
    let Some(mut row) = rows.get(0) else {
        return Ok(rows);
    };
    let values = row.values(table.columns.len())?;
    let is_written = written.iter().all(|(column, value)| {
        let position = table.position(column.name);
        position.is_some_and(|position| values[position].same(value))
    });
    if is_written {
        return Ok(rows);
    }
    for _ in table.columns {
        row.value()?;
    }
    let now: String = row.get()?;
    let singular = table.singular;
    Err(Error::Conflict(match version {
        Some(version) if version != now => {
            format!("someone else has changed this {singular} meanwhile")
        }
        _ => format!(
            "the database left this {singular} as it was: a trigger, a rule or a policy of the table does not let it \
             be changed so"
        ),
    }))
}

/// What a DELETE that found no row means for a row that was there before.
pub(super) async fn deleted(
    db: &dyn Executor,
    table: &'static Table,
    key: Vec<Value>,
) -> Result<()> {
    // Whoever took it away, and however: it is gone.
    if read::by_key(db, Plan::new(table), &[], key)
        .await?
        .is_empty()
    {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "the database did not delete this {}: a trigger, a rule or a policy of the table keeps it",
        table.singular
    )))
}
