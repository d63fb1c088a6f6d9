//! Whether rows lie within the reach of whoever writes: the row itself, and those that it refers to.

use super::Changes;
use super::gate::values;
use crate::actor::Action;
use crate::catalog::{Comparison, RelationDef, Table, Test, Tree, has_key};
use crate::database::{Executor, Rows, run_one};
use crate::error::{FieldErrors, Result};
use crate::query::Plan;
use crate::values::Value;

/// Refuses a reference that changes to a row that cannot be seen.
pub(super) async fn refers_to_seen(
    db: &dyn Executor,
    table: &'static Table,
    changes: &Changes,
    before: Option<&Rows>,
) -> Result<()> {
    let before = before.map(|rows| values(table, rows)).transpose()?;
    let mut errors = FieldErrors::default();
    for relation in table.relations {
        let other = (relation.table)();
        if other.scope(db.actor(), Action::View).is_none() {
            continue;
        }
        let Some(is_target) = target(table, other, relation, changes, before.as_deref()) else {
            continue;
        };
        let mut plan = Plan::seen(db, other);
        plan.narrow(is_target);
        if !exists(db, &plan).await? {
            let column = relation.on.first().map_or("", |(own, _)| own);
            errors.add(
                column,
                format!("{} must be one of the options", relation.label),
            );
        }
    }
    match errors.is_empty() {
        true => Ok(()),
        false => Err(errors.into()),
    }
}

/// That a row is the one that a relation leads to; `None` if it leads to none, or to the same as before.
fn target(
    table: &Table,
    other: &'static Table,
    relation: &RelationDef,
    changes: &Changes,
    before: Option<&[Value]>,
) -> Option<Tree> {
    let written = |own: &str| {
        let mut entries = changes.entries.iter();
        entries
            .find(|(column, _)| column.name == own)
            .map(|(_, value)| value)
    };
    let held = |own: &str| before?.get(table.position(own)?);
    let is_same = |own: &str| match (written(own), held(own)) {
        (None, _) => true,
        (Some(new), Some(old)) => new.same(old),
        (Some(_), None) => false,
    };
    if relation.on.iter().all(|(own, _)| is_same(own)) {
        return None;
    }
    let tests = relation.on.iter().map(|(own, theirs)| {
        let value = written(own).or_else(|| held(own));
        let value = value.filter(|value| **value != Value::Null)?;
        let column = other.column(theirs)?;
        Some(Tree::key(column, Comparison::Equal, value.clone()))
    });
    Some(Tree::All(tests.collect::<Option<_>>()?))
}

/// Whether a condition holds for a row that was just written.
pub(super) async fn holds(
    db: &dyn Executor,
    table: &'static Table,
    rows: &Rows,
    condition: Tree,
) -> Result<bool> {
    let values = values(table, rows)?;
    let is_row = match table.key {
        [] => {
            let cells = table.columns.iter().zip(values);
            let same = cells.map(|(column, value)| Tree::test(column, Test::Same(value)));
            Tree::All(same.collect())
        }
        key => {
            let positions = key.iter().filter_map(|name| table.position(name));
            has_key(table, positions.map(|at| values[at].clone()).collect())?
        }
    };
    let mut plan = Plan::new(table);
    plan.narrow(is_row);
    plan.narrow(condition);
    exists(db, &plan).await
}

async fn exists(db: &dyn Executor, plan: &Plan) -> Result<bool> {
    let rows = run_one(db, plan.exists(db.dialect())).await?;
    Ok(rows.first(|row| row.get())?.unwrap_or(false))
}
