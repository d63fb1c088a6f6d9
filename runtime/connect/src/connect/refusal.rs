//! What the driver and the server say → an error of ours, by codes alone: texts are in whatever language the server has.

use std::error::Error as _;
use std::io;

use tokio_postgres::error::{DbError, SqlState};

use super::attempt::{Attempt, Wishes};
use crate::error::{Cure, chain};
use crate::stream::AsksForClearText;
use crate::{Error, tls};

/// Sorts out why nobody was let in.
pub(super) fn explain(
    error: &tokio_postgres::Error,
    attempt: &Attempt<'_>,
    wishes: Wishes,
    ignored: Option<String>,
) -> Error {
    let server = attempt.host.to_string();
    let role = attempt.settings.user.clone();
    if let Some(db) = error.as_db_error() {
        return refused(db, attempt, wishes);
    }
    let cause = error.source();
    if let Some(io) = cause.and_then(|cause| cause.downcast_ref::<io::Error>()) {
        if io
            .get_ref()
            .is_some_and(|inner| inner.is::<AsksForClearText>())
        {
            return Error::ClearPassword { server, role };
        }
        if let Some(error) = tls::explain(io, &server) {
            return error;
        }
        return attempt.unreachable(io_reason(io));
    }
    let text = chain(error);
    if text.contains("password missing") {
        return Error::NoPassword {
            server,
            role,
            ignored,
        };
    }
    if text.contains("channel binding") {
        return Error::ChannelBinding {
            server,
            is_encrypted: wishes.is_encrypted,
        };
    }
    attempt.unreachable(text)
}

fn refused(db: &DbError, attempt: &Attempt<'_>, wishes: Wishes) -> Error {
    let server = attempt.host.to_string();
    let role = attempt.settings.user.clone();
    let code = db.code();
    if *code == SqlState::INVALID_PASSWORD {
        return Error::Password { server, role };
    }
    if *code == SqlState::INVALID_CATALOG_NAME {
        let database = attempt.settings.database.clone().unwrap_or(role);
        return Error::UnknownDatabase { server, database };
    }
    if is_the_servers_own(code.code()) {
        let reason = db.message().to_owned();
        return Error::Failing { server, reason };
    }
    let is_poolers = *code == SqlState::PROTOCOL_VIOLATION && attempt.settings.pooler == Some(true);
    let is_busy = *code == SqlState::CANNOT_CONNECT_NOW || code.code().starts_with("53");
    let cure = match code.code() {
        "28000" if wishes.misses_certificate => Cure::ShowCertificate,
        "28000" if wishes.is_encrypted || wishes.has_no_tls || wishes.is_local => Cure::Rules,
        "28000" => Cure::Encrypt,
        _ if is_poolers => Cure::Pooler,
        _ if is_busy => Cure::Wait,
        _ => Cure::Role,
    };
    Error::Refused {
        server,
        role,
        reason: db.message().to_owned(),
        cure,
    }
}

/// Whether it is a fault of the server's, which no role and no address has to do with: out of disk or memory, a system
/// call that failed, a setting that cannot be read, damage.
fn is_the_servers_own(code: &str) -> bool {
    matches!(code, "53100" | "53200")
        || ["58", "F0", "XX"]
            .iter()
            .any(|class| code.starts_with(class))
}

/// `connection refused` rather than `Connection refused (os error 111)`.
pub(super) fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::NotFound
        | io::ErrorKind::PermissionDenied
        | io::ErrorKind::TimedOut
        | io::ErrorKind::UnexpectedEof => error.kind().to_string(),
        _ => error.to_string(),
    }
}
