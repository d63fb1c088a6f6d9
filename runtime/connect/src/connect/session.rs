//! What a server is: one that takes writes, a standby, and so on; or a pooler in front of one.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use tokio_postgres::{Client, SimpleQueryMessage, SimpleQueryRow};

use super::attempt::Attempt;
use crate::Error;
use crate::driver::Driver;
use crate::error::chain;
use crate::settings::SessionKind;

const KIND: &str = "
SELECT
    pg_catalog.pg_is_in_recovery()::text,
    pg_catalog.current_setting('transaction_read_only')";

const PROCESS: &str = "SELECT pg_catalog.pg_backend_pid()";

/// Refuses a server that is something else.
pub(super) async fn check(
    client: &Client,
    driver: &mut Driver,
    attempt: &Attempt<'_>,
) -> Result<(), Error> {
    if attempt.kind == SessionKind::Any {
        return Ok(());
    }
    let row = ask(client, driver, KIND)
        .await
        .map_err(|error| attempt.unreachable(chain(&error)))?;
    let is = |column, text| row.as_ref().and_then(|row| row.get(column)) == Some(text);
    let (is_standby, is_read_only) = (is(0, "true"), is(1, "on"));
    let reason = match attempt.kind {
        SessionKind::ReadWrite if is_standby => "is a standby",
        SessionKind::ReadWrite if is_read_only => "takes no writes",
        SessionKind::ReadOnly if !is_standby && !is_read_only => "takes writes",
        SessionKind::Primary if is_standby => "is a standby",
        SessionKind::Standby | SessionKind::PreferStandby if !is_standby => "is no standby",
        _ => return Ok(()),
    };
    Err(Error::OtherKind {
        server: attempt.host.to_string(),
        reason,
        wanted: attempt.settings.session.word(),
    })
}

/// Whether another process runs what is asked than the one that let us in, as behind a pooler: the next transaction may
/// be run by yet another one. Who does not say it counts as one, too.
pub(super) async fn is_pooled(client: &Client, driver: &mut Driver, process: Option<i32>) -> bool {
    let row = ask(client, driver, PROCESS).await.ok().flatten();
    let serving = row.as_ref().and_then(|row| row.get(0));
    let serving = serving.and_then(|text| text.parse::<i32>().ok());
    serving.is_none() || serving != process
}

async fn ask(
    client: &Client,
    driver: &mut Driver,
    question: &str,
) -> Result<Option<SimpleQueryRow>, tokio_postgres::Error> {
    let mut asking = pin!(client.simple_query(question));
    let answer = poll_fn(|context| {
        if let Poll::Ready(Err(error)) = Pin::new(&mut *driver).poll(context) {
            return Poll::Ready(Err(error));
        }
        asking.as_mut().poll(context)
    });
    let rows = answer.await?.into_iter();
    let mut rows = rows.filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    Ok(rows.next())
}
