//! What belongs to a row: the rows that refer to it, for its page and for the question whether to delete it.

use crate::actor::Action;
use crate::catalog::{KeyText, Link, OnDelete, ReferrerDef, RelationDef, Table, write_link};
use crate::change::referrers::{CAP, Sought, counted, counts, refuses, related};
use crate::database::{Executor, MapRows, Rows, Statement};
use crate::error::Result;
use crate::list::Operator;
use crate::model::{Key as _, Model, Query, Select};
use crate::query::{Amount, Count, OrderBy, Plan, Question, StatementKey, read};
use crate::text::{part, url};
use crate::values::{Value, WriteHtml};

/// How many rows of each relation a page shows.
const SHOWN: u64 = 10;
/// The rows of one relation of a row.
#[derive(Debug, Clone)]
pub struct RelatedRows {
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
    /// Its key.
    pub key: KeyText,
    /// The list of its table.
    pub path: &'static str,
}

impl RelatedRow {
    pub(crate) fn new(table: &Table, text: String, key: KeyText) -> Self {
        let path = table.path;
        Self { text, key, path }
    }

    /// Its page; empty if it has none.
    pub fn url(&self) -> String {
        self.key.url(self.path)
    }
}

/// What deleting a row does to the rows of one relation.
#[derive(Debug, Clone)]
pub struct DeleteEffect {
    /// What a person calls the relation.
    pub label: &'static str,
    /// What happens to them; where they are linked, to the links.
    pub on_delete: OnDelete,
    /// Whether they are linked with the row, and do not refer to it themselves.
    pub linked: bool,
    /// How many there are.
    pub count: Count,
    /// The list of all of them; empty if there is none.
    pub url: String,
}

impl<M: Model> Query<M> {
    /// The row with a key, together with the labels of the rows that it refers to, and the first rows of each relation
    /// with their number, all in one round trip; or `Error::NotFound`.
    pub fn find_with_related<'a, S: Select<Model = M>>(
        self,
        db: &'a dyn Executor,
        key: &M::Key,
        relations: &'a [ReferrerDef],
    ) -> impl Future<Output = Result<(S, Vec<RelatedRows>)>> + Send + use<'a, M, S> {
        let plan = self.into_plan().among(db, Action::View);
        let rows = with_related(db, plan, S::LABELS, key.to_values(), relations);
        MapRows::new(Box::pin(rows), |(rows, related)| {
            Ok((rows.found(S::read)?, related))
        })
    }
}

impl RelatedRows {
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

impl DeleteEffect {
    /// What deleting the row does to the rows that refer to it; relations without rows are left out.
    pub fn preview<'a, M: Model>(
        db: &'a dyn Executor,
        row: &M,
    ) -> impl Future<Output = Result<Vec<Self>>> + Send + use<'a, M> {
        effects(db, M::TABLE, row.key().to_values())
    }

    /// Whether these rows keep the row from being deleted.
    pub fn refuses(&self) -> bool {
        refuses(self.on_delete, &self.count)
    }

    /// What a person reads: `3 inventories will be deleted too`.
    pub fn words(&self) -> String {
        let count = &self.count;
        let one = count.amount == Amount::Exact(1);
        let unknown = count.amount == Amount::Unknown;
        match self.on_delete {
            OnDelete::Restrict if self.linked && one => {
                format!("{count} is linked with it and keeps it from being deleted")
            }
            OnDelete::Restrict if self.linked => {
                format!("{count} are linked with it and keep it from being deleted")
            }
            _ if self.linked => format!("{count} will no longer be linked with it"),
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

pub(crate) async fn effects(
    db: &dyn Executor,
    table: &'static Table,
    key: Vec<Value>,
) -> Result<Vec<DeleteEffect>> {
    let counts = counts(db, table, &key).await?.into_iter();
    let effects = counts.map(|(relation, count)| DeleteEffect {
        label: relation.label,
        on_delete: relation.on_delete(),
        linked: matches!(relation.link, Link::Junction(_)),
        count,
        url: list_url(table, &key, relation),
    });
    Ok(effects.collect())
}

/// The row with a key, with the labels of relations, and what belongs to it, in one round trip.
pub(crate) async fn with_related(
    db: &dyn Executor,
    plan: Plan,
    labels: &'static [RelationDef],
    key: Vec<Value>,
    relations: &[ReferrerDef],
) -> Result<(Rows, Vec<RelatedRows>)> {
    let (dialect, table) = (db.dialect(), plan.table);
    let sought = Sought::of(db, relations).await;
    let mut statements = Vec::with_capacity(1 + 2 * relations.len());
    statements.push(read::row(dialect, plan, labels, &key)?);
    ask(db, table, &key, &sought, &mut statements)?;
    let mut answers = read::found(db.run(&statements).await)?.into_iter();
    let rows = answers.next().unwrap_or_default();
    Ok((rows, answered(table, &key, &sought, answers)?))
}

async fn load(
    db: &dyn Executor,
    table: &'static Table,
    key: Vec<Value>,
    relations: &[ReferrerDef],
) -> Result<Vec<RelatedRows>> {
    let sought = Sought::of(db, relations).await;
    let mut statements = Vec::with_capacity(relations.len() * 2);
    ask(db, table, &key, &sought, &mut statements)?;
    let answers = db.run(&statements).await?;
    answered(table, &key, &sought, answers.into_iter())
}

/// Asks for the number of rows of each relation, and for the first of them.
fn ask(
    db: &dyn Executor,
    table: &'static Table,
    key: &[Value],
    sought: &Sought<'_>,
    statements: &mut Vec<Statement>,
) -> Result<()> {
    let dialect = db.dialect();
    for relation in sought.relations() {
        let plan = || related(db, table, key, relation);
        let cached = |question| StatementKey::related(dialect, question, table, relation);
        let number = || Ok(plan()?.count(dialect, Some(CAP + 1)));
        let rows = || Ok(first(plan()?).labels(dialect));
        match (relation.table)().is_seen_whole(db.actor()) {
            false => statements.extend([number()?, rows()?]),
            true => {
                statements.push(cached(Question::Count).statement(key, number)?);
                statements.push(cached(Question::Labels).statement(key, rows)?);
            }
        }
    }
    Ok(())
}

/// Reads the answers.
fn answered(
    table: &'static Table,
    key: &[Value],
    sought: &Sought<'_>,
    mut answers: impl Iterator<Item = Rows>,
) -> Result<Vec<RelatedRows>> {
    let mut all = Vec::with_capacity(sought.0.len());
    for (relation, is_found) in &sought.0 {
        let other = (relation.table)();
        let mut next = || match is_found {
            true => answers.next().unwrap_or_default(),
            false => Rows::default(),
        };
        let (number, first) = (next(), next());
        let count = match is_found {
            true => counted(number, other)?,
            false => Count::untold(other, None),
        };
        let mut rows = Vec::with_capacity(first.len());
        for mut row in first.iter() {
            let (text, key) = row.label_parts(other)?.unwrap_or_default();
            rows.push(RelatedRow::new(other, text, key));
        }
        all.push(RelatedRows {
            label: relation.label,
            count,
            rows,
            url: list_url(table, key, relation),
        });
    }
    Ok(all)
}

/// The first of the rows, in the order of their key.
fn first(mut plan: Plan) -> Plan {
    let table = plan.table;
    let keys = table.key.iter().filter_map(|name| table.column(name));
    plan.order = keys.map(|column| OrderBy::column(column, false)).collect();
    plan.limit = Some(SHOWN);
    plan
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
        url::encode(&part(theirs, operator.name()), &mut url);
        url.push('=');
        url::encode(text, &mut url);
    }
    url
}

impl WriteHtml for RelatedRow {
    fn write_html(&self, out: &mut String) {
        write_link(out, self.path, &self.key, &self.text)
    }
}
