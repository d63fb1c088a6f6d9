//! A row without the type of its model: its values, and the labels of the rows that it refers to.

use std::fmt;

use crate::catalog::{ColumnDef, KeyText, RelationDef, Table, write_name};
use crate::database::Row;
use crate::error::Result;
use crate::related::RelatedRow;
use crate::values::{OfKind, Value, WriteHtml};

/// A row without the type of its model: its values, and the labels of the rows that it refers to.
#[derive(Debug, Clone)]
pub struct AnyRow {
    table: &'static Table,
    key: KeyText,
    values: Vec<Value>,
    labels: Vec<Option<RelatedRow>>,
}

impl AnyRow {
    /// Reads the columns of the table, then a label for each of its relations.
    pub(super) fn with_labels(table: &'static Table, row: &mut Row<'_>) -> Result<Self> {
        let mut read = Self::read(table, row)?;
        for relation in table.relations {
            let other = (relation.table)();
            let label = row.label_parts(other)?;
            let related = label.map(|(text, key)| RelatedRow::new(other, text, key));
            read.labels.push(related);
        }
        Ok(read)
    }

    /// Reads the columns of the table.
    pub(super) fn read(table: &'static Table, row: &mut Row<'_>) -> Result<Self> {
        let key = row.key_text(table)?;
        let columns = table.columns.iter();
        Ok(Self {
            table,
            key,
            values: columns
                .map(|column| row.value_of(table, column))
                .collect::<Result<_>>()?,
            labels: Vec::new(),
        })
    }

    /// The table of the row.
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// The values, one for each column of the table.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The value of a column.
    pub fn value(&self, column: &str) -> Option<&Value> {
        self.values.get(self.table.position(column)?)
    }

    /// Each column that is not hidden with what is shown of it: its value, or the row to which it alone refers.
    pub fn cells(&self) -> impl Iterator<Item = (&'static ColumnDef, AnyCell<'_>)> {
        let columns = self.table.columns.iter().zip(&self.values);
        let told = columns.filter(|(column, _)| column.is_told());
        told.map(|(column, value)| {
            let refers = |(relation, _): &(&RelationDef, _)| matches!(relation.on, [(own, _)] if *own == column.name);
            let cell = match self.labels().find(refers) {
                Some((_, Some(row))) => AnyCell::Row(row),
                _ => AnyCell::Value(OfKind {
                    kind: &column.kind,
                    value,
                }),
            };
            (column, cell)
        })
    }

    /// Each relation with the row that it leads to, where they were asked for.
    pub fn labels(&self) -> impl Iterator<Item = (&'static RelationDef, Option<&RelatedRow>)> {
        let labels = self.labels.iter().map(Option::as_ref);
        self.table.relations.iter().zip(labels)
    }

    /// The page of the row; empty if it has none.
    pub fn url(&self) -> String {
        self.key.url(self.table.path)
    }
}

/// What a cell shows.
#[derive(Debug, Clone, Copy)]
pub enum AnyCell<'a> {
    /// Its value.
    Value(OfKind<'a>),
    /// The row that it refers to.
    Row(&'a RelatedRow),
}

impl WriteHtml for AnyCell<'_> {
    fn write_html(&self, out: &mut String) {
        match self {
            Self::Value(value) => value.write_html(out),
            Self::Row(row) => row.write_html(out),
        }
    }
}

/// The row as a heading or a link names it: by its label, or by its key.
impl fmt::Display for AnyRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = self.table.label.iter();
        let columns = label.filter_map(|name| Some((self.table.column(name)?, self.value(name)?)));
        let (always, sometimes): (Vec<_>, Vec<_>) =
            columns.partition(|(column, _)| !column.nullable);
        match (always.as_slice(), sometimes.first()) {
            ([], Some((column, value))) if **value != Value::Null => {
                f.write_str(&value.to_text(&column.kind))
            }
            ([], _) => write_name(self.table, &self.table.key_of(&self.values), f),
            (cells, _) => {
                let texts = cells
                    .iter()
                    .map(|(column, value)| value.to_text(&column.kind));
                f.write_str(&texts.collect::<Vec<_>>().join(" "))
            }
        }
    }
}
