//! The same database twice: of PostgreSQL and of SQLite.

use rusqlite::Connection;
use umbel::db::{Actor, Database, Db, Executor};
use umbel::model::{Column, Model};

use crate::rooms::Audit;
use crate::server;

/// Runs a test over either database.
pub(crate) async fn each(test: impl AsyncFn(Database)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("houses.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(include_str!("schema.sql"))
        .unwrap();
    let url = format!("sqlite:{}", path.display());
    test(Database::connect(&url).await.unwrap()).await;
    server::with_url(async |url| {
        let sql = include_str!("schema.sql");
        let sql = format!("CREATE SCHEMA main; SET search_path = main; {sql}");
        server::script(&url, &sql).await;
        test(Database::connect(&url).await.unwrap()).await;
    })
    .await;
}

/// The database, for whoever uses the application.
pub(crate) fn owner(database: &Database) -> Db {
    Db::new(database.clone(), Actor::Owner)
}

/// The texts of a column, in order.
pub(crate) async fn texts<M: Model>(
    db: &dyn Executor,
    column: Column<M, String>,
    of: fn(&M) -> &str,
) -> String {
    let rows = M::query().order_by(column.asc()).all(db).await.unwrap();
    rows.iter().map(of).collect::<Vec<_>>().join(" ")
}

/// What hooks have noted, in the order in which they did.
pub(crate) async fn noted(database: &Database) -> Vec<String> {
    let lines = Audit::query().order_by(Audit::AUDIT_ID.asc());
    let lines = lines.all(database).await.unwrap();
    lines.into_iter().map(|audit| audit.line).collect()
}
