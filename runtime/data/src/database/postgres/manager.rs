//! Opens connections for the pool, and keeps with each the way to its server.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

use deadpool::managed::{self, Metrics, RecycleError, RecycleResult};
use deadpool_postgres::{ClientWrapper, StatementCache};
use tokio::time::timeout;
use umbel_connect::{Canceller, Connected, Settings};

use super::error::describe;
use super::idle::Keeping;
use super::{limits, outdated, pooled};
use crate::database::Options;

/// A connection, lent by the pool.
pub(super) type Object = managed::Object<Manager>;

/// Opens connections.
#[derive(Debug)]
pub(super) struct Manager {
    settings: Arc<Settings>,
    /// The same, once a pooler was found.
    pooled: OnceLock<Arc<Settings>>,
    options: Options,
    keeping: Keeping,
}

/// A connection to PostgreSQL.
#[derive(Debug)]
pub(super) struct Connection {
    client: ClientWrapper,
    canceller: Canceller,
    /// What begins a transaction.
    begin: String,
    is_pooled: bool,
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

    /// What begins a transaction.
    pub(super) fn begin(&self) -> &str {
        &self.begin
    }

    /// Whether each transaction may find another session.
    pub(super) fn is_pooled(&self) -> bool {
        self.is_pooled
    }

    /// Asks the server to stop what runs on the connection.
    pub(super) async fn cancel(&self) -> Result<(), umbel_connect::Error> {
        self.canceller.cancel(&self.client.cancel_token()).await
    }
}

impl Manager {
    pub(super) fn new(settings: Settings, options: &Options) -> Self {
        Self {
            settings: Arc::new(settings),
            pooled: OnceLock::new(),
            options: options.clone(),
            keeping: Keeping::new(options),
        }
    }

    /// Prepares a connection for what it is to do, and says what begins a transaction on it.
    async fn prepare(&self, client: &ClientWrapper, is_pooled: bool) -> Result<String, Unopened> {
        if is_pooled {
            self.pooled.get_or_init(|| {
                tracing::info!(
                    "a pooler is in front of the database: each statement runs in a transaction of its own, with its settings"
                );
                let mut settings = Settings::clone(&self.settings);
                settings.pooler = Some(true);
                Arc::new(settings)
            });
            return pooled::begin(client, &self.settings, &self.options).await;
        }
        let limits = limits::statement(&self.options, "false").unwrap_or_default();
        let (told, ()) = tokio::join!(client.batch_execute(&limits), outdated::note(client));
        told?;
        Ok("BEGIN".to_owned())
    }
}

impl managed::Manager for Manager {
    type Type = Connection;
    type Error = Unopened;

    async fn create(&self) -> Result<Connection, Unopened> {
        let settings = self.pooled.get().unwrap_or(&self.settings);
        // It takes tens of kilobytes, which would be moved with all that asks for a connection, and most find one open.
        let connecting = Box::pin(umbel_connect::connect(settings));
        let Connected {
            client,
            driver,
            canceller,
            is_pooled,
            ..
        } = connecting.await?;
        let driving = tokio::spawn(async move {
            if let Err(error) = driver.await {
                tracing::warn!("a connection to the database is lost: {}", describe(&error));
            }
        });
        let client = ClientWrapper::new(client, driving);
        let preparing = self.prepare(&client, is_pooled);
        let begin = match self.settings.connect_timeout {
            Some(limit) => timeout(limit, preparing)
                .await
                .map_err(|_| Unopened::Slow)??,
            None => preparing.await?,
        };
        Ok(Connection {
            client,
            canceller,
            begin,
            is_pooled,
        })
    }

    /// A closed connection is noticed without asking; what fails later is tried again by the pool.
    async fn recycle(
        &self,
        connection: &mut Connection,
        metrics: &Metrics,
    ) -> RecycleResult<Unopened> {
        match connection.client.is_closed() {
            true => Err(RecycleError::message("the connection is closed")),
            false if !self.keeping.keeps(metrics) => Err(RecycleError::message("it is old")),
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
