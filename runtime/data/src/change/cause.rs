//! Which foreign key a change broke, where the database does not say: found by asking.

use super::referrers::{counts, refuses};
use super::write::Verb;
use crate::catalog::{ColumnDef, Comparison, RelationDef, Table, Tree};
use crate::database::wording::known;
use crate::database::{Executor, Refusal, Rule};
use crate::error::Result;
use crate::query::{Amount, Count, Plan, count};
use crate::values::Value;

/// Whether the database says no more than that some foreign key is broken.
pub(super) fn is_unknown(refusal: &Refusal) -> bool {
    refusal.rule == Rule::ForeignKey
        && refusal.columns.is_empty()
        && refusal.constraint.is_none()
        && refusal.table.is_none()
}

/// Which side of a foreign key a change broke, where the database names the key: the row refers to none, or others refer
/// to what the row was before.
pub(super) fn take_side(
    refusal: &mut Refusal,
    table: &'static Table,
    verb: Verb,
    written: &[(ColumnDef, Value)],
) {
    if refusal.rule != Rule::ForeignKey || verb == Verb::Insert {
        return;
    }
    let is_written = |name: &str| written.iter().any(|(column, _)| column.name == name);
    let own = known(refusal, table).map_or(&[][..], |known| known.columns);
    let is_elsewhere = table.referrers.iter().any(|to| {
        let (schema, name) = to.place();
        name != table.name
            && refusal.table.as_deref() == Some(name)
            && refusal
                .schema
                .as_deref()
                .is_none_or(|found| found == schema)
    });
    if !is_elsewhere && own.iter().any(|name| is_written(name)) {
        return;
    }
    let mut referred = referred(table, written);
    if referred.is_empty() && own.is_empty() {
        // Of what refers to it, the application may know nothing.
        let key = table.key.iter().filter(|name| is_written(name));
        referred = key.map(|name| (*name).to_owned()).collect();
    }
    if !referred.is_empty() {
        refusal.rule = Rule::Referenced;
        refusal.columns = referred;
    }
}

/// The columns that were written and to which other rows refer.
fn referred(table: &'static Table, written: &[(ColumnDef, Value)]) -> Vec<String> {
    let columns = written
        .iter()
        .filter(|(column, _)| table.referrers.iter().any(|to| to.refers_to(column.name)));
    columns.map(|(column, _)| column.name.to_owned()).collect()
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
        let rows = count(db, target.count(db.dialect(), Some(1))).await?;
        if rows == 0 {
            let own = relation.on.iter().map(|(own, _)| (*own).to_owned());
            refusal.columns = own.collect();
            return Ok(());
        }
    }
    refusal.columns = referred(table, written);
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
        plan.narrow(Tree::key(column, Comparison::Equal, value.clone()));
    }
    Some(plan)
}

/// The rows that keep a row from being deleted, counted and in words: `2 albums refer`.
pub(super) async fn referring(
    db: &dyn Executor,
    table: &'static Table,
    key: &[Value],
) -> Result<Option<String>> {
    let counts = counts(db, table, key).await?;
    let refusing = counts
        .iter()
        .filter(|(relation, count)| refuses(relation.on_delete(), count));
    let refusing: Vec<Count> = refusing.map(|(_, count)| *count).collect();
    let verb = match refusing.as_slice() {
        [only] if only.amount == Amount::Exact(1) => "refers",
        _ => "refer",
    };
    let words: Vec<String> = refusing.iter().map(Count::to_string).collect();
    Ok((!words.is_empty()).then(|| format!("{} {verb}", words.join(" and "))))
}
