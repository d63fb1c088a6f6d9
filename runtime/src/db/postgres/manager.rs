//! Opens connections for the pool, and keeps with each the way to its server.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use deadpool::managed::{self, Metrics, RecycleError, RecycleResult};
use deadpool_postgres::{ClientWrapper, StatementCache};
use tokio::time::timeout;
use umbel_connect::{Canceller, Connected, Settings};

use super::error::describe;
use super::outdated;

/// A connection, lent by the pool.
pub(super) type Object = managed::Object<Manager>;

/// Opens connections.
#[derive(Debug)]
pub(super) struct Manager {
    pub(super) settings: Arc<Settings>,
    /// What each connection is told first.
    pub(super) limits: String,
}

/// A connection to PostgreSQL.
#[derive(Debug)]
pub(super) struct Connection {
    client: ClientWrapper,
    canceller: Canceller,
}

/// Why a connection could not be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unopened {
    #[error("{}", .0.sentence())]
    Connect(#[from] umbel_connect::Error),
    #[error("{}", describe(.0))]
    Limits(#[from] tokio_postgres::Error),
    #[error("it took too long to connect")]
    Slow,
}

impl Unopened {
    /// Whether the server has as many connections as it takes.
    pub(super) fn is_crowded(&self) -> bool {
        matches!(self, Self::Connect(error) if error.is_crowded())
    }
}

impl Connection {
    pub(super) fn statements(&self) -> &StatementCache {
        &self.client.statement_cache
    }

    /// Asks the server to stop what runs on the connection.
    pub(super) async fn cancel(&self) -> Result<(), umbel_connect::Error> {
        self.canceller.cancel(&self.client.cancel_token()).await
    }
}

impl managed::Manager for Manager {
    type Type = Connection;
    type Error = Unopened;

    async fn create(&self) -> Result<Connection, Unopened> {
        let Connected {
            client,
            driver,
            canceller,
            ..
        } = umbel_connect::connect(&self.settings).await?;
        let driving = tokio::spawn(async move {
            if let Err(error) = driver.await {
                tracing::warn!("a connection to the database is lost: {}", describe(&error));
            }
        });
        let client = ClientWrapper::new(client, driving);
        let telling = async {
            let (told, ()) =
                tokio::join!(client.batch_execute(&self.limits), outdated::note(&client));
            told
        };
        match self.settings.connect_timeout {
            Some(limit) => timeout(limit, telling)
                .await
                .map_err(|_| Unopened::Slow)??,
            None => telling.await?,
        }
        Ok(Connection { client, canceller })
    }

    /// A closed connection is noticed without asking; what fails later is tried again by the pool.
    async fn recycle(&self, connection: &mut Connection, _: &Metrics) -> RecycleResult<Unopened> {
        match connection.client.is_closed() {
            true => Err(RecycleError::message("the connection is closed")),
            false => Ok(()),
        }
    }
}

impl Deref for Connection {
    type Target = ClientWrapper;

    fn deref(&self) -> &ClientWrapper {
        &self.client
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut ClientWrapper {
        &mut self.client
    }
}
