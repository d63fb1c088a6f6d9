//! Values on their way into SQLite, where each file has notations of its own: they are written as the others are.

use sea_query::{
    CaseStatement, DynIden, Expr, ExprTrait, Func, Order, Query, SelectStatement, UnionType,
};

use super::count::subquery;
use super::notation::{self, is_by_class, plain, spellings, suits};
use super::sql::{Sql, cast, collated, field};
use crate::catalog::{ColumnDef, Table, TableKind};
use crate::database::{Dialect, LIKE, SAMPLE};
use crate::values::{Kind, Value};

/// What JSON in the notation that SQLite keeps for itself is called among the storage classes.
const BINARY: &str = "'jsonb'";

/// How many cells at either end of a table say how the others are written down.
const SAMPLES: u64 = 8;
/// Among how many rows they are looked for.
const LOOKED_AT: u64 = 1000;
/// How many other columns of the kind are asked where a column holds nothing yet.
const SIBLINGS: usize = 2;

impl Sql {
    /// A value as a column is given it: in SQLite in the notation of what is overwritten, else of the column's others.
    /// `own` is the table whose row is changed, where there is one.
    pub(crate) fn written(
        &mut self,
        table: &Table,
        column: &ColumnDef,
        own: Option<&DynIden>,
        value: Value,
    ) -> Expr {
        let name = notation::name(&column.kind).filter(|_| self.dialect == Dialect::Sqlite);
        let Some(name) = name.filter(|_| suits(&column.kind, &value)) else {
            return self.bind(value);
        };
        let target = match &value {
            Value::Uuid(_) => self.target(table, column, spellings(&column.kind, &value)),
            Value::Text(text) if matches!(column.kind, Kind::Raw) => {
                self.target(table, column, Some(cells(text)))
            }
            _ => None,
        };
        let own = own.map(|alias| sample(&column.kind, field(alias, column.name)));
        let mut samples: Vec<Expr> = own.into_iter().collect();
        if table.kind == TableKind::Table {
            samples.push(others(table, column));
            let is_alike = |other: &&ColumnDef| {
                let alike = notation::name(&other.kind) == Some(name) && other.name != column.name;
                alike && !is_by_class(&other.kind)
            };
            let siblings = table.columns.iter().filter(is_alike).take(SIBLINGS);
            samples.extend(siblings.map(|other| others(table, other)));
        }
        samples.push(Expr::cust("NULL"));
        let sample = first(samples);
        let like = match column.kind {
            Kind::Json => self.json_like(sample, &value),
            _ => {
                let value = self.bind(plain(value));
                let name = Expr::cust(name);
                Func::cust(LIKE).arg(name).arg(sample).arg(value).into()
            }
        };
        first(target.into_iter().chain([like]).collect())
    }

    /// JSON as a text, as the bytes of one, or in SQLite's own notation.
    fn json_like(&mut self, sample: Expr, value: &Value) -> Expr {
        let mut value = || self.bind(value.clone());
        let is = |class| sample.clone().eq(Expr::cust(class));
        CaseStatement::new()
            .case(is(BINARY), Func::cust("jsonb").arg(value()))
            .case(is("'blob'"), cast(value(), "blob"))
            .finally(value())
            .into()
    }

    /// What a reference is to be: the very cell that it refers to.
    fn target(
        &mut self,
        table: &Table,
        column: &ColumnDef,
        cells: Option<Vec<Value>>,
    ) -> Option<Expr> {
        let (other, theirs) = table.relations.iter().find_map(|relation| {
            let (_, theirs) = relation.on.iter().find(|(own, _)| *own == column.name)?;
            Some(((relation.table)(), *theirs))
        })?;
        let is_it = self.is_one_of(Expr::col(theirs), &cells?);
        let mut found = Query::select();
        found
            .expr(Expr::col(theirs))
            .from((other.schema, other.name))
            .and_where(is_it)
            .limit(1);
        Some(subquery(found))
    }
}

/// The cells that are shown as a text, where nobody has said a type.
fn cells(text: &str) -> Vec<Value> {
    let number = text.parse().map(Value::Int).ok();
    let real = || text.parse().map(Value::Float).ok();
    let text = [
        Value::Text(text.to_owned().into()),
        Value::Bytes(text.as_bytes().to_vec().into()),
    ];
    text.into_iter().chain(number.or_else(real)).collect()
}

/// The first that is not null.
fn first(mut values: Vec<Expr>) -> Expr {
    match values.len() {
        1 => values.remove(0),
        _ => Func::coalesce(values).into(),
    }
}

/// How a cell is written down; null where it holds nothing of the kind.
fn sample(kind: &Kind, cell: Expr) -> Expr {
    if let Some(name) = notation::name(kind).filter(|_| !is_by_class(kind)) {
        return Func::cust(SAMPLE).arg(Expr::cust(name)).arg(cell).into();
    }
    let class = Func::cust("nullif")
        .arg(Func::cust("typeof").arg(cell.clone()))
        .arg(Expr::cust("'null'"));
    match kind {
        Kind::Json => {
            let is_binary = Func::cust("json_valid").arg(cell).arg(Expr::cust("8"));
            CaseStatement::new()
                .case(Expr::from(is_binary), Expr::cust(BINARY))
                .finally(class)
                .into()
        }
        _ => class.into(),
    }
}

/// How most cells of a column are written down: of those at either end of the table, by its key.
fn others(table: &Table, column: &ColumnDef) -> Expr {
    let mut samples = end(table, column, Order::Asc);
    if !table.key.is_empty() {
        samples.union(UnionType::All, end(table, column, Order::Desc));
    }
    let note = || Expr::col("sample");
    let mut most = Query::select();
    most.expr(note())
        .from_subquery(samples, "samples")
        .and_where(note().is_not_null())
        .add_group_by([Func::cust("typeof").arg(note()).into(), note()])
        .order_by_expr(Expr::cust("count(*)"), Order::Desc)
        // Of two that are as common, a text, and SQLite's own.
        .order_by_expr(Func::cust("typeof").arg(note()).into(), Order::Desc)
        .order_by_expr(note(), Order::Asc)
        .limit(1);
    subquery(most)
}

/// How some cells at one end of a table are written down.
fn end(table: &Table, column: &ColumnDef, order: Order) -> SelectStatement {
    let own = || Expr::col(column.name);
    let mut rows = Query::select();
    rows.expr(own()).from((table.schema, table.name));
    for column in table.key.iter().filter_map(|name| table.column(name)) {
        rows.order_by_expr(collated(Expr::col(column.name), column), order.clone());
    }
    rows.limit(LOOKED_AT);
    let mut cells = Query::select();
    cells
        .expr(own())
        .from_subquery(rows, "looked_at")
        .and_where(own().is_not_null())
        .limit(SAMPLES);
    let mut samples = Query::select();
    samples.expr_as(sample(&column.kind, own()), "sample");
    samples.from_subquery(cells, "cells");
    samples
}
