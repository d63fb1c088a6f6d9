//! The order of rows.

use std::marker::PhantomData;

use sea_query::{DynIden, Expr, NullOrdering, Query, SelectStatement};

use super::node::Hop;
use super::sql::{self, Sql};
use crate::model::ColumnDef;

/// An order of the rows of `M`: by a column, up or down.
#[derive(Debug)]
pub struct Order<M> {
    pub(crate) by: OrderBy,
    model: PhantomData<fn() -> M>,
}

/// An order without types.
#[derive(Debug, Clone)]
pub(crate) struct OrderBy {
    /// The steps to the row that has the column; each leads to at most one.
    pub(crate) hops: Vec<Hop>,
    pub(crate) column: ColumnDef,
    pub(crate) descending: bool,
    /// Where rows without a value stand, if not where the database puts them.
    pub(crate) nulls_last: Option<bool>,
}

impl<M> Order<M> {
    pub(crate) fn new(by: OrderBy) -> Self {
        let model = PhantomData;
        Self { by, model }
    }

    /// Puts rows without a value in front.
    pub fn nulls_first(mut self) -> Self {
        self.by.nulls_last = Some(false);
        self
    }

    /// Puts rows without a value at the end.
    pub fn nulls_last(mut self) -> Self {
        self.by.nulls_last = Some(true);
        self
    }
}

impl OrderBy {
    /// By a column of the table itself.
    pub(crate) fn column(column: &ColumnDef, descending: bool) -> Self {
        Self {
            hops: Vec::new(),
            column: *column,
            descending,
            nulls_last: None,
        }
    }

    /// Adds the order to a query of the table with this alias.
    pub(crate) fn apply(&self, sql: &mut Sql, select: &mut SelectStatement, table: &DynIden) {
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

impl<M> Clone for Order<M> {
    fn clone(&self) -> Self {
        Self::new(self.by.clone())
    }
}
