//! Rows by their key.

use super::plan::{Plan, Whole};
use super::statement_cache::StatementKey;
use crate::catalog::{RelationDef, has_key};
use crate::database::{Dialect, Executor, Failure, Rows, Rule, Statement, run_one};
use crate::error::{Error, Result};
use crate::values::Value;

/// The row with a key, with the labels of relations.
pub async fn by_key(
    db: &dyn Executor,
    plan: Plan,
    labels: &'static [RelationDef],
    key: Vec<Value>,
) -> Result<Rows> {
    let statement = row(db.dialect(), plan, labels, &key)?;
    found(run_one(db, statement).await)
}

/// The statement that asks for the row with a key.
pub fn row(
    dialect: Dialect,
    plan: Plan,
    labels: &'static [RelationDef],
    key: &[Value],
) -> Result<Statement> {
    let (is_whole, cached) = (
        plan.is_whole(),
        StatementKey::row(dialect, plan.table, labels),
    );
    let is_seen = |relation: &RelationDef| (relation.table)().is_seen_whole(plan.actor.as_ref());
    let is_fixed = labels.iter().all(is_seen);
    let build = || Ok(narrowed(plan, key.to_vec())?.rows(dialect, labels, Whole::Everything));
    match is_whole && is_fixed {
        true => cached.statement(key, build),
        false => build(),
    }
}

/// The rows of a plan.
pub async fn rows(db: &dyn Executor, plan: &Plan) -> Result<Rows> {
    let statement = plan.rows(db.dialect(), &[], Whole::Everything);
    Ok(run_one(db, statement).await?)
}

/// The row with a key, with its version.
pub async fn versioned(db: &dyn Executor, plan: Plan, key: Vec<Value>) -> Result<Rows> {
    let plan = narrowed(plan, key)?;
    found(run_one(db, plan.versioned(db.dialect())).await)
}

/// What the database refuses to read as a key is the key of no row; what else it refuses is a fault of the rows.
pub fn found<T>(outcome: Result<T, Failure>) -> Result<T> {
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
