//! Reading and writing the rows of a junction table.

use std::collections::{BTreeMap, BTreeSet};

use sea_query::{Expr, Query as Sea};

use super::{ColumnDef, Junction, Key, ManyToMany, Model, On, Table, form_key, parse_form_key};
use crate::db::{Dialect, Executor, Statement, run_one};
use crate::error::{Error, Result};
use crate::form::{Errors, Links};
use crate::query::sql::{self, Sql};
use crate::query::{Comparison, Node, Plan, Query, has_key};
use crate::related::belongs_to;
use crate::value::Value;

impl<M: Model, T: Model> ManyToMany<M, T> {
    /// The rows that are joined to a row.
    pub fn of(self, row: &M) -> Result<Query<T>> {
        let node = belongs_to(M::TABLE, &row.key().to_values(), &self.def())?;
        Ok(T::query().narrowed(node))
    }

    /// The keys of the rows that are joined to a row, as a form has them: of those that pages are about.
    pub async fn keys(self, db: &dyn Executor, row: &M) -> Result<Vec<String>> {
        let mut joined = self.joined(db, row).await?;
        if let Some(scope) = T::TABLE.scope() {
            let own = self.junction().theirs.iter();
            let own = own.filter_map(|(own, _)| T::TABLE.column(own)).copied();
            let columns: Vec<ColumnDef> = own.collect();
            let mut plan = Plan::new(T::TABLE);
            plan.filter = scope.and(belongs_to(M::TABLE, &row.key().to_values(), &self.def())?);
            let rows = run_one(db, plan.choices(db.dialect(), &columns)).await?;
            let mut seen = BTreeSet::new();
            for mut row in rows.iter() {
                let _: Option<String> = row.get()?;
                let values = columns.iter().map(|_| row.value());
                seen.insert(form_key(&values.collect::<Result<Vec<_>>>()?));
            }
            joined.theirs.retain(|key, _| seen.contains(key));
        }
        Ok(joined.theirs.into_keys().collect())
    }

    async fn joined(self, db: &dyn Executor, row: &M) -> Result<Joined> {
        let key = row.key().to_values();
        Joined::load(db, M::TABLE, T::TABLE, self.junction(), key).await
    }

    /// Joins a row to exactly the rows with these keys: what is missing is inserted, what is too much deleted.
    pub async fn replace(self, db: &dyn Executor, row: &M, keys: &[String]) -> Result<()> {
        let joined = self.joined(db, row).await?;
        // The label `Special actors` → the field `special_actors`.
        let field = self.def().label.to_lowercase().replace(' ', "_");
        at_field(&field, joined.replace(db, keys).await)
    }

    /// Adds and takes away the links that a form has changed; those that it has not changed stay, whatever they are now.
    pub async fn change(self, db: &dyn Executor, row: &M, links: Links) -> Result<()> {
        if links.added.is_empty() && links.removed.is_empty() {
            return Ok(());
        }
        let joined = self.joined(db, row).await?;
        at_field(links.field, joined.change(db, &links).await)
    }
}

impl<M: Model, T: Model> super::HasMany<M, T> {
    /// The rows that refer to a row.
    pub fn of(self, row: &M) -> Result<Query<T>> {
        let node = belongs_to(M::TABLE, &row.key().to_values(), &self.def())?;
        Ok(T::query().narrowed(node))
    }
}

/// Whatever is wrong with the rows of the junction is wrong with the one field that a person sees.
fn at_field(field: &str, outcome: Result<()>) -> Result<()> {
    outcome.map_err(|error| match error {
        Error::Invalid(errors) => errors.moved_to(field).into(),
        error => error,
    })
}

/// The rows of a junction table that belong to one row.
struct Joined {
    junction: Junction,
    /// The junction's columns that hold this row, and their values.
    mine: Vec<(ColumnDef, Value)>,
    /// The junction's columns that hold the other rows.
    columns: Vec<ColumnDef>,
    /// What they hold, by its text in a form.
    theirs: BTreeMap<String, Vec<Value>>,
}

impl Joined {
    async fn load(
        db: &dyn Executor,
        table: &'static Table,
        other: &'static Table,
        junction: Junction,
        key: Vec<Value>,
    ) -> Result<Self> {
        let mine = ends(table, junction.mine);
        let columns = ends(other, junction.theirs);
        let values = mine_values(db, table, junction.mine, key).await?;
        let mine: Vec<_> = mine.into_iter().zip(values).collect();
        let mut joined = Self {
            junction,
            mine,
            columns,
            theirs: BTreeMap::new(),
        };
        let rows = run_one(db, joined.select(db.dialect())).await?;
        for mut row in rows.iter() {
            let values = joined
                .columns
                .iter()
                .map(|_| row.value())
                .collect::<Result<Vec<_>>>()?;
            joined.theirs.insert(form_key(&values), values);
        }
        Ok(joined)
    }

    async fn replace(&self, db: &dyn Executor, keys: &[String]) -> Result<()> {
        let wanted = self.read(keys)?;
        let surplus = self.theirs.iter();
        let surplus = surplus.filter(|(key, _)| !wanted.contains_key(*key));
        let surplus: Vec<_> = surplus.map(|(_, values)| values).collect();
        self.write(db, &surplus, &self.missing(&wanted)).await
    }

    async fn change(&self, db: &dyn Executor, links: &Links) -> Result<()> {
        let added = self.read(&links.added)?;
        // One row may be written in two ways: what is added stays.
        let mut removed = self.read(&links.removed)?;
        removed.retain(|key, _| self.theirs.contains_key(key) && !added.contains_key(key));
        let surplus: Vec<_> = removed.values().collect();
        self.write(db, &surplus, &self.missing(&added)).await
    }

    /// The values that keys of a form stand for, by their one way of being written.
    fn read(&self, keys: &[String]) -> Result<BTreeMap<String, Vec<Value>>> {
        let mut read = BTreeMap::new();
        for key in keys.iter().filter(|key| !key.is_empty()) {
            let values = parse_form_key(&self.columns, key).ok_or_else(|| {
                Error::from(Errors::at("", format!("`{key}` is not one of the choices")))
            })?;
            read.insert(form_key(&values), values);
        }
        Ok(read)
    }

    /// Those that the row is not joined to.
    fn missing<'w>(&self, wanted: &'w BTreeMap<String, Vec<Value>>) -> Vec<&'w Vec<Value>> {
        let missing = wanted.iter();
        let missing = missing.filter(|(key, _)| !self.theirs.contains_key(*key));
        missing.map(|(_, values)| values).collect()
    }

    async fn write(
        &self,
        db: &dyn Executor,
        surplus: &[&Vec<Value>],
        missing: &[&Vec<Value>],
    ) -> Result<()> {
        let mut statements = Vec::new();
        if !surplus.is_empty() {
            statements.push(self.delete(db.dialect(), surplus));
        }
        if !missing.is_empty() {
            statements.push(self.insert(db.dialect(), missing)?);
        }
        for statement in statements {
            run_one(db, statement).await?;
        }
        Ok(())
    }

    fn select(&self, dialect: Dialect) -> Statement {
        let mut sql = Sql::new(dialect);
        let alias = sql.alias();
        let mut select = Sea::select();
        for column in &self.columns {
            select.expr(sql.readable(&alias, column));
        }
        let condition = sql.condition(&alias, &equal(&self.mine));
        select
            .from(sql::named(self.junction.schema, self.junction.name, &alias))
            .and_where(condition);
        sql.finish(&select)
    }

    fn delete(&self, dialect: Dialect, rows: &[&Vec<Value>]) -> Statement {
        let mut sql = Sql::new(dialect);
        let alias = sql.alias();
        let others = rows.iter().map(|values| {
            let pairs: Vec<_> = self
                .columns
                .iter()
                .copied()
                .zip(values.iter().cloned())
                .collect();
            equal(&pairs)
        });
        let condition = equal(&self.mine).and(Node::Any(others.collect()));
        let condition = sql.condition(&alias, &condition);
        let mut delete = Sea::delete();
        delete
            .from_table(sql::named(self.junction.schema, self.junction.name, &alias))
            .and_where(condition);
        sql.finish(&delete)
    }

    fn insert(&self, dialect: Dialect, rows: &[&Vec<Value>]) -> Result<Statement> {
        let mut sql = Sql::new(dialect);
        let mut insert = Sea::insert();
        let mine = self.mine.iter().map(|(column, _)| column.name);
        insert
            .into_table((self.junction.schema, self.junction.name))
            .columns(mine.chain(self.columns.iter().map(|column| column.name)));
        for values in rows {
            let mine = self.mine.iter().map(|(column, value)| (column, value));
            let cells: Vec<Expr> = mine
                .chain(self.columns.iter().zip(values.iter()))
                .map(|(_, value)| sql.bind(value.clone()))
                .collect();
            insert
                .values(cells)
                .map_err(|error| Error::Internal(error.to_string()))?;
        }
        Ok(sql.finish(&insert))
    }
}

/// The columns of a junction, with the types of the columns that they refer to.
fn ends(table: &'static Table, on: On) -> Vec<ColumnDef> {
    let columns = on.iter().filter_map(|(own, junction)| {
        let mut column = *table.column(own)?;
        column.name = junction;
        Some(column)
    });
    columns.collect()
}

/// The values of the columns by which a row is joined: of its key, or read from it.
async fn mine_values(
    db: &dyn Executor,
    table: &'static Table,
    on: On,
    key: Vec<Value>,
) -> Result<Vec<Value>> {
    let of_key = on.iter().map(|(mine, _)| {
        let position = table.key.iter().position(|name| name == mine)?;
        key.get(position).cloned()
    });
    if let Some(values) = of_key.collect::<Option<Vec<_>>>() {
        return Ok(values);
    }
    let rows = run_one(
        db,
        mine_statement(db.dialect(), table, on, &has_key(table, key)?),
    )
    .await?;
    let mut row = rows.get(0).ok_or(Error::NotFound)?;
    on.iter().map(|_| row.value()).collect()
}

fn mine_statement(dialect: Dialect, table: &'static Table, on: On, filter: &Node) -> Statement {
    let mut sql = Sql::new(dialect);
    let alias = sql.alias();
    let mut select = Sea::select();
    for column in on.iter().filter_map(|(mine, _)| table.column(mine)) {
        select.expr(sql.readable(&alias, column));
    }
    let condition = sql.condition(&alias, filter);
    select
        .from(sql::named(table.schema, table.name, &alias))
        .and_where(condition);
    sql.finish(&select)
}

fn equal(pairs: &[(ColumnDef, Value)]) -> Node {
    let tests = pairs.iter();
    Node::All(
        tests
            .map(|(column, value)| Node::key(column, Comparison::Equal, value.clone()))
            .collect(),
    )
}
