//! Connections on which functions of the database remember a schema that is no more: what PL/pgSQL has compiled, types
//! of variables and of records among it, stays as it is until the connection ends.

use deadpool_postgres::ClientWrapper;
use tokio_postgres::SimpleQueryMessage;

use super::manager::Object;

/// Notes on a connection when it began, by the oldest transaction that runs.
const NOTE: &str =
    "SELECT set_config('umbel.since', pg_snapshot_xmin(pg_current_snapshot())::xid::text, false)";

/// Whether anybody has made or changed a column, a type, a label or a function since then: each such row of the catalog
/// says which transaction wrote it.
const CHANGED: &str = "
    SELECT EXISTS (
        SELECT FROM (
            SELECT xmin FROM pg_catalog.pg_attribute
            UNION ALL SELECT xmin FROM pg_catalog.pg_type
            UNION ALL SELECT xmin FROM pg_catalog.pg_enum
            UNION ALL SELECT xmin FROM pg_catalog.pg_proc
        ) AS written
        WHERE age(xmin) <= age(current_setting('umbel.since')::xid)
    )";

/// Notes on a new connection when it began.
pub(super) async fn note(client: &ClientWrapper) {
    // A server that does not know it is one of another make: its connections count as up to date.
    let _ = client.batch_execute(NOTE).await;
}

/// Whether the schema is another one than when the connection began.
pub(super) async fn is(client: &Object) -> bool {
    let Ok(answer) = client.simple_query(CHANGED).await else {
        return false;
    };
    answer
        .iter()
        .any(|message| matches!(message, SimpleQueryMessage::Row(row) if row.get(0) == Some("t")))
}
