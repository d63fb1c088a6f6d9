//! INSERT, UPDATE and DELETE of one row, with what the database says about them in words.

use sea_query::{DynIden, Expr, ExprTrait, Query, ReturningClause, UpdateStatement};

use super::{Changes, cause, fate};
use crate::catalog::{ColumnDef, Table, has_key};
use crate::database::{
    Dialect, Executor, Failure, Otherwise, Rows, Rule, Statement, run_one, wording,
};
use crate::error::{Error, Result};
use crate::query::sql::{self, Sql};
use crate::query::{Plan, count, read};
use crate::values::Value;

/// What is done to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Insert,
    Update,
}

/// What a statement that writes a row gives back.
#[derive(Debug, Clone, Copy)]
enum Back {
    Row,
    Nothing,
}

/// Inserts a row and returns it.
pub(super) async fn insert(
    db: &dyn Executor,
    table: &'static Table,
    changes: Changes,
) -> Result<Rows> {
    let written = written(&changes);
    let statement = |back| insert_statement(db.dialect(), table, changes.clone(), back);
    // What may be added need not be seen: without asking for the row, a policy may let it in.
    let otherwise = Otherwise {
        rules: &[Rule::Silent, Rule::Policy],
        statement: &|| statement(Back::Nothing),
    };
    match db.run_or(statement(Back::Row)?, otherwise).await {
        Ok((_, Some(Rule::Policy))) => Err(fate::unseen(db, table)),
        Ok((rows, _)) if rows.is_empty() => fate::inserted(db, table, &written).await,
        Ok((rows, _)) => Ok(rows),
        Err(failure) => Err(explain(db, failure, table, Verb::Insert, &written).await),
    }
}

/// Changes the row with a key and returns it; no row if there is none. With a version, only if the row still has it.
pub(super) async fn update(
    db: &dyn Executor,
    table: &'static Table,
    key: Vec<Value>,
    version: Option<&str>,
    changes: Changes,
) -> Result<Rows> {
    if changes.is_empty() {
        return read::by_key(db, Plan::new(table), &[], key).await;
    }
    let written = written(&changes);
    let statement =
        |back| update_statement(db.dialect(), table, &key, version, changes.clone(), back);
    let otherwise = Otherwise {
        rules: &[Rule::Silent],
        statement: &|| statement(Back::Nothing),
    };
    match db.run_or(statement(Back::Row)?, otherwise).await {
        Ok((rows, _)) if rows.is_empty() => fate::updated(db, table, key, version, &written).await,
        Ok((rows, _)) => Ok(rows),
        Err(failure) => Err(explain(db, failure, table, Verb::Update, &written).await),
    }
}

/// Deletes the row with a key, or `Error::NotFound`.
pub(super) async fn delete(
    db: &dyn Executor,
    table: &'static Table,
    key: Vec<Value>,
) -> Result<()> {
    let condition = has_key(table, key.clone())?;
    let mut there = Plan::new(table);
    there.narrow(condition);
    let delete = delete_statement(db.dialect(), &there);
    match db.run(&[there.exists(db.dialect()), delete]).await {
        Ok(outcomes) => {
            let [there, deleted] = outcomes.as_slice() else {
                return Err(Error::Internal("an answer is missing".to_owned()));
            };
            match (deleted.affected, there.first(|row| row.get())?) {
                (0, Some(true)) => fate::deleted(db, table, key).await,
                (0, _) => Err(Error::NotFound),
                _ => Ok(()),
            }
        }
        Err(Failure::Refused(refusal)) if cause::is_unknown(&refusal) => {
            Err(match cause::referring(db, table, &key).await? {
                Some(rows) => wording::referred(table, &rows),
                None => wording::explain_delete(&refusal, table),
            })
        }
        Err(failure) => Err(explain_delete(failure, table)),
    }
}

/// Deletes every row of a plan that has neither limit nor offset; returns how many there were.
pub(super) async fn delete_where(db: &dyn Executor, plan: &Plan) -> Result<u64> {
    refuse_window(plan)?;
    let outcome = run_one(db, delete_statement(db.dialect(), plan)).await;
    Ok(outcome
        .map_err(|failure| explain_delete(failure, plan.table))?
        .affected)
}

/// Changes every row of a plan that has neither limit nor offset; returns how many there were.
pub(super) async fn update_where(db: &dyn Executor, plan: &Plan, changes: Changes) -> Result<u64> {
    refuse_window(plan)?;
    if changes.is_empty() {
        return count(db, plan.count(db.dialect(), None)).await;
    }
    let written = written(&changes);
    match run_one(db, bulk_statement(db.dialect(), plan, changes)).await {
        Ok(rows) => Ok(rows.affected),
        Err(failure) => Err(explain(db, failure, plan.table, Verb::Update, &written).await),
    }
}

pub(super) fn refuse_window(plan: &Plan) -> Result<()> {
    match (plan.limit, plan.offset) {
        (None, None) => Ok(()),
        _ => Err(Error::Internal(
            "a bulk change takes no limit and no offset".to_owned(),
        )),
    }
}

fn insert_statement(
    dialect: Dialect,
    table: &'static Table,
    changes: Changes,
    back: Back,
) -> Result<Statement> {
    let mut sql = Sql::new(dialect);
    let mut insert = Query::insert();
    insert.into_table((table.schema, table.name));
    insert.columns(changes.entries.iter().map(|(column, _)| column.name));
    let values: Vec<Expr> = changes
        .entries
        .into_iter()
        .map(|(column, value)| sql.written(table, &column, None, value))
        .collect();
    if values.is_empty() {
        insert.or_default_values();
    } else {
        insert
            .values(values)
            .map_err(|error| Error::Internal(error.to_string()))?;
    }
    if let Back::Row = back {
        insert.returning(returning(&sql, table));
    }
    Ok(sql.finish(&insert))
}

fn update_statement(
    dialect: Dialect,
    table: &'static Table,
    key: &[Value],
    version: Option<&str>,
    changes: Changes,
    back: Back,
) -> Result<Statement> {
    let mut sql = Sql::new(dialect);
    let (mut update, alias) = start_update(&mut sql, table, changes);
    let condition = sql.tree(&alias, &has_key(table, key.to_vec())?);
    update.and_where(condition);
    if let Some(version) = version {
        let current = sql.version(&alias, table);
        let version = sql.bind(Value::Text(version.to_owned().into()));
        update.and_where(current.eq(version));
    }
    if let Back::Row = back {
        update.returning(returning(&sql, table));
    }
    Ok(sql.finish(&update))
}

fn delete_statement(dialect: Dialect, plan: &Plan) -> Statement {
    let table = plan.table;
    let mut sql = Sql::new(dialect);
    sql.ask_for(plan.actor.as_ref());
    let alias = sql.alias();
    let condition = sql.tree(&alias, &plan.filter);
    let mut delete = Query::delete();
    delete
        .from_table(sql::named(table.schema, table.name, &alias))
        .and_where(condition);
    sql.finish(&delete)
}

fn bulk_statement(dialect: Dialect, plan: &Plan, changes: Changes) -> Statement {
    let mut sql = Sql::new(dialect);
    sql.ask_for(plan.actor.as_ref());
    let (mut update, alias) = start_update(&mut sql, plan.table, changes);
    let condition = sql.tree(&alias, &plan.filter);
    update.and_where(condition);
    sql.finish(&update)
}

fn start_update(
    sql: &mut Sql,
    table: &'static Table,
    changes: Changes,
) -> (UpdateStatement, DynIden) {
    let alias = sql.alias();
    let mut update = Query::update();
    update.table(sql::named(table.schema, table.name, &alias));
    for (column, value) in changes.entries {
        let value = sql.written(table, &column, Some(&alias), value);
        update.value(column.name, value);
    }
    (update, alias)
}

/// Every column as it is read, unqualified: INSERT has no alias.
fn returning(sql: &Sql, table: &'static Table) -> ReturningClause {
    let columns = table
        .columns
        .iter()
        .map(|column| sql.as_read(Expr::col(column.name), column));
    Query::returning().exprs(columns)
}

/// What is written, for saying which of it was wrong.
fn written(changes: &Changes) -> Vec<(ColumnDef, Value)> {
    changes.entries.clone()
}

/// A failure in words; a value that could not be read belongs to the column for which it was bound.
async fn explain(
    db: &dyn Executor,
    failure: Failure,
    table: &'static Table,
    verb: Verb,
    written: &[(ColumnDef, Value)],
) -> Error {
    match failure {
        Failure::Refused(mut refusal) => {
            if refusal.columns.is_empty() {
                let column = refusal.parameter.and_then(|index| written.get(index));
                let column = column.map(|(column, _)| column.name.to_owned());
                refusal.columns = column.into_iter().collect();
            }
            if cause::is_unknown(&refusal) {
                if let Err(error) = cause::find(db, table, written, &mut refusal).await {
                    return error;
                }
            } else {
                cause::take_side(&mut refusal, table, verb, written);
            }
            wording::explain(&refusal, Some(table))
        }
        Failure::Other(error) => error,
    }
}

fn explain_delete(failure: Failure, table: &'static Table) -> Error {
    match failure {
        Failure::Refused(refusal) => wording::explain_delete(&refusal, table),
        Failure::Other(error) => error,
    }
}
