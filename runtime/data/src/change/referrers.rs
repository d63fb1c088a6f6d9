//! The rows that refer to a row, relation by relation: of which relations they are looked for, and how many there are.

use crate::actor::Action;
use crate::catalog::{Link, OnDelete, ReferrerDef, Table, belongs_to};
use crate::database::{Executor, Rows};
use crate::error::Result;
use crate::query::{Amount, Count, Plan};
use crate::storage;
use crate::values::Value;

/// How far the rows of a relation are counted.
pub const CAP: u64 = 1_000;

/// Relations, and of which of them the rows are looked for: not of those that no index finds in a large table.
pub struct Sought<'a>(pub Vec<(&'a ReferrerDef, bool)>);

impl<'a> Sought<'a> {
    /// Which of the relations lead to rows that are found quickly; those that lead to a table of which nothing is seen
    /// are left out.
    pub async fn of(db: &dyn Executor, relations: &'a [ReferrerDef]) -> Self {
        let mut sought = Vec::with_capacity(relations.len());
        let actor = db.actor();
        let is_seen = |relation: &&ReferrerDef| {
            actor.is_none_or(|actor| actor.may(Action::View, (relation.table)()))
        };
        for relation in relations.iter().filter(is_seen) {
            sought.push((relation, is_found(db, relation).await));
        }
        Self(sought)
    }

    /// The relations whose rows are looked for.
    pub fn relations(&self) -> impl Iterator<Item = &'a ReferrerDef> {
        let sought = self.0.iter().filter(|(_, is_found)| *is_found);
        sought.map(|(relation, _)| *relation)
    }
}

async fn is_found(db: &dyn Executor, relation: &ReferrerDef) -> bool {
    let Link::Direct { on, .. } = relation.link else {
        // What an index of a junction table serves is not known here.
        return true;
    };
    let Some(storage) = storage::storage(db, (relation.table)()).await else {
        return true;
    };
    let finds = |(_, theirs): &(_, &str)| storage.found.contains(theirs);
    storage.rows.is_none() || !storage.is_indexed || on.iter().any(finds)
}

/// How many rows each relation leads to from the row with a key; those without any are left out.
pub async fn counts(
    db: &dyn Executor,
    table: &'static Table,
    key: &[Value],
) -> Result<Vec<(&'static ReferrerDef, Count)>> {
    let sought = Sought::of(db, table.referrers).await;
    let plans = (sought.relations()).map(|relation| related(db, table, key, relation));
    let plans = plans.collect::<Result<Vec<Plan>>>()?;
    let statements = plans
        .iter()
        .map(|plan| plan.count(db.dialect(), Some(CAP + 1)));
    let statements: Vec<_> = statements.collect();
    let answers = match statements.is_empty() {
        true => Vec::new(),
        false => db.run(&statements).await?,
    };
    let mut answers = answers.into_iter();
    let mut counts = Vec::with_capacity(sought.0.len());
    for (relation, is_found) in sought.0 {
        let other = (relation.table)();
        counts.push((
            relation,
            match is_found {
                true => counted(answers.next().unwrap_or_default(), other)?,
                false => Count::untold(other, None),
            },
        ));
    }
    counts.retain(|(_, count)| !count.is_zero());
    Ok(counts)
}

/// The rows that are related to the row with a key, of those that may be seen.
pub fn related(
    db: &dyn Executor,
    table: &'static Table,
    key: &[Value],
    relation: &ReferrerDef,
) -> Result<Plan> {
    let mut plan = Plan::seen(db, (relation.table)());
    plan.narrow(belongs_to(table, key, relation)?);
    Ok(plan)
}

/// Whether so many rows of a relation keep a row from being deleted.
pub fn refuses(on_delete: OnDelete, count: &Count) -> bool {
    on_delete == OnDelete::Restrict && count.amount != Amount::Unknown
}

/// How many rows a relation leads to, as was answered.
pub fn counted(rows: Rows, table: &'static Table) -> Result<Count> {
    let counted: Option<i64> = rows.first(|row| row.get())?;
    let counted = counted
        .and_then(|counted| u64::try_from(counted).ok())
        .unwrap_or(0);
    Ok(Count::new(table, counted, CAP))
}
