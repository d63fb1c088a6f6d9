//! What belongs to a row: the rows that refer to it, for its page and for the question whether to delete it.

use crate::db::{Dialect, Executor, Rows, Statement};
use crate::error::Result;
use crate::form::name;
use crate::list::{Amount, Count, Operator};
use crate::model::{ColumnDef, Key, KeyText, Link, Model, On, OnDelete, ReferrerDef, Table};
use crate::query::{Asked, By, Hop, Node, OrderBy, Plan, Shape, has_key};
use crate::show::{Show, Shown};
use crate::survey;
use crate::types::Kind;
use crate::value::Value;

/// How many rows of each relation a page shows.
const SHOWN: u64 = 10;
/// How far they are counted.
const CAP: u64 = 1_000;

/// The rows of one relation of a row.
#[derive(Debug, Clone)]
pub struct Related {
    /// What a person calls the relation.
    pub label: &'static str,
    /// How many rows there are.
    pub count: Count,
    /// The first of them.
    pub rows: Vec<RelatedRow>,
    /// The list of all of them; empty if there is none.
    pub url: String,
}

/// A row that is related to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedRow {
    /// Its label.
    pub text: String,
    pub(crate) key: KeyText,
    /// The list of its table.
    pub(crate) path: &'static str,
}

impl RelatedRow {
    /// Its page; empty if it has none.
    pub fn url(&self) -> String {
        self.key.url(self.path)
    }

    /// A link to its page; the label alone if it has none.
    pub fn link(&self) -> Shown<'_> {
        self.show()
    }
}

/// What deleting a row does to the rows of one relation.
#[derive(Debug, Clone)]
pub struct Effect {
    /// What a person calls the relation.
    pub label: &'static str,
    /// What happens to them.
    pub on_delete: OnDelete,
    /// How many there are.
    pub count: Count,
    /// The list of all of them; empty if there is none.
    pub url: String,
}

impl Related {
    /// The first rows and the number of rows of each relation, in one round trip.
    pub fn load<'a, M: Model>(
        db: &'a dyn Executor,
        row: &M,
        relations: &'a [ReferrerDef],
    ) -> impl Future<Output = Result<Vec<Self>>> + Send + use<'a, M> {
        load(db, M::TABLE, row.key().to_values(), relations)
    }

    /// Whether nobody knows if there are any: their table is large, and no index finds them.
    pub fn is_untold(&self) -> bool {
        self.count.amount == Amount::Unknown
    }

    /// Whether there are more rows than are shown.
    pub fn has_more(&self) -> bool {
        self.count.amount != Amount::Exact(self.rows.len() as u64)
    }
}

impl Effect {
    /// What deleting the row does to the rows that refer to it; relations without rows are left out.
    pub fn preview<'a, M: Model>(
        db: &'a dyn Executor,
        row: &M,
    ) -> impl Future<Output = Result<Vec<Self>>> + Send + use<'a, M> {
        Self::of(db, M::TABLE, row.key().to_values())
    }

    /// The same of the row with a key.
    pub(crate) async fn of(
        db: &dyn Executor,
        table: &'static Table,
        key: Vec<Value>,
    ) -> Result<Vec<Self>> {
        preview(db, table, &key).await
    }

    /// Whether these rows keep the row from being deleted.
    pub fn refuses(&self) -> bool {
        self.on_delete == OnDelete::Restrict && self.count.amount != Amount::Unknown
    }

    /// What a person reads: `3 inventories will be deleted too`.
    pub fn words(&self) -> String {
        let count = &self.count;
        let one = count.amount == Amount::Exact(1);
        let unknown = count.amount == Amount::Unknown;
        match self.on_delete {
            OnDelete::Restrict if unknown => {
                format!("{count} that refer to it, if there are any, keep it from being deleted")
            }
            OnDelete::Cascade if unknown => format!("{count} that refer to it will be deleted too"),
            OnDelete::Restrict if one => {
                format!("{count} refers to it and keeps it from being deleted")
            }
            OnDelete::Restrict => format!("{count} refer to it and keep it from being deleted"),
            OnDelete::Cascade => format!("{count} will be deleted too"),
            OnDelete::SetNull => format!("{count} will no longer refer to anything"),
            OnDelete::SetDefault => format!("{count} will refer to the default instead"),
        }
    }
}

async fn load(
    db: &dyn Executor,
    table: &'static Table,
    key: Vec<Value>,
    relations: &[ReferrerDef],
) -> Result<Vec<Related>> {
    let sought = Sought::of(db, relations).await;
    let mut statements = Vec::with_capacity(relations.len() * 2);
    ask(db.dialect(), table, &key, &sought, &mut statements)?;
    let answers = db.run(&statements).await?;
    read(table, &key, &sought, answers.into_iter())
}

/// Relations, and of which of them the rows are looked for: not of those that no index finds in a large table.
pub(crate) struct Sought<'a>(Vec<(&'a ReferrerDef, bool)>);

impl<'a> Sought<'a> {
    pub(crate) async fn of(db: &dyn Executor, relations: &'a [ReferrerDef]) -> Self {
        let mut sought = Vec::with_capacity(relations.len());
        for relation in relations {
            sought.push((relation, is_found(db, relation).await));
        }
        Self(sought)
    }

    fn relations(&self) -> impl Iterator<Item = &'a ReferrerDef> {
        let sought = self.0.iter().filter(|(_, is_found)| *is_found);
        sought.map(|(relation, _)| *relation)
    }
}

async fn is_found(db: &dyn Executor, relation: &ReferrerDef) -> bool {
    let Link::Direct { on, .. } = relation.link else {
        // What an index of a junction table serves is not known here.
        return true;
    };
    let Some(storage) = survey::storage(db, (relation.table)()).await else {
        return true;
    };
    let finds = |(_, theirs): &(_, &str)| storage.found.contains(theirs);
    storage.rows.is_none() || !storage.is_indexed || on.iter().any(finds)
}

/// Asks for the number of rows of each relation, and for the first of them.
pub(crate) fn ask(
    dialect: Dialect,
    table: &'static Table,
    key: &[Value],
    sought: &Sought<'_>,
    statements: &mut Vec<Statement>,
) -> Result<()> {
    for relation in sought.relations() {
        let plan = || plan(table, key, relation);
        let shape = |asked| Shape::related(dialect, asked, table, relation);
        let number = || Ok(plan()?.count(dialect, Some(CAP + 1)));
        let rows = || Ok(first(plan()?).labels(dialect));
        match (relation.table)().scope {
            // What a scope asks for may be other each time.
            Some(_) => statements.extend([number()?, rows()?]),
            None => {
                statements.push(shape(Asked::Count).statement(key, number)?);
                statements.push(shape(Asked::Labels).statement(key, rows)?);
            }
        }
    }
    Ok(())
}

/// Reads the answers.
pub(crate) fn read(
    table: &'static Table,
    key: &[Value],
    sought: &Sought<'_>,
    mut answers: impl Iterator<Item = Rows>,
) -> Result<Vec<Related>> {
    let mut all = Vec::with_capacity(sought.0.len());
    for (relation, is_found) in &sought.0 {
        let other = (relation.table)();
        let mut next = || match is_found {
            true => answers.next().unwrap_or_default(),
            false => Rows::default(),
        };
        let (number, first) = (next(), next());
        let count = match is_found {
            true => count(number, other)?,
            false => Count::untold(other, None),
        };
        let mut rows = Vec::with_capacity(first.len());
        for mut row in first.iter() {
            let (text, key) = row.label_parts(other)?.unwrap_or_default();
            let path = other.path;
            rows.push(RelatedRow { text, key, path });
        }
        all.push(Related {
            label: relation.label,
            count,
            rows,
            url: list_url(table, key, relation),
        });
    }
    Ok(all)
}

async fn preview(db: &dyn Executor, table: &'static Table, key: &[Value]) -> Result<Vec<Effect>> {
    let sought = Sought::of(db, table.referrers).await;
    let plans = (sought.relations()).map(|relation| plan(table, key, relation));
    let plans = plans.collect::<Result<Vec<Plan>>>()?;
    let counts = plans
        .iter()
        .map(|plan| plan.count(db.dialect(), Some(CAP + 1)));
    let statements: Vec<_> = counts.collect();
    let answers = match statements.is_empty() {
        true => Vec::new(),
        false => db.run(&statements).await?,
    };
    let mut answers = answers.into_iter();
    let mut effects = Vec::new();
    for (relation, is_found) in sought.0 {
        let other = (relation.table)();
        let count = match is_found {
            true => count(answers.next().unwrap_or_default(), other)?,
            false => Count::untold(other, None),
        };
        if count.is_zero() {
            continue;
        }
        effects.push(Effect {
            label: relation.label,
            on_delete: match relation.link {
                Link::Direct { on_delete, .. } => on_delete,
                Link::Junction(junction) => junction.on_delete,
            },
            count,
            url: list_url(table, key, relation),
        });
    }
    Ok(effects)
}

/// The rows that are related to the row with a key, of those that pages are about.
fn plan(table: &'static Table, key: &[Value], relation: &ReferrerDef) -> Result<Plan> {
    let mut plan = Plan::scoped((relation.table)());
    plan.narrow(belongs_to(table, key, relation)?);
    Ok(plan)
}

/// The first of the rows, in the order of their key.
fn first(mut plan: Plan) -> Plan {
    let table = plan.table;
    let keys = table.key.iter().filter_map(|name| table.column(name));
    plan.order = keys.map(|column| OrderBy::column(column, false)).collect();
    plan.limit = Some(SHOWN);
    plan
}

/// That a row of the other table is related to the row with a key.
pub(crate) fn belongs_to(
    table: &'static Table,
    key: &[Value],
    relation: &ReferrerDef,
) -> Result<Node> {
    let other = (relation.table)();
    let by = match relation.link {
        Link::Direct { on, .. } => match (referring(other, on), key_values(table, key, on)) {
            (Some(columns), Some(values)) if are_alike(table, on, &columns) => {
                return Ok(Node::has_key(columns, values));
            }
            _ => By::Reversed(on),
        },
        Link::Junction(junction) => match key_values(table, key, junction.mine) {
            Some(values) => return Ok(Node::Linked(junction.reversed(), values)),
            None => By::Junction(junction.reversed()),
        },
    };
    Ok(Node::Exists(
        Hop { table, by },
        Box::new(has_key(table, key.to_vec())?),
    ))
}

/// The columns of the other table that refer to the row.
fn referring(other: &'static Table, on: On) -> Option<Vec<&'static ColumnDef>> {
    on.iter().map(|(_, theirs)| other.column(theirs)).collect()
}

/// Whether the columns that refer to a row compare with values as they do with its columns: in SQLite, where nobody has
/// said a type of them, the text `5` refers to the number 5, and is not equal to it.
fn are_alike(table: &'static Table, on: On, columns: &[&ColumnDef]) -> bool {
    let mut pairs = on.iter().zip(columns);
    pairs.all(|((mine, _), theirs)| {
        let is_raw = |column: &ColumnDef| matches!(column.kind, Kind::Raw);
        !is_raw(theirs) || table.column(mine).is_some_and(is_raw)
    })
}

/// The values of the row's own columns, where all of them are part of its key.
fn key_values(table: &'static Table, key: &[Value], on: On) -> Option<Vec<Value>> {
    let position = |mine: &&str| table.key.iter().position(|name| name == mine);
    on.iter()
        .map(|(mine, _)| key.get(position(mine)?).cloned())
        .collect()
}

fn count(rows: crate::db::Rows, table: &'static Table) -> Result<Count> {
    let counted: Option<i64> = rows.first(|row| row.get())?;
    let counted = counted
        .and_then(|counted| u64::try_from(counted).ok())
        .unwrap_or(0);
    Ok(Count::new(table, counted, CAP))
}

/// The list of the rows that refer to the row: `/inventory?film_id.is=7`.
fn list_url(table: &'static Table, key: &[Value], relation: &ReferrerDef) -> String {
    let other = (relation.table)();
    let Link::Direct { on, .. } = relation.link else {
        return String::new();
    };
    if other.path.is_empty() {
        return String::new();
    }
    let mut url = other.path.to_owned();
    for (index, (mine, theirs)) in on.iter().enumerate() {
        let Some(position) = table.key.iter().position(|name| name == mine) else {
            return String::new();
        };
        let (Some(value), Some(column)) = (key.get(position), other.column(theirs)) else {
            return String::new();
        };
        // In a query string, a value stands for itself, without the marks that a path needs; but none is no filter.
        let text = value.to_string();
        let (operator, text) = match text.is_empty() {
            true => (Operator::Empty, "1"),
            false => (Operator::Is, text.as_str()),
        };
        if !operator.suits(column) {
            return String::new();
        }
        url.push(if index == 0 { '?' } else { '&' });
        crate::url::encode(&name::part(theirs, operator.name()), &mut url);
        url.push('=');
        crate::url::encode(text, &mut url);
    }
    url
}
