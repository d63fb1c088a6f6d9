//! Which foreign key a change broke, where the database does not say: found by asking.

use super::node::{Comparison, Node};
use super::plan::Plan;
use crate::db::{Executor, Refusal, Rule};
use crate::error::Result;
use crate::list::Amount;
use crate::model::{ColumnDef, Effect, RelationDef, Table};
use crate::value::Value;

/// Whether the database says no more than that some foreign key is broken.
pub(super) fn is_unknown(refusal: &Refusal) -> bool {
    refusal.rule == Rule::ForeignKey
        && refusal.columns.is_empty()
        && refusal.constraint.is_none()
        && refusal.table.is_none()
}

/// Finds the columns whose values refer to nothing; if there are none, it is the row that others refer to.
pub(super) async fn find(
    db: &dyn Executor,
    table: &'static Table,
    written: &[(ColumnDef, Value)],
    refusal: &mut Refusal,
) -> Result<()> {
    for relation in table.relations {
        let Some(target) = target(relation, written) else {
            continue;
        };
        let rows = super::count(db, target.count(db.dialect(), Some(1))).await?;
        if rows == 0 {
            let own = relation.on.iter().map(|(own, _)| (*own).to_owned());
            refusal.columns = own.collect();
            return Ok(());
        }
    }
    let keys = written
        .iter()
        .filter(|(column, _)| table.referrers.iter().any(|to| to.refers_to(column.name)));
    refusal.columns = keys.map(|(column, _)| column.name.to_owned()).collect();
    if !refusal.columns.is_empty() {
        refusal.rule = Rule::Referenced;
    }
    Ok(())
}

/// The rows that a relation leads to with the values that were written; none where one is null or was left alone.
fn target(relation: &RelationDef, written: &[(ColumnDef, Value)]) -> Option<Plan> {
    let other = (relation.table)();
    let mut plan = Plan::new(other);
    for (own, theirs) in relation.on {
        let (_, value) = written.iter().find(|(column, _)| column.name == *own)?;
        if *value == Value::Null {
            return None;
        }
        let column = other.column(theirs)?;
        plan.narrow(Node::key(column, Comparison::Equal, value.clone()));
    }
    Some(plan)
}

/// The rows that keep a row from being deleted, counted and in words: `2 albums refer`.
pub(super) async fn referring(
    db: &dyn Executor,
    table: &'static Table,
    key: &[Value],
) -> Result<Option<String>> {
    let effects = Effect::of(db, table, key.to_vec()).await?;
    let refusing: Vec<&Effect> = effects.iter().filter(|effect| effect.refuses()).collect();
    let verb = match refusing.as_slice() {
        [only] if only.count.amount == Amount::Exact(1) => "refers",
        _ => "refer",
    };
    let words: Vec<String> = refusing
        .iter()
        .map(|effect| effect.count.to_string())
        .collect();
    Ok((!words.is_empty()).then(|| format!("{} {verb}", words.join(" and "))))
}
