//! A temporary database, in which files are loaded to be read, and which is dropped whatever happens.

use std::future::Future;
use std::pin::pin;
use std::process;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::future::{Either, select};
use tokio_postgres::Client;
use tokio_postgres::error::{ErrorPosition, SqlState};

use super::connect::{self, Session};
use super::{Error, ReadOptions, drive};
use crate::model::{Prerequisites, Schema};

/// Before 13 a database that somebody is connected to cannot be dropped at once.
const DROPS_WITH_FORCE: u32 = 13;

/// The databases that runs of this role left behind.
const LEFTOVERS: &str = include_str!("leftovers.sql");

/// What is to be loaded, and where.
pub(crate) struct Scratch<'a> {
    /// The server, by the URL of any database on it.
    pub(crate) url: &'a str,
    pub(crate) statements: Vec<&'a str>,
    pub(crate) options: &'a ReadOptions,
}

/// A statement that the server refuses.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// Which of the statements.
    pub(crate) statement: usize,
    /// The character at which the server sees the mistake, if it says one.
    pub(crate) character: Option<usize>,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

/// What came of it: nothing where the work was interrupted.
pub(crate) type Loaded<T> = Option<(Result<T, Error>, Vec<Refusal>)>;

impl Scratch<'_> {
    /// Loads the statements and reads what they make, until `interrupted`.
    pub(crate) async fn read(
        &self,
        interrupted: impl Future<Output = ()>,
    ) -> Result<Loaded<Schema>, Error> {
        let read = async |session| super::read_through(session, self.options).await;
        self.read_with(read, interrupted).await
    }

    /// The same, with what it takes to make it anew.
    pub(crate) async fn read_whole(
        &self,
        interrupted: impl Future<Output = ()>,
    ) -> Result<Loaded<(Schema, Prerequisites)>, Error> {
        let read = async |session| super::read_whole_through(session, self.options).await;
        self.read_with(read, interrupted).await
    }

    async fn read_with<T>(
        &self,
        read: impl AsyncFnOnce(Session) -> Result<T, Error>,
        interrupted: impl Future<Output = ()>,
    ) -> Result<Loaded<T>, Error> {
        let Session {
            client,
            driver,
            version,
            ..
        } = connect::connect(self.url).await?;
        let work = self.read_beside(&client, version, read, interrupted);
        drive(driver, work).await
    }

    async fn read_beside<T>(
        &self,
        admin: &Client,
        version: u32,
        read: impl AsyncFnOnce(Session) -> Result<T, Error>,
        interrupted: impl Future<Output = ()>,
    ) -> Result<Loaded<T>, Error> {
        // Asked once before there is anything to drop: from now on an interruption waits until it is heard.
        let mut interrupted = pin!(interrupted);
        if futures_util::poll!(interrupted.as_mut()).is_ready() {
            return Ok(None);
        }
        let name = name();
        claim(admin, &name).await?;
        drop_leftovers(admin, version).await?;
        let create = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
        admin.batch_execute(&create).await?;
        let loaded = match select(pin!(self.load_and_read(&name, read)), interrupted).await {
            Either::Left((loaded, _)) => Some(loaded),
            Either::Right(((), _)) => None,
        };
        let dropped = drop_database(admin, &name, version).await;
        let loaded = loaded.transpose()?;
        dropped?;
        Ok(loaded)
    }

    async fn load_and_read<T>(
        &self,
        name: &str,
        read: impl AsyncFnOnce(Session) -> Result<T, Error>,
    ) -> Result<(Result<T, Error>, Vec<Refusal>), Error> {
        let session = connect::connect_to(self.url, name).await?;
        let load = async { Ok(self.load(&session.client).await) };
        let refusals = drive(session.driver, load).await?;
        let session = connect::connect_to(self.url, name).await?;
        Ok((read(session).await, refusals))
    }

    async fn load(&self, client: &Client) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        for (statement, text) in self.statements.iter().enumerate() {
            let Err(error) = client.batch_execute(text).await else {
                continue;
            };
            // What follows a refusal in the same transaction is refused because of it.
            if error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION) {
                continue;
            }
            let answer = error.as_db_error();
            refusals.push(Refusal {
                statement,
                character: answer.and_then(|answer| match answer.position() {
                    Some(ErrorPosition::Original(position)) => usize::try_from(*position).ok(),
                    _ => None,
                }),
                message: answer
                    .map_or_else(|| error.to_string(), |answer| answer.message().to_owned()),
                hint: answer.and_then(|answer| answer.hint().map(ToOwned::to_owned)),
            });
            if client.is_closed() {
                break;
            }
        }
        refusals
    }
}

/// Says on the connection that lasts as long as the run which database is its own.
async fn claim(admin: &Client, name: &str) -> Result<(), Error> {
    let claim = format!("SET application_name = '{name}'");
    Ok(admin.batch_execute(&claim).await?)
}

/// Drops what runs left that were killed: databases that no connection claims, and that nobody is in.
async fn drop_leftovers(admin: &Client, version: u32) -> Result<(), Error> {
    let rows = admin.query_typed(LEFTOVERS, &[]).await?;
    for row in rows {
        // Another run may be faster, or someone may have looked into it: it can wait for the next one.
        drop(drop_database(admin, row.get(0), version).await);
    }
    Ok(())
}

async fn drop_database(admin: &Client, name: &str, version: u32) -> Result<(), Error> {
    if version < DROPS_WITH_FORCE {
        let end = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        admin.batch_execute(&end).await?;
        let drop = format!("DROP DATABASE IF EXISTS {name}");
        return Ok(admin.batch_execute(&drop).await?);
    }
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    Ok(admin.batch_execute(&drop).await?)
}

/// A name that says what it is, and that nobody else has.
fn name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |now| now.as_micros());
    format!("umbel_scratch_{}_{now}", process::id())
}
