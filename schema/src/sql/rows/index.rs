//! Rows of indexes and their elements.

use super::Writer;
use crate::postgres::catalog::{IndexColumnRow, IndexRow};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Element, Index, Table};
use crate::sql::expression::{Deparser, Expression};

impl Writer<'_> {
    pub(super) fn indexes(&self, table: &Table) -> Vec<IndexRow> {
        let row = |index: &Index| IndexRow {
            oid: index.oid,
            relation: table.oid,
            name: index.name.name.clone(),
            unique: index.unique,
            constraint: table
                .constraints
                .iter()
                .find(|constraint| constraint.index() == Some(index.oid))
                .map(|constraint| constraint.name().to_owned()),
            method: index.method.clone(),
            predicate: index
                .predicate
                .as_ref()
                .map(|predicate| self.text(Some(table.oid), predicate)),
            nulls_not_distinct: index.nulls_not_distinct,
            valid: index.valid,
            definition: self.index_definition(table, index),
            comment: index.comment.clone(),
        };
        self.of_table(table.oid).map(row).collect()
    }

    fn of_table(&self, table: Oid) -> impl Iterator<Item = &Index> {
        self.by_table
            .get(&table)
            .into_iter()
            .flatten()
            .filter_map(|oid| self.catalog.indexes.get(oid))
    }

    pub(super) fn index_columns(&self, table: &Table) -> Vec<IndexColumnRow> {
        let of_index = |index: &Index| {
            let key = index
                .elements
                .iter()
                .map(|element| self.element_row(table, index, element));
            let included = index.include.iter().map(|number| IndexColumnRow {
                index: index.oid,
                included: true,
                column: Some(table.column_name(*number)),
                expression: None,
                descending: false,
                nulls_first: false,
                operator_class: None,
                collation: None,
            });
            key.chain(included).collect::<Vec<_>>()
        };
        self.of_table(table.oid).flat_map(of_index).collect()
    }

    fn element_row(&self, table: &Table, index: &Index, element: &Element) -> IndexColumnRow {
        let column = match &element.expression {
            Expression::Column { column, .. } => Some(table.column_name(column.number)),
            _ => None,
        };
        let expression = column.is_none().then(|| {
            let deparser = Deparser {
                catalog: self.catalog,
                table: Some(table.oid),
                entries: &[],
                pretty: true,
            };
            super::definition::enclosed(&element.expression, deparser.text(&element.expression))
        });
        IndexColumnRow {
            index: index.oid,
            included: false,
            column,
            expression,
            descending: element.descending,
            nulls_first: element.nulls_first,
            operator_class: element
                .operator_class
                .as_ref()
                .map(|class| class.name.clone()),
            collation: element
                .collation
                .as_ref()
                .or_else(|| passed_on(table, element))
                .map(|collation| collation.name.clone()),
        }
    }
}

/// The collation that an expression has from the column in it.
fn passed_on<'a>(table: &'a Table, element: &Element) -> Option<&'a crate::model::ObjectName> {
    if matches!(element.expression, Expression::Column { .. }) {
        return None;
    }
    let columns = element.expression.columns();
    columns
        .iter()
        .find_map(|column| table.numbered(column.number)?.collation.as_ref())
}
