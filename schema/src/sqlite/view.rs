//! Views: what they read, and which of their columns are plain columns of a table.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, Result};

use super::catalog::Catalog;
use super::missing::Lent;
use super::{create, name};
use crate::model::{Trigger, View, ViewColumn};

/// Reads a view; an error where SQLite can no longer read it itself.
pub(super) fn view(
    connection: &mut Connection,
    catalog: &Catalog,
    view: &str,
    triggers: &[Trigger],
) -> Result<View> {
    let sql = format!("SELECT * FROM main.\"{}\"", view.replace('"', "\"\""));
    let (columns, sources) = compile_as_shown(connection, &sql)?;
    let instead = |fires: fn(&Trigger) -> bool| triggers.iter().any(fires);
    Ok(View {
        definition: create::view(catalog.text("view", view)),
        insertable: instead(|trigger| trigger.on_insert),
        updatable: instead(|trigger| trigger.on_update),
        deletable: instead(|trigger| trigger.on_delete),
        simple: false,
        sources: catalog
            .tables
            .iter()
            .filter(|table| table.name != view && sources.contains(&table.name))
            .map(|table| name(&table.name))
            .collect(),
        columns,
    })
}

/// Compiles a query that shows columns of a collation that is missing, as long as it does not compare by it.
fn compile_as_shown(connection: &mut Connection, sql: &str) -> Result<Compiled> {
    let mut lent = Lent::default();
    let compiled = loop {
        match compile(connection, sql) {
            Ok(compiled) => break lent.compared(connection, sql).map(|how| (compiled, how)),
            Err(error) => {
                if let Err(error) = lent.answer_order(connection, error) {
                    break Err(error);
                }
            }
        }
    };
    lent.take_back(connection)?;
    match compiled? {
        (_, Some((_, Some(error)))) => Err(error),
        (compiled, _) => Ok(compiled),
    }
}

/// Where each column comes from, and all that is read.
type Compiled = (Vec<Option<ViewColumn>>, BTreeSet<String>);

/// Compiles a query without running it: SQLite tells where each column comes from, and all that would be read.
fn compile(connection: &mut Connection, sql: &str) -> Result<Compiled> {
    let seen: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let noted = Arc::clone(&seen);
    connection.authorizer(Some(move |context: AuthContext<'_>| {
        if let AuthAction::Read { table_name, .. } = context.action {
            let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
            noted.insert(table_name.to_owned());
        }
        Authorization::Allow
    }))?;
    let columns = connection.prepare(sql).map(|statement| {
        let shown = statement.columns_with_metadata().map(|column| {
            Some(ViewColumn {
                relation: name(column.table_name()?),
                column: column.origin_name()?.to_owned(),
            })
        });
        shown.collect()
    });
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok((columns?, seen))
}
