//! `clearsessions`: deletes what has expired.

use umbel_accounts::store::{Attempts, Session, State};
use umbel_data::values::Timestamp;

use super::database::open_accounts;
use super::failure::Failure;
use super::{Command, counted, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "clearsessions",
    about: "Deletes sessions, half-done log-ins and counted attempts that have expired",
    arguments: |command| command,
    run: |_, _| Box::pin(clear_sessions()),
};

async fn clear_sessions() -> Result<(), Failure> {
    let db = open_accounts().await?;
    let now = Timestamp::now();
    let sessions = Session::clear_expired(&db, now).await?;
    let states = State::clear_expired(&db, now).await?;
    let attempts = Attempts::clear_ended(&db, now).await?;
    say_to_stdout(&format!(
        "Deleted {}, {} and {}\n",
        counted(sessions, "session"),
        counted(states, "state"),
        counted(attempts, "attempt"),
    ))
}

#[cfg(test)]
mod tests {
    use crate::command::tests::matches;

    #[test]
    fn arguments() {
        assert!(matches("clearsessions").is_ok());
        assert!(matches("clearsessions all").unwrap_err().contains("all"));
    }
}
