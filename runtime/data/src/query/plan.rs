//! What is asked of a table, without types; what a typed query becomes when it is run.

use sea_query::{DynIden, Expr, Query, SelectStatement};

use super::order::OrderBy;
use super::sql::{self, Sql};
use super::ways::Ways;
use crate::actor::{Action, Actor};
use crate::catalog::{ColumnDef, RelationDef, Table, Tree};
use crate::database::{Dialect, Executor, Statement};

/// What is asked of a table.
#[derive(Debug, Clone)]
pub struct Plan {
    pub table: &'static Table,
    pub filter: Tree,
    pub order: Vec<OrderBy>,
    pub limit: Option<u64>,
    pub offset: Option<u64>,
    /// Where the rows are gathered, if that is not just the table.
    pub ways: Option<Ways>,
    /// For whom it is asked: of other tables, only what they may see.
    pub actor: Option<Actor>,
}

impl Plan {
    /// Every row.
    pub fn new(table: &'static Table) -> Self {
        Self {
            table,
            filter: Tree::TRUE,
            order: Vec::new(),
            limit: None,
            offset: None,
            ways: None,
            actor: None,
        }
    }

    /// Every row that can be seen by whoever `db` asks for.
    pub fn seen(db: &dyn Executor, table: &'static Table) -> Self {
        Self::new(table).among(db, Action::View)
    }

    /// Of these rows, those with which whoever `db` asks for may do something.
    pub fn among(mut self, db: &dyn Executor, action: Action) -> Self {
        self.actor = db.actor().cloned();
        if let Some(scope) = self.table.scope(db.actor(), action) {
            self.filter = scope.and(self.filter);
        }
        self
    }

    /// Whether it asks for every row, in no order.
    pub fn is_whole(&self) -> bool {
        let unlimited = self.limit.is_none() && self.offset.is_none();
        unlimited && self.order.is_empty() && self.filter.is_empty() && self.ways.is_none()
    }

    /// Adds a condition.
    pub fn narrow(&mut self, condition: Tree) {
        let filter = std::mem::replace(&mut self.filter, Tree::TRUE);
        self.filter = filter.and(condition);
    }

    /// The rows, with the labels of relations; whole, or as a list shows them.
    pub fn rows(&self, dialect: Dialect, labels: &[RelationDef], whole: Whole<'_>) -> Statement {
        let mut sql = Sql::new(dialect);
        let (mut select, table) = self.start(&mut sql);
        for column in self.table.columns {
            select.expr(match whole {
                Whole::Everything => sql.readable(&table, column),
                Whole::Only(names) if names.contains(&column.name) => sql.readable(&table, column),
                Whole::Only(_) => sql.cut(&table, column),
            });
        }
        for relation in labels {
            let other = sql.left_join(&mut select, &table, relation);
            sql.select_reference(&mut select, (&table, self.table), &other, relation);
        }
        // What is no column of the table is what tells its rows apart.
        if let Whole::Only(names) = whole {
            for name in names
                .iter()
                .filter(|name| self.table.column(name).is_none())
            {
                select.expr(sql::field(&table, name));
            }
        }
        self.finish(sql, select, &table)
    }

    /// The rows, each with its version.
    pub fn versioned(&self, dialect: Dialect) -> Statement {
        let mut sql = Sql::new(dialect);
        let (mut select, table) = self.start(&mut sql);
        for column in self.table.columns {
            select.expr(sql.readable(&table, column));
        }
        select.expr(sql.version(&table, self.table));
        self.finish(sql, select, &table)
    }

    /// The labels and keys of the rows.
    pub fn labels(&self, dialect: Dialect) -> Statement {
        let mut sql = Sql::new(dialect);
        let (mut select, table) = self.start(&mut sql);
        sql.select_label(&mut select, &table, self.table);
        self.finish(sql, select, &table)
    }

    /// The labels of the rows, each followed by some columns.
    pub fn choices(&self, dialect: Dialect, columns: &[ColumnDef]) -> Statement {
        let mut sql = Sql::new(dialect);
        let (mut select, table) = self.start(&mut sql);
        select.expr(sql.label(&table, self.table));
        for column in columns {
            select.expr(sql.readable(&table, column));
        }
        self.finish(sql, select, &table)
    }

    /// Whether there is a row.
    pub fn exists(&self, dialect: Dialect) -> Statement {
        let mut sql = Sql::new(dialect);
        let (mut select, table) = self.start(&mut sql);
        let condition = sql.tree(&table, &self.filter);
        select.expr(Expr::cust("1")).and_where(condition);
        self.limit.map(|limit| select.limit(limit));
        self.offset.map(|offset| select.offset(offset));
        sql.finish(&Query::select().expr(Expr::exists(select)).take())
    }

    pub(super) fn start(&self, sql: &mut Sql) -> (SelectStatement, DynIden) {
        sql.ask_for(self.actor.as_ref());
        let table = sql.alias();
        let mut select = Query::select();
        match &self.ways {
            None => select.from(sql::named(self.table.schema, self.table.name, &table)),
            Some(ways) => select.from_subquery(ways.select(sql, self.table), table.clone()),
        };
        (select, table)
    }

    fn finish(&self, mut sql: Sql, mut select: SelectStatement, table: &DynIden) -> Statement {
        if !self.filter.is_empty() {
            let condition = sql.tree(table, &self.filter);
            select.and_where(condition);
        }
        for order in &self.order {
            order.apply(&mut sql, &mut select, table);
        }
        self.limit.map(|limit| select.limit(limit));
        self.offset.map(|offset| select.offset(offset));
        sql.finish(&select)
    }
}

/// Which columns are read whole.
#[derive(Debug, Clone, Copy)]
pub enum Whole<'a> {
    /// All of them.
    Everything,
    /// Only these; of others, a list shows the beginning.
    Only(&'a [&'static str]),
}
