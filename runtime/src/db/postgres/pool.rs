//! A pool of connections to PostgreSQL.

use std::sync::Arc;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, PoolError, RecyclingMethod, Runtime,
};
use futures_util::TryFutureExt;
use tokio_postgres::NoTls;
use tokio_postgres::config::{ChannelBinding, Config, Host, SslMode};

use super::begun::Begun;
use super::error::{Fault, describe};
use super::session::Session;
use super::{limits, outdated};
use crate::db::{Failure, Options, RowStream, Rows, Statement};
use crate::error::{Error, Result};

/// About how many prepared statements a connection keeps.
const STATEMENTS: usize = 256;

/// A pool of connections to PostgreSQL.
#[derive(Debug, Clone)]
pub(crate) struct Pool(deadpool_postgres::Pool);

impl Pool {
    /// Reads the URL; connects later.
    pub(crate) fn open(url: &str, options: &Options) -> Result<Self> {
        let config = configure(url, options)?;
        let limits: Arc<str> = limits::statement(options).into();
        let recycling = ManagerConfig {
            // A closed connection is noticed without asking; what fails later is tried again by `run`.
            recycling_method: RecyclingMethod::Fast,
        };
        let pool = deadpool_postgres::Pool::builder(Manager::from_config(config, NoTls, recycling))
            .max_size(options.max_connections.max(1))
            .wait_timeout(Some(options.wait))
            .create_timeout(Some(options.connect_timeout))
            .runtime(Runtime::Tokio1)
            .post_create(Hook::async_fn(move |client, _| {
                let limits = Arc::clone(&limits);
                let client = &*client;
                let set = async move {
                    let (set, ()) =
                        tokio::join!(client.batch_execute(&limits), outdated::note(client));
                    set
                };
                Box::pin(set.map_err(HookError::Backend))
            }))
            .post_recycle(Hook::sync_fn(|client, metrics| {
                // Dynamic SQL has no end of texts; what is in use is prepared again.
                if metrics.recycle_count % 64 == 0 && client.statement_cache.size() > STATEMENTS {
                    client.statement_cache.clear();
                }
                Ok(())
            }))
            .build();
        pool.map(Self)
            .map_err(|error| Error::Unavailable(error.to_string()))
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
            let fault = match session.try_run(statements).await {
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
                fault => return Err(fault.into()),
            }
        }
    }

    /// Closes a connection that is outdated, and with it those that nobody uses.
    pub(super) fn renew(&self, session: Session) {
        session.discard();
        self.0.retain(|_, _| false);
    }

    /// Runs a statement whose rows are handed on as they arrive.
    pub(crate) async fn stream(&self, statement: Statement) -> Result<RowStream, Failure> {
        Arc::new(self.session().await?).stream(statement).await
    }

    async fn session(&self) -> Result<Session, Failure> {
        match self.0.get().await {
            Ok(client) => Ok(Session::new(client)),
            Err(error) => Err(Error::Unavailable(self.explain(&error)).into()),
        }
    }

    fn explain(&self, error: &PoolError) -> String {
        match error {
            PoolError::Timeout(deadpool_postgres::TimeoutType::Wait) => {
                format!("all {} connections are busy", self.0.status().max_size)
            }
            PoolError::Timeout(_) => "it took too long to connect".to_owned(),
            PoolError::Backend(error) => describe(error),
            other => other.to_string(),
        }
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
fn configure(url: &str, options: &Options) -> Result<Config> {
    let mut config: Config = url
        .parse()
        .map_err(|error| Error::Unavailable(unread(&error)))?;
    let is_split = |host: &Host| matches!(host, Host::Tcp(name) if name.contains('@'));
    if config.get_hosts().iter().any(is_split) {
        return Err(Error::Unavailable(
            "the URL of the database has more than one `@`: one in the password is written as `%40`"
                .to_owned(),
        ));
    }
    if config.get_ssl_mode() == SslMode::Require
        || config.get_channel_binding() == ChannelBinding::Require
    {
        return Err(Error::Unavailable(
            "the URL of the database asks for TLS (`sslmode=require`), which this build does not have; \
             use `sslmode=prefer` on a trusted network"
                .to_owned(),
        ));
    }
    if config.get_application_name().is_none() {
        config.application_name(&options.application_name);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(options.connect_timeout);
    }
    // The forms in which values that are read as text are written, whatever the server's own defaults are.
    let mut settings =
        "-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=postgres -c bytea_output=hex \
         -c extra_float_digits=1 -c client_min_messages=warning"
            .to_owned();
    if let Some(own) = config.get_options() {
        settings.push(' ');
        settings.push_str(own);
    }
    config.options(settings);
    Ok(config)
}

/// Why the URL cannot be read. What the driver quotes of it may be a piece of the password, and stays out.
fn unread(error: &tokio_postgres::Error) -> String {
    let described = describe(error);
    let reason = described.split('`').next().unwrap_or_default();
    format!(
        "the URL of the database cannot be read: {}; it looks like postgres://user:password@host:5432/name, with \
         `%40`, `%2F`, `%3A`, `%3F` and `%23` for an `@`, `/`, `:`, `?` or `#` of the password",
        reason.trim_end()
    )
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
            "postgres://me:a@host/shop?hunter2=1",
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
