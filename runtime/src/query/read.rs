//! Rows by their key.

use super::kept::Shape;
use super::node::Node;
use super::plan::{Plan, Whole};
use crate::db::{Executor, Failure, Rows, run_one};
use crate::error::{Error, Result};
use crate::model::{RelationDef, Table};
use crate::value::Value;

/// The row with a key, with the labels of relations.
pub(crate) async fn by_key(
    db: &dyn Executor,
    plan: Plan,
    labels: &'static [RelationDef],
    key: Vec<Value>,
) -> Result<Rows> {
    let dialect = db.dialect();
    let (is_whole, shape) = (plan.is_whole(), Shape::row(dialect, plan.table, labels));
    let build = || Ok(narrowed(plan, key.clone())?.rows(dialect, labels, Whole::Everything));
    let statement = match is_whole {
        true => shape.statement(&key, build),
        false => build(),
    };
    found(run_one(db, statement?).await)
}

/// The row with a key, with its version.
pub(crate) async fn versioned(db: &dyn Executor, plan: Plan, key: Vec<Value>) -> Result<Rows> {
    let plan = narrowed(plan, key)?;
    found(run_one(db, plan.versioned(db.dialect())).await)
}

/// What the database refuses to read as a key is the key of no row.
fn found(outcome: Result<Rows, Failure>) -> Result<Rows> {
    outcome.map_err(|failure| match failure {
        Failure::Refused(_) => Error::NotFound,
        Failure::Other(error) => error,
    })
}

fn narrowed(mut plan: Plan, key: Vec<Value>) -> Result<Plan> {
    plan.narrow(has_key(plan.table, key)?);
    Ok(plan)
}

/// That a row has the key; a row of a table without a key cannot be found.
pub(crate) fn has_key(table: &'static Table, key: Vec<Value>) -> Result<Node> {
    if table.key.is_empty() || table.key.len() != key.len() {
        return Err(Error::NotFound);
    }
    let columns = table
        .key
        .iter()
        .map(|name| table.column(name).ok_or(Error::NotFound));
    Ok(Node::has_key(columns.collect::<Result<Vec<_>>>()?, key))
}
