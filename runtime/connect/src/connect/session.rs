//! Whether a server is what is asked for: one that takes writes, a standby, and so on.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use tokio_postgres::{Client, SimpleQueryMessage};

use super::attempt::Attempt;
use crate::Error;
use crate::driver::Driver;
use crate::error::chain;
use crate::settings::SessionKind;

const QUESTION: &str = "
SELECT
    pg_catalog.pg_is_in_recovery()::text,
    pg_catalog.current_setting('transaction_read_only')";

/// Refuses a server that is something else.
pub(super) async fn check(
    client: &Client,
    driver: &mut Driver,
    attempt: &Attempt<'_>,
) -> Result<(), Error> {
    if attempt.kind == SessionKind::Any {
        return Ok(());
    }
    let mut asking = pin!(client.simple_query(QUESTION));
    let answer = poll_fn(|context| {
        if let Poll::Ready(Err(error)) = Pin::new(&mut *driver).poll(context) {
            return Poll::Ready(Err(error));
        }
        asking.as_mut().poll(context)
    });
    let answer = answer
        .await
        .map_err(|error| attempt.unreachable(chain(&error)))?;
    let row = answer.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    let is = |column, text| row.and_then(|row| row.get(column)) == Some(text);
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
