//! What a statement is written with: aliases, the values that are bound, tables that are joined; identifiers quoted and
//! qualified.

use sea_query::extension::postgres::PgFunc;
use sea_query::{
    Cond, DynIden, Expr, ExprTrait, Func, IntoIden, JoinType, PostgresQueryBuilder, Query,
    QueryStatementBuilder, SelectStatement, SqliteQueryBuilder, TableRef, UnionType,
};

use super::writer::Writer;
use crate::actor::{Action, Actor};
use crate::catalog::{ColumnDef, Junction, On, RelationDef, Step, Table, Tree, Via};
use crate::database::{Dialect, Statement};
use crate::values::{Kind, Shape, Value};

/// Writes one statement: gives out aliases, and collects the values that are bound.
#[derive(Debug)]
pub(crate) struct Sql {
    pub(super) dialect: Dialect,
    params: Vec<Value>,
    aliases: u32,
    /// For whom rows of other tables are asked for.
    actor: Option<Actor>,
}

impl Sql {
    /// A statement in a dialect.
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            params: Vec::new(),
            aliases: 0,
            actor: None,
        }
    }

    /// Of other tables, asks only for the rows that somebody may see.
    pub(crate) fn ask_for(&mut self, actor: Option<&Actor>) {
        self.actor = actor.cloned();
    }

    /// A name for one more table of the statement.
    pub(crate) fn alias(&mut self) -> DynIden {
        let names = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"];
        let index = self.aliases;
        self.aliases += 1;
        match names.get(index as usize) {
            Some(name) => name.into_iden(),
            None => format!("t{index}").into_iden(),
        }
    }

    /// Binds a value; until the statement is finished, its place in `params` stands for it.
    pub(crate) fn bind(&mut self, value: Value) -> Expr {
        self.params.push(value);
        let index = self.params.len() as u32 - 1;
        Expr::Value(sea_query::Value::Unsigned(Some(index)))
    }

    /// The statement, with the values in the order of their numbers.
    pub(crate) fn finish(self, statement: &impl QueryStatementBuilder) -> Statement {
        let mut writer = Writer::new(self.dialect, self.params);
        match self.dialect {
            Dialect::Postgres => {
                statement.build_collect_any_into(&PostgresQueryBuilder, &mut writer)
            }
            Dialect::Sqlite => statement.build_collect_any_into(&SqliteQueryBuilder, &mut writer),
        };
        writer.finish()
    }

    /// That the row of another table may be seen, if that is not so of all.
    pub(crate) fn seen(&mut self, alias: &DynIden, table: &Table) -> Option<Expr> {
        let scope = table.scope(self.actor.as_ref(), Action::View)?;
        Some(self.tree(alias, &scope))
    }

    pub(super) fn for_nobody(&mut self, table: &DynIden, tree: &Tree) -> Expr {
        let actor = self.actor.take();
        let condition = self.tree(table, tree);
        self.actor = actor;
        condition
    }

    pub(super) fn linked(
        &mut self,
        outer: &DynIden,
        junction: &Junction,
        values: &[Value],
    ) -> Expr {
        let middle = self.alias();
        let mut select = Query::select();
        select
            .expr(Expr::cust("1"))
            .from(named(junction.schema, junction.name, &middle))
            .and_where(equal(outer, &middle, junction.mine));
        for ((_, column), value) in junction.theirs.iter().zip(values) {
            let value = self.bind(value.clone());
            select.and_where(field(&middle, column).eq(value));
        }
        Expr::exists(select)
    }

    /// Selects from the rows that a step leads to; returns their alias.
    pub(crate) fn step(
        &mut self,
        select: &mut SelectStatement,
        outer: &DynIden,
        step: &Step,
    ) -> DynIden {
        let table = step.table;
        let inner = self.alias();
        match step.via {
            Via::Reversed(on) => {
                select
                    .from(named(table.schema, table.name, &inner))
                    .and_where(equal(&inner, outer, on));
            }
            Via::Columns(on) => {
                select
                    .from(named(table.schema, table.name, &inner))
                    .and_where(equal(outer, &inner, on));
            }
            Via::Junction(junction) => {
                let middle = self.alias();
                select
                    .from(named(junction.schema, junction.name, &middle))
                    .join(
                        JoinType::InnerJoin,
                        named(table.schema, table.name, &inner),
                        Cond::all().add(equal(&inner, &middle, junction.theirs)),
                    )
                    .and_where(equal(outer, &middle, junction.mine));
            }
        }
        inner
    }

    /// A column as it can be compared: types that we know only as text, and JSON, may have no operators.
    pub(super) fn comparable(&self, own: Expr, column: &ColumnDef) -> Expr {
        match column.kind {
            Kind::Raw if self.dialect == Dialect::Sqlite => self.meaning(own, &column.kind),
            Kind::Raw | Kind::Json => cast(own, "text"),
            _ => own,
        }
    }

    /// That a value is one of several, of which there may be very many.
    pub(super) fn is_one_of(&mut self, left: Expr, values: &[Value]) -> Expr {
        if self.dialect == Dialect::Postgres {
            let list = self.bind(Value::Array(values.to_vec(), Shape::default()));
            return left.eq(PgFunc::any(list));
        }
        // JSON carries a list of any length; it has no bytes, so that these come as digits.
        let (bytes, others): (Vec<Value>, Vec<Value>) =
            (values.iter().cloned()).partition(|value| matches!(value, Value::Bytes(_)));
        let digits = bytes
            .iter()
            .map(|bytes| Value::Text(bytes.to_string().into()));
        let digits: Vec<Value> = digits.collect();
        let mut all = Vec::new();
        if !others.is_empty() || digits.is_empty() {
            all.push(self.listed(others, Expr::cust("value")));
        }
        if !digits.is_empty() {
            let value = Func::cust("unhex").arg(Expr::cust("value"));
            all.push(self.listed(digits, value.into()));
        }
        let mut all = all.into_iter();
        let select = all
            .next()
            .map(|mut first| first.unions(all.map(|more| (UnionType::All, more))).take());
        left.in_subquery(select.unwrap_or_default())
    }

    /// The values of a list, each as an expression of `value`.
    fn listed(&mut self, values: Vec<Value>, value: Expr) -> SelectStatement {
        let list = self.bind(Value::Array(values, Shape::default()));
        let mut select = Query::select();
        select
            .expr(value)
            .from_function(Func::cust("json_each").arg(list), "list")
            .take()
    }

    /// Joins the rows that a relation leads to, if they may be seen; returns their alias.
    pub(crate) fn left_join(
        &mut self,
        select: &mut SelectStatement,
        outer: &DynIden,
        relation: &RelationDef,
    ) -> DynIden {
        let table = (relation.table)();
        let inner = self.alias();
        let mut on = Cond::all().add(equal(outer, &inner, relation.on));
        if let Some(seen) = self.seen(&inner, table) {
            on = on.add(seen);
        }
        select.join(
            JoinType::LeftJoin,
            named(table.schema, table.name, &inner),
            on,
        );
        inner
    }
}

/// A table with an alias: `"public"."film" AS "t0"`.
pub(crate) fn named(schema: &'static str, name: &'static str, alias: &DynIden) -> TableRef {
    TableRef::Table((schema, name).into(), Some(alias.clone()))
}

/// A column of the table with this alias.
pub(crate) fn field(table: &DynIden, name: &'static str) -> Expr {
    Expr::col((table.clone(), name))
}

/// `CAST(… AS type)`.
pub(crate) fn cast(expr: Expr, sql_type: &'static str) -> Expr {
    Func::cast_as(expr, sql_type).into()
}

/// That the columns of a pair are equal, for every pair of (left, right).
pub(crate) fn equal(left: &DynIden, right: &DynIden, on: On) -> Expr {
    let pairs = on
        .iter()
        .map(|(mine, theirs)| field(left, mine).eq(field(right, theirs)));
    pairs.reduce(Expr::and).unwrap_or(Expr::cust("TRUE"))
}

/// A column, however it is named, as it is put in order: where only the program that made the file has its collation,
/// byte by byte. An index in the order of that collation is then no index to SQLite.
pub(super) fn collated(own: Expr, column: &ColumnDef) -> Expr {
    match column.bytewise {
        true => Expr::cust_with_expr("? COLLATE BINARY", own),
        false => own,
    }
}

/// A column of the table with this alias, as the database can compare it.
pub(super) fn compared(table: &DynIden, column: &ColumnDef) -> Expr {
    let own = collated(field(table, column.name), column);
    match column.compared_as {
        Some(sql_type) => cast(own, sql_type),
        None => own,
    }
}
