//! The order of rows.

use sea_query::{DynIden, NullOrdering, SelectStatement};

use super::sql::Sql;
use crate::catalog::{ColumnDef, Tree};

/// An order without types.
#[derive(Debug, Clone)]
pub struct OrderBy {
    /// By what.
    pub by: Tree,
    pub descending: bool,
    /// Where rows without a value stand, if not where the database puts them.
    pub nulls_last: Option<bool>,
}

impl OrderBy {
    /// By an expression.
    pub fn new(by: Tree, descending: bool) -> Self {
        Self {
            by,
            descending,
            nulls_last: None,
        }
    }

    /// By a column of the table itself.
    pub fn column(column: &ColumnDef, descending: bool) -> Self {
        Self::new(Tree::Column(*column), descending)
    }

    /// Adds the order to a query of the table with this alias.
    pub(super) fn apply(&self, sql: &mut Sql, select: &mut SelectStatement, table: &DynIden) {
        let expr = sql.tree(table, &self.by);
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
}
