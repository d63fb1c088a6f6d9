//! The order of rows.

use sea_query::{DynIden, Expr, NullOrdering, Query, SelectStatement};

use super::sql::{self, Sql};
use crate::catalog::{ColumnDef, Hop};

/// An order without types.
#[derive(Debug, Clone)]
pub struct OrderBy {
    /// The steps to the row that has the column; each leads to at most one.
    pub hops: Vec<Hop>,
    pub column: ColumnDef,
    pub descending: bool,
    /// Where rows without a value stand, if not where the database puts them.
    pub nulls_last: Option<bool>,
}

impl OrderBy {
    /// By a column of the table itself.
    pub fn column(column: &ColumnDef, descending: bool) -> Self {
        Self {
            hops: Vec::new(),
            column: *column,
            descending,
            nulls_last: None,
        }
    }

    /// Adds the order to a query of the table with this alias.
    pub(super) fn apply(&self, sql: &mut Sql, select: &mut SelectStatement, table: &DynIden) {
        let expr = self.expr(sql, table, &self.hops);
        let order = if self.descending {
            sea_query::Order::Desc
        } else {
            sea_query::Order::Asc
        };
        match self.nulls_last {
            None => select.order_by_expr(expr, order),
            Some(true) => select.order_by_expr_with_nulls(expr, order, NullOrdering::Last),
            Some(false) => select.order_by_expr_with_nulls(expr, order, NullOrdering::First),
        };
    }

    fn expr(&self, sql: &mut Sql, table: &DynIden, hops: &[Hop]) -> Expr {
        let Some((hop, rest)) = hops.split_first() else {
            return sql::collated(sql::field(table, self.column.name), &self.column);
        };
        let mut select = Query::select();
        let inner = sql.step(&mut select, table, hop);
        let expr = self.expr(sql, &inner, rest);
        select.expr(expr).take().into()
    }
}
