//! Reading and writing the rows of a junction table.

use std::collections::{BTreeMap, BTreeSet};

use sea_query::{Expr, Query as Sea};

use super::{LinkChange, Links};
use crate::actor::Action;
use crate::catalog::{
    ColumnDef, Comparison, Junction, Link, On, Table, Tree, form_key, has_key, has_one_of,
    parse_form_key,
};
use crate::database::{Dialect, Executor, Statement, run_one};
use crate::error::{Error, FieldErrors, Result};
use crate::query::Plan;
use crate::query::sql::{self, Sql};
use crate::values::Value;

/// The rows of a junction table that belong to one row.
pub struct Joined {
    junction: Junction,
    other: &'static Table,
    /// The junction's columns that hold this row, and their values.
    mine: Vec<(ColumnDef, Value)>,
    /// The junction's columns that hold the other rows.
    columns: Vec<ColumnDef>,
    /// What they hold, by its text in a form: of the rows that were loaded.
    pub theirs: BTreeMap<String, Vec<Value>>,
}

impl Joined {
    /// The rows that belong to the row with a key, before they are loaded.
    pub async fn of(
        db: &dyn Executor,
        table: &'static Table,
        other: &'static Table,
        junction: Junction,
        key: Vec<Value>,
    ) -> Result<Self> {
        let mine = ends(table, junction.mine);
        let values = mine_values(db, table, junction.mine, key).await?;
        Ok(Self {
            junction,
            other,
            mine: mine.into_iter().zip(values).collect(),
            columns: ends(other, junction.theirs),
            theirs: BTreeMap::new(),
        })
    }

    /// Loads so many of the rows, or all.
    pub async fn load(&mut self, db: &dyn Executor, limit: Option<u64>) -> Result<()> {
        self.load_those(db, Tree::TRUE, limit).await
    }

    async fn load_those(
        &mut self,
        db: &dyn Executor,
        condition: Tree,
        limit: Option<u64>,
    ) -> Result<()> {
        let rows = run_one(db, self.select(db.dialect(), condition, limit)).await?;
        for mut row in rows.iter() {
            let values = self.columns.iter().map(|_| row.value());
            let values = values.collect::<Result<Vec<_>>>()?;
            self.theirs.insert(form_key(&values), values);
        }
        Ok(())
    }

    pub async fn replace(&self, db: &dyn Executor, keys: &[String]) -> Result<()> {
        let wanted = self.read(keys)?;
        let surplus = self.theirs.iter();
        let surplus = surplus.filter(|(key, _)| !wanted.contains_key(*key));
        let surplus: Vec<_> = surplus.map(|(_, values)| values).collect();
        self.write(db, &surplus, &self.missing(&wanted)).await
    }

    async fn change(&mut self, db: &dyn Executor, label: &str, links: &Links) -> Result<()> {
        let added = self.read(&links.added)?;
        let mut removed = self.read(&links.removed)?;
        let changed: Vec<_> = added.values().chain(removed.values()).collect();
        self.load_those(db, self.has_one_of(&changed), None).await?;
        // One row may be written in two ways: what is added stays.
        removed.retain(|key, _| self.theirs.contains_key(key) && !added.contains_key(key));
        self.retain_seen(db, &mut removed).await?;
        let missing = self.missing(&added);
        let seen = missing
            .iter()
            .map(|values| (form_key(values), values.to_vec()));
        let mut seen = seen.collect();
        self.retain_seen(db, &mut seen).await?;
        if seen.len() < missing.len() {
            return Err(FieldErrors::at("", format!("{label} must be one of the options")).into());
        }
        let surplus: Vec<_> = removed.values().collect();
        self.write(db, &surplus, &missing).await
    }

    /// Leaves those of the other rows that may be seen.
    async fn retain_seen(
        &self,
        db: &dyn Executor,
        rows: &mut BTreeMap<String, Vec<Value>>,
    ) -> Result<()> {
        let is_whole = self.other.scope(db.actor(), Action::View).is_none();
        if is_whole || rows.is_empty() {
            return Ok(());
        }
        let own = self.junction.theirs.iter();
        let own = own.filter_map(|(own, _)| self.other.column(own)).copied();
        let columns: Vec<ColumnDef> = own.collect();
        let mut plan = Plan::seen(db, self.other);
        plan.narrow(has_one_of(&columns, rows.values().cloned().collect()));
        let seen = keys(db, &plan, &columns).await?;
        rows.retain(|key, _| seen.contains(key));
        Ok(())
    }

    /// The values that keys of a form stand for, by their one way of being written.
    fn read(&self, keys: &[String]) -> Result<BTreeMap<String, Vec<Value>>> {
        let mut read = BTreeMap::new();
        for key in keys.iter().filter(|key| !key.is_empty()) {
            let values = parse_form_key(&self.columns, key).ok_or_else(|| {
                Error::from(FieldErrors::at(
                    "",
                    format!("`{key}` is not one of the choices"),
                ))
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

    fn select(&self, dialect: Dialect, condition: Tree, limit: Option<u64>) -> Statement {
        let mut sql = Sql::new(dialect);
        let alias = sql.alias();
        let mut select = Sea::select();
        for column in &self.columns {
            select.expr(sql.readable(&alias, column));
        }
        let condition = sql.tree(&alias, &equal(&self.mine).and(condition));
        select
            .from(sql::named(self.junction.schema, self.junction.name, &alias))
            .and_where(condition);
        limit.map(|limit| select.limit(limit));
        sql.finish(&select)
    }

    fn delete(&self, dialect: Dialect, rows: &[&Vec<Value>]) -> Statement {
        let mut sql = Sql::new(dialect);
        let alias = sql.alias();
        let condition = equal(&self.mine).and(self.has_one_of(rows));
        let condition = sql.tree(&alias, &condition);
        let mut delete = Sea::delete();
        delete
            .from_table(sql::named(self.junction.schema, self.junction.name, &alias))
            .and_where(condition);
        sql.finish(&delete)
    }

    /// That the other side of a row is one of these.
    fn has_one_of(&self, rows: &[&Vec<Value>]) -> Tree {
        let is = |values: &&Vec<Value>| Tree::has_key(&self.columns, values.to_vec());
        Tree::Any(rows.iter().map(is).collect())
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

/// Changes links of the row with a key.
pub async fn change(
    db: &dyn Executor,
    table: &'static Table,
    key: Vec<Value>,
    change: &LinkChange,
) -> Result<()> {
    let LinkChange { relation, links } = change;
    let Link::Junction(junction) = relation.link else {
        return Err(Error::Internal(format!("{} are no links", relation.label)));
    };
    if links.added.is_empty() && links.removed.is_empty() {
        return Ok(());
    }
    let other = (relation.table)();
    let mut joined = Joined::of(db, table, other, junction, key).await?;
    let changed = joined.change(db, relation.label, links).await;
    at_field(links.field, changed)
}

/// Whatever is wrong with the rows of the junction is wrong with the one field that a person sees.
pub fn at_field(field: &str, outcome: Result<()>) -> Result<()> {
    outcome.map_err(|error| match error {
        Error::Invalid(errors) => errors.moved_to(field).into(),
        error => error,
    })
}

/// The texts that these columns of the rows have in a form.
pub async fn keys(
    db: &dyn Executor,
    plan: &Plan,
    columns: &[ColumnDef],
) -> Result<BTreeSet<String>> {
    let rows = run_one(db, plan.choices(db.dialect(), columns)).await?;
    let keys = rows.iter().map(|mut row| {
        let _: Option<String> = row.get()?;
        let values = columns.iter().map(|_| row.value());
        Ok(form_key(&values.collect::<Result<Vec<_>>>()?))
    });
    keys.collect()
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

fn mine_statement(dialect: Dialect, table: &'static Table, on: On, filter: &Tree) -> Statement {
    let mut sql = Sql::new(dialect);
    let alias = sql.alias();
    let mut select = Sea::select();
    for column in on.iter().filter_map(|(mine, _)| table.column(mine)) {
        select.expr(sql.readable(&alias, column));
    }
    let condition = sql.tree(&alias, filter);
    select
        .from(sql::named(table.schema, table.name, &alias))
        .and_where(condition);
    sql.finish(&select)
}

fn equal(pairs: &[(ColumnDef, Value)]) -> Tree {
    let tests = pairs.iter();
    Tree::All(
        tests
            .map(|(column, value)| Tree::key(column, Comparison::Equal, value.clone()))
            .collect(),
    )
}
