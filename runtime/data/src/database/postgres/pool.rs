//! A pool of connections to PostgreSQL.

use std::sync::{Arc, Once};
use std::time::Instant;

use deadpool::Runtime;
use deadpool::managed::{self, Hook, PoolError, TimeoutType};
use umbel_connect::{PoolSettings, Settings};

use super::begun::Begun;
use super::error::Fault;
use super::idle::Keeping;
use super::manager::{Connection, Manager, Unopened};
use super::session::{BREATH, Session};
use crate::database::{Failure, Options, RowStream, Rows, Statement};
use crate::error::{Error, Result};

/// About how many prepared statements a connection keeps.
const STATEMENTS: usize = 128;

/// What is said where a connection broke while something was being saved on it.
pub(super) const UNKNOWN: &str = "the connection to the database was lost while this was being saved, and whether it was is not known: \
     look for it before you send it again";

/// A pool of connections to PostgreSQL.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    connections: managed::Pool<Manager>,
    keeping: Keeping,
    /// Begun with the first connection, where there is something that can wait.
    watching: Arc<Once>,
}

impl Pool {
    /// Reads the URL; connects later.
    pub(crate) fn open(url: &str, options: &Options) -> Result<Self> {
        let settings = configure(url, options)?;
        let options = overridden(options, &settings);
        let manager = Manager::new(settings, &options);
        // How long opening may take is said by the manager, for each of several servers.
        let pool = managed::Pool::builder(manager)
            .max_size(options.max_connections.max(1))
            .wait_timeout(Some(options.wait))
            .runtime(Runtime::Tokio1)
            .post_recycle(Hook::sync_fn(|client: &mut Connection, metrics| {
                // Dynamic SQL has no end of texts; what is in use is prepared again.
                let statements = client.statements();
                if metrics.recycle_count % 64 == 0 && statements.size() > STATEMENTS {
                    statements.clear();
                }
                Ok(())
            }))
            .build();
        let pool = pool.map_err(|error| Error::Unavailable(error.to_string()))?;
        Ok(Self {
            connections: pool,
            keeping: Keeping::new(&options),
            watching: Arc::new(Once::new()),
        })
    }

    /// Begins a transaction on a connection of its own.
    pub(crate) async fn begin(&self) -> Result<Begun, Failure> {
        Ok(Begun::new(self.clone(), self.begun().await?))
    }

    /// A connection on which a transaction was begun.
    pub(super) async fn begun(&self) -> Result<Session, Failure> {
        loop {
            let session = self.session().await?;
            match session.begin().await {
                Ok(()) => return Ok(session),
                Err(Fault::Closed(_)) if !session.is_fresh() => session.discard(),
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// Runs statements on one connection; again where a connection was dead or outdated, and that does no harm.
    pub(crate) async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, Failure> {
        let reads = statements.iter().all(Statement::reads);
        // After a restart of the server every idle connection is dead: each is thrown away, until one is new.
        loop {
            let session = self.session().await?;
            let outcome = match reads || !session.is_pooled() {
                true => session.try_run(statements).await,
                false => Box::pin(session.run_as_one(statements)).await,
            };
            let fault = match outcome {
                Ok(rows) => return Ok(rows),
                Err(fault) => fault,
            };
            match fault {
                Fault::Closed(_) if reads && !session.is_fresh() => session.discard(),
                Fault::StalePlan(_) | Fault::Within(_)
                    if is_undone(statements) && session.is_outdated().await =>
                {
                    self.renew(session);
                }
                Fault::Closed(_) if !reads => {
                    return Err(Error::Conflict(UNKNOWN.to_owned()).into());
                }
                fault => return Err(fault.into()),
            }
        }
    }

    /// Closes a connection that is outdated, and with it those that nobody uses.
    pub(super) fn renew(&self, session: Session) {
        session.discard();
        self.connections.retain(|_, _| false);
    }

    /// Runs a statement whose rows are handed on as they arrive.
    pub(crate) async fn stream(&self, statement: Statement) -> Result<RowStream, Failure> {
        Arc::new(self.session().await?).stream(statement).await
    }

    async fn session(&self) -> Result<Session, Failure> {
        self.watching.call_once(|| {
            tokio::spawn(self.keeping.watch(self.connections.weak()));
        });
        let wait = self.connections.timeouts().wait.unwrap_or_default();
        let end = Instant::now() + wait;
        loop {
            match self.connections.get().await {
                Ok(client) => return Ok(Session::new(client)),
                // Where the server takes no more connections, one of those that there are gets free.
                Err(PoolError::Backend(error))
                    if error.is_crowded()
                        && self.connections.status().size > 0
                        && Instant::now() < end =>
                {
                    tokio::time::sleep(BREATH).await;
                }
                Err(error) => return Err(Error::Unavailable(self.explain(&error)).into()),
            }
        }
    }

    fn explain(&self, error: &PoolError<Unopened>) -> String {
        match error {
            PoolError::Timeout(TimeoutType::Wait) => {
                format!(
                    "all {} connections are busy",
                    self.connections.status().max_size
                )
            }
            PoolError::Backend(error) => error.to_string(),
            other => other.to_string(),
        }
    }
}

/// The options, and what the URL says of them, which counts more.
fn overridden(options: &Options, settings: &Settings) -> Options {
    let PoolSettings {
        size,
        wait,
        idle,
        lifetime,
    } = settings.pool;
    Options {
        max_connections: size.unwrap_or(options.max_connections),
        wait: wait.unwrap_or(options.wait),
        idle_timeout: idle.unwrap_or(options.idle_timeout),
        lifetime: lifetime.unwrap_or(options.lifetime),
        ..options.clone()
    }
}

/// Whether statements of which one failed have left nothing behind: none but the last one writes, and where a reading
/// one fails within a function, the writing one, which reads the same rows, fails too.
fn is_undone(statements: &[Statement]) -> bool {
    let before = statements
        .split_last()
        .map_or(&[][..], |(_, before)| before);
    before.iter().all(Statement::reads)
}

/// Reads the URL and adds what every session of ours needs; what the URL itself sets comes last and wins.
fn configure(url: &str, options: &Options) -> Result<Settings> {
    let settings = Settings::read(url);
    let mut settings = settings.map_err(|error| Error::Unavailable(error.sentence()))?;
    let name = &mut settings.application_name;
    name.get_or_insert_with(|| options.application_name.clone());
    let limit = &mut settings.connect_timeout;
    limit.get_or_insert(options.connect_timeout);
    // The forms in which values that are read as text are written, whatever the server's own defaults are.
    let mut own =
        "-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=postgres -c bytea_output=hex \
         -c extra_float_digits=1 -c client_min_messages=warning"
            .to_owned();
    if let Some(said) = &settings.options {
        own.push(' ');
        own.push_str(said);
    }
    settings.options = Some(own);
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_error_repeats_a_piece_of_the_password() {
        for url in [
            "postgres://me:hunter2/shop",
            "postgres://me:hunter@2hunter@host/shop",
            "postgres://me:a@host:hunter2/shop",
            "host=a password=hunt hunter2=5",
            "hunter2 host=a",
        ] {
            match configure(url, &Options::default()) {
                Ok(config) => panic!("{url}: {config:?}"),
                Err(error) => assert!(!error.to_string().contains("hunter"), "{url}: {error}"),
            }
        }
    }
}
