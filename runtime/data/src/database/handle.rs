//! A database: a pool of connections, cheap to clone.

use std::future::Future;
use std::sync::Arc;

use super::transaction::{Session, Transaction};
use super::{
    BoxFuture, Dialect, Executor, Failure, Options, Part, RowStream, Rows, Sink, Statement,
    Storages, drift,
};
use crate::catalog::Table;
use crate::error::{Error, Result};

#[cfg(feature = "postgres")]
use super::postgres;
#[cfg(feature = "sqlite")]
use super::sqlite;

/// A database: a pool of connections, cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    pool: Pool,
    storages: Arc<Storages>,
}

#[derive(Debug, Clone)]
enum Pool {
    #[cfg(feature = "postgres")]
    Postgres(postgres::Pool),
    #[cfg(feature = "sqlite")]
    Sqlite(sqlite::Pool),
}

impl Database {
    /// Opens a database by its URL, `postgres://user:password@host/name` or `sqlite:shop.db`, and checks that it answers.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::connect_with(url, &Options::default()).await
    }

    /// Opens a database by its URL, with limits of your own, and checks that it answers.
    pub async fn connect_with(url: &str, options: &Options) -> Result<Self> {
        let database = Self::open(url, options)?;
        database.ping().await?;
        Ok(database)
    }

    /// Opens a database by its URL; the first statement connects.
    pub fn open(url: &str, options: &Options) -> Result<Self> {
        let over = |pool| Self {
            pool,
            storages: Arc::new(Storages::new(options.lists)),
        };
        #[cfg(feature = "sqlite")]
        if url.starts_with("sqlite:") {
            return sqlite::Pool::open(url, options).map(|pool| over(Pool::Sqlite(pool)));
        }
        #[cfg(feature = "postgres")]
        if url.starts_with("postgres://") || url.starts_with("postgresql://") || url.contains('=') {
            return postgres::Pool::open(url, options).map(|pool| over(Pool::Postgres(pool)));
        }
        let known = [
            (cfg!(feature = "postgres"), "postgres://user@host/name"),
            (cfg!(feature = "sqlite"), "sqlite:shop.db"),
        ];
        let known = known.iter().filter(|(built, _)| *built);
        let known: Vec<&str> = known.map(|(_, example)| *example).collect();
        // What stands before a colon alone may be a password.
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        let is_plain = scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
        let driver = match scheme {
            "" => "no driver for a URL that begins so".to_owned(),
            scheme if is_plain => format!("no driver for `{scheme}:`"),
            _ => "no driver".to_owned(),
        };
        Err(Error::Unavailable(format!(
            "{driver}: the URL of a database looks like {}",
            known.join(" or ")
        )))
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<()> {
        self.run(&[Statement::new("SELECT 1", Vec::new())]).await?;
        Ok(())
    }

    /// How the tables differ from what the application knows of them, a sentence for each difference.
    pub async fn differences(&self, tables: &[&'static Table]) -> Result<Vec<String>> {
        let question = match &self.pool {
            #[cfg(feature = "postgres")]
            Pool::Postgres(_) => postgres::question(tables),
            #[cfg(feature = "sqlite")]
            Pool::Sqlite(_) => sqlite::question(tables),
        };
        drift::differences(self, tables, question).await
    }

    /// Runs several changes as one: all are kept, or none where `work` fails, panics or is dropped.
    pub async fn transaction<T, F>(&self, work: impl FnOnce(Transaction) -> F + Send) -> Result<T>
    where
        F: Future<Output = Result<T>> + Send,
    {
        self.begin().await?.run(work).await
    }

    async fn session(&self) -> Result<Session> {
        Ok(match &self.pool {
            #[cfg(feature = "postgres")]
            Pool::Postgres(pool) => Session::Postgres(pool.begin().await?),
            #[cfg(feature = "sqlite")]
            Pool::Sqlite(pool) => Session::Sqlite(pool.begin().await?),
        })
    }
}

impl Executor for Database {
    fn dialect(&self) -> Dialect {
        match &self.pool {
            #[cfg(feature = "postgres")]
            Pool::Postgres(_) => Dialect::Postgres,
            #[cfg(feature = "sqlite")]
            Pool::Sqlite(_) => Dialect::Sqlite,
        }
    }

    fn begin(&self) -> BoxFuture<'_, Result<Part>> {
        Box::pin(async {
            let session = self.session().await?;
            Ok(Part::whole(Transaction::new(self.clone(), session)))
        })
    }

    fn run<'a>(&'a self, statements: &'a [Statement]) -> BoxFuture<'a, Result<Vec<Rows>, Failure>> {
        match &self.pool {
            #[cfg(feature = "postgres")]
            Pool::Postgres(pool) => Box::pin(pool.run(statements)),
            #[cfg(feature = "sqlite")]
            Pool::Sqlite(pool) => Box::pin(pool.run(statements)),
        }
    }

    fn run_into<'a>(
        &'a self,
        statements: &'a [Statement],
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        match &self.pool {
            #[cfg(feature = "postgres")]
            Pool::Postgres(pool) => {
                Box::pin(async move { super::executor::fill(sink, &pool.run(statements).await?) })
            }
            #[cfg(feature = "sqlite")]
            Pool::Sqlite(pool) => Box::pin(pool.run_into(statements, sink)),
        }
    }

    fn storages(&self) -> Option<&Storages> {
        Some(&self.storages)
    }

    fn stream(&self, statement: Statement) -> BoxFuture<'_, Result<RowStream, Failure>> {
        match &self.pool {
            #[cfg(feature = "postgres")]
            Pool::Postgres(pool) => Box::pin(pool.stream(statement)),
            #[cfg(feature = "sqlite")]
            Pool::Sqlite(pool) => Box::pin(pool.stream(statement)),
        }
    }
}
