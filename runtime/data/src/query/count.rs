//! How many rows there are, counted or estimated.

use sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};

use super::plan::Plan;
use super::sql::Sql;
use crate::catalog::Table;
use crate::database::{Dialect, Executor, Rows, Statement, run_one};
use crate::error::Result;
use crate::values::Kind;

impl Plan {
    /// How many rows there are, counted no further than `cap`.
    pub fn count(&self, dialect: Dialect, cap: Option<u64>) -> Statement {
        let mut sql = Sql::new(dialect);
        let (mut select, table) = self.start(&mut sql);
        let condition = sql.tree(&table, &self.filter);
        select.and_where(condition);
        let limit = self.limit.into_iter().chain(cap).min();
        if limit.is_none() && self.offset.is_none() {
            return sql.finish(&select.expr(all()).take());
        }
        select.expr(Expr::cust("1"));
        limit.map(|limit| select.limit(limit));
        self.offset.map(|offset| select.offset(offset));
        let counted = Query::select()
            .expr(all())
            .from_subquery(select, "counted")
            .take();
        match cap.filter(|_| self.is_whole() && dialect == Dialect::Sqlite) {
            Some(cap) => sql.finish(&small(self.table, cap, counted)),
            None => sql.finish(&counted),
        }
    }
}

/// What PostgreSQL expects of a statement before it runs it.
#[derive(Debug, Clone, Copy)]
pub struct Planned {
    /// How many rows there will be.
    pub rows: u64,
    /// What it takes to read them, in a unit of its own.
    pub cost: f64,
}

impl Planned {
    /// Reads what it has said: `[{"Plan": {"Plan Rows": 42, "Total Cost": 1.5, …}}]`.
    pub fn read(answer: &Rows) -> Option<Self> {
        let answer: String = answer.iter().next()?.get().ok()?;
        let answer: serde_json::Value = serde_json::from_str(&answer).ok()?;
        let plan = answer.pointer("/0/Plan")?;
        Some(Self {
            rows: plan.get("Plan Rows")?.as_u64()?,
            cost: plan.get("Total Cost")?.as_f64()?,
        })
    }
}

/// SQLite counts all rows of a table many times faster than some of them. Where its key is a number, the first and the
/// last one say how many rows there can be; where there may be more than `cap`, it is `counted` that counts.
fn small(table: &'static Table, cap: u64, counted: SelectStatement) -> SelectStatement {
    let key = match table.key {
        [name] => table.column(name),
        _ => None,
    };
    let Some(key) = key.filter(|key| matches!(key.kind, Kind::Int64)) else {
        return counted;
    };
    let of_all = |value: Expr| {
        let mut select = Query::select();
        select.expr(value).from((table.schema, table.name));
        subquery(select)
    };
    let key = || Expr::col(key.name);
    let span = of_all(Func::max(key()).into()).sub(of_all(Func::min(key()).into()));
    let cap = Expr::cust(cap.to_string());
    let count = Expr::case(span.lt(cap), of_all(all())).finally(subquery(counted));
    Query::select().expr(count).take()
}

fn all() -> Expr {
    Expr::cust("count(*)")
}

pub(super) fn subquery(select: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(select.into()))
}

/// The number that a statement counts.
pub async fn count(db: &dyn Executor, statement: Statement) -> Result<u64> {
    let rows = run_one(db, statement).await?;
    let counted: Option<i64> = rows.first(|row| row.get())?;
    Ok(counted
        .and_then(|counted| u64::try_from(counted).ok())
        .unwrap_or(0))
}
