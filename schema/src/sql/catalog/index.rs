//! An index.

use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::expression::Expression;

#[derive(Debug, Clone)]
pub(in crate::sql) struct Index {
    pub(in crate::sql) oid: Oid,
    pub(in crate::sql) name: ObjectName,
    pub(in crate::sql) table: Oid,
    pub(in crate::sql) unique: bool,
    pub(in crate::sql) method: String,
    pub(in crate::sql) elements: Vec<Element>,
    /// The numbers of the INCLUDE columns.
    pub(in crate::sql) include: Vec<i32>,
    pub(in crate::sql) predicate: Option<Expression>,
    pub(in crate::sql) nulls_not_distinct: bool,
    /// `WITH (fillfactor = 70)`.
    pub(in crate::sql) options: Vec<(String, String)>,
    /// False for `ON ONLY` a partitioned table, as long as not every partition has it.
    pub(in crate::sql) valid: bool,
    /// The index of the partitioned table that it is part of.
    pub(in crate::sql) parent: Option<Oid>,
    pub(in crate::sql) comment: Option<String>,
}

/// One element of the key.
#[derive(Debug, Clone)]
pub(in crate::sql) struct Element {
    /// The name of the index's own column, which the name of the index is made of.
    pub(in crate::sql) name: String,
    pub(in crate::sql) expression: Expression,
    /// As it was chosen, where it is not the default of the type.
    pub(in crate::sql) operator_class: Option<ObjectName>,
    /// `(siglen='32')`
    pub(in crate::sql) class_options: Vec<(String, String)>,
    pub(in crate::sql) collation: Option<ObjectName>,
    pub(in crate::sql) descending: bool,
    pub(in crate::sql) nulls_first: bool,
}

impl Index {
    /// The numbers of the columns of the key; 0 for an expression.
    pub(in crate::sql) fn columns(&self) -> Vec<i32> {
        let column = |element: &Element| match &element.expression {
            Expression::Column { column, .. } => column.number,
            _ => 0,
        };
        self.elements.iter().map(column).collect()
    }
}
