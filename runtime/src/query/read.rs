//! Rows by their key.

use super::kept::Shape;
use super::node::Node;
use super::plan::{Plan, Whole};
use crate::db::{Dialect, Executor, Failure, Rows, Rule, Statement, run_one};
use crate::error::{Error, Result};
use crate::model::{ReferrerDef, RelationDef, Table};
use crate::related::{self, Related, Sought};
use crate::value::Value;

/// The row with a key, with the labels of relations.
pub(crate) async fn by_key(
    db: &dyn Executor,
    plan: Plan,
    labels: &'static [RelationDef],
    key: Vec<Value>,
) -> Result<Rows> {
    let statement = row(db.dialect(), plan, labels, &key)?;
    found(run_one(db, statement).await)
}

/// The row with a key, with the labels of relations, and what belongs to it, in one round trip.
pub(crate) async fn with_related(
    db: &dyn Executor,
    plan: Plan,
    labels: &'static [RelationDef],
    key: Vec<Value>,
    relations: &[ReferrerDef],
) -> Result<(Rows, Vec<Related>)> {
    let (dialect, table) = (db.dialect(), plan.table);
    let sought = Sought::of(db, relations).await;
    let mut statements = Vec::with_capacity(1 + 2 * relations.len());
    statements.push(row(dialect, plan, labels, &key)?);
    related::ask(dialect, table, &key, &sought, &mut statements)?;
    let mut answers = found(db.run(&statements).await)?.into_iter();
    let rows = answers.next().unwrap_or_default();
    Ok((rows, related::read(table, &key, &sought, answers)?))
}

fn row(
    dialect: Dialect,
    plan: Plan,
    labels: &'static [RelationDef],
    key: &[Value],
) -> Result<Statement> {
    let (is_whole, shape) = (plan.is_whole(), Shape::row(dialect, plan.table, labels));
    let build = || Ok(narrowed(plan, key.to_vec())?.rows(dialect, labels, Whole::Everything));
    // What scopes ask for may be other each time.
    let is_fixed = (labels.iter()).all(|relation| (relation.table)().scope.is_none());
    match is_whole && is_fixed {
        true => shape.statement(key, build),
        false => build(),
    }
}

/// The row with a key, with its version.
pub(crate) async fn versioned(db: &dyn Executor, plan: Plan, key: Vec<Value>) -> Result<Rows> {
    let plan = narrowed(plan, key)?;
    found(run_one(db, plan.versioned(db.dialect())).await)
}

/// What the database refuses to read as a key is the key of no row; what else it refuses is a fault of the rows.
fn found<T>(outcome: Result<T, Failure>) -> Result<T> {
    outcome.map_err(|failure| match failure {
        Failure::Refused(refusal) => match refusal.rule {
            Rule::Raised => Failure::Refused(refusal).into(),
            _ if refusal.parameter.is_none() && refusal.rule == Rule::Value => {
                Error::Database(refusal.message)
            }
            _ => Error::NotFound,
        },
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
