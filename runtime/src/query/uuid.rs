//! UUIDs in SQLite, which has no type for them: one file keeps them as text, another one as bytes.

use sea_query::{Expr, ExprTrait, Func, Query};

use super::count::subquery;
use super::node::{Comparison, Test};
use super::sql::Sql;
use crate::db::Dialect;
use crate::model::{ColumnDef, Table};
use crate::types::Uuid;
use crate::value::Value;

impl Sql {
    /// That a column holds one of several UUIDs, in either form.
    pub(super) fn is_uuid(&mut self, left: Expr, uuids: impl IntoIterator<Item = Uuid>) -> Expr {
        let forms: Vec<Expr> = uuids
            .into_iter()
            .flat_map(|uuid| [self.text(uuid), self.bytes(uuid)])
            .collect();
        left.is_in(forms)
    }

    /// What is asked of a UUID, where it may have two forms.
    pub(super) fn test_uuid(&mut self, own: &Expr, test: &Test) -> Option<Expr> {
        let (Test::Compare(_, Value::Uuid(uuid))
        | Test::Key(_, Value::Uuid(uuid))
        | Test::Same(Value::Uuid(uuid))) = test
        else {
            return None;
        };
        if self.dialect != Dialect::Sqlite {
            return None;
        }
        let is_it = self.is_uuid(own.clone(), [*uuid]);
        match test {
            Test::Compare(Comparison::Equal, _) | Test::Key(Comparison::Equal, _) => Some(is_it),
            Test::Compare(Comparison::NotEqual, _) => Some(is_it.not()),
            Test::Same(_) => Some(is_it.is(Expr::cust("TRUE"))),
            _ => None,
        }
    }

    /// A value as a column is given it. A UUID is written as what it refers to is; else as the column's others are.
    pub(super) fn written(&mut self, table: &Table, column: &ColumnDef, value: Value) -> Expr {
        let (Dialect::Sqlite, Value::Uuid(uuid)) = (self.dialect, &value) else {
            return self.bind(value);
        };
        let mut first = Query::select();
        first
            .expr(Func::cust("typeof").arg(Expr::col(column.name)))
            .from((table.schema, table.name))
            .and_where(Expr::col(column.name).is_not_null())
            .limit(1);
        let are_bytes = subquery(first).eq(Expr::cust("'blob'"));
        let alike = Expr::case(are_bytes, self.bytes(*uuid)).finally(self.text(*uuid));
        let target = table.relations.iter().find_map(|relation| {
            let (_, theirs) = relation.on.iter().find(|(own, _)| *own == column.name)?;
            Some(((relation.table)(), *theirs))
        });
        let Some((other, theirs)) = target else {
            return alike.into();
        };
        let is_it = self.is_uuid(Expr::col(theirs), [*uuid]);
        let mut found = Query::select();
        found
            .expr(Expr::col(theirs))
            .from((other.schema, other.name))
            .and_where(is_it)
            .limit(1);
        Func::coalesce([subquery(found), alike.into()]).into()
    }

    fn text(&mut self, uuid: Uuid) -> Expr {
        self.bind(Value::Uuid(uuid))
    }

    fn bytes(&mut self, uuid: Uuid) -> Expr {
        self.bind(Value::Bytes(uuid.as_bytes().to_vec()))
    }
}
