//! Rows of a table that are gathered in several ways, each of which reads no more than so many: what OR would have the
//! database find in one way, which may be to read all of them.

use sea_query::{Alias, Asterisk, DynIden, Expr, Query, SelectStatement, UnionType};

use super::order::OrderBy;
use super::sql::{self, Sql};
use crate::catalog::{Table, Tree};
use crate::database::Dialect;

/// Ways to some rows of a table.
#[derive(Debug, Clone)]
pub struct Ways {
    pub(crate) ways: Vec<Way>,
    /// What tells two rows apart, where several ways may lead to one.
    pub(crate) unique: Vec<&'static str>,
    /// What a row has beside the columns that are known of it.
    pub(crate) others: Vec<&'static str>,
}

/// A way to some rows.
#[derive(Debug, Clone)]
pub struct Way {
    /// Which rows are read,
    pub(crate) filter: Tree,
    /// in which order,
    pub(crate) order: Vec<OrderBy>,
    /// and how many.
    pub(crate) limit: u64,
    /// Which of them are meant, and how many at most; all of them, if nothing is said.
    pub(crate) among: Option<(Tree, u64)>,
}

impl Ways {
    /// The rows, each once.
    pub(super) fn select(&self, sql: &mut Sql, table: &'static Table) -> SelectStatement {
        let mut ways = self.ways.iter().map(|way| self.read(sql, table, way));
        let mut all = ways.next().unwrap_or_else(Query::select);
        let others: Vec<_> = ways.map(|way| (UnionType::All, way)).collect();
        let is_one = others.is_empty();
        all.unions(others);
        if is_one || self.unique.is_empty() {
            return all;
        }
        let alias = sql.alias();
        let unique = self
            .unique
            .iter()
            .map(|name| (alias.clone(), Alias::new(*name)));
        let dialect = sql.dialect;
        let mut once = around(all, &alias);
        match dialect {
            Dialect::Postgres => once.distinct_on(unique),
            Dialect::Sqlite => once.group_by_columns(unique),
        };
        once
    }

    /// The rows of one way; a select of its own, as a part of a union can have no order and no limit.
    fn read(&self, sql: &mut Sql, table: &'static Table, way: &Way) -> SelectStatement {
        let alias = sql.alias();
        let mut select = Query::select();
        select.from(sql::named(table.schema, table.name, &alias));
        let columns = table.columns.iter().map(|column| column.name);
        for name in columns.chain(self.others.iter().copied()) {
            select.expr_as(sql::field(&alias, name), Alias::new(name));
        }
        if !way.filter.is_empty() {
            let condition = sql.tree(&alias, &way.filter);
            select.and_where(condition);
        }
        for order in &way.order {
            order.apply(sql, &mut select, &alias);
        }
        select.limit(way.limit);
        if let Some((among, limit)) = &way.among {
            let alias = sql.alias();
            let condition = sql.tree(&alias, among);
            select = around(select, &alias);
            select.and_where(condition).limit(*limit);
        }
        around(select, &sql.alias())
    }
}

/// All that a select has, under a name.
fn around(select: SelectStatement, alias: &DynIden) -> SelectStatement {
    let all = Expr::col((alias.clone(), Asterisk));
    Query::select()
        .expr(all)
        .from_subquery(select, alias.clone())
        .take()
}
