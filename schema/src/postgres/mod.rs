//! Reads the schema of a live PostgreSQL database, 12 or newer.
//!
//! One read-only transaction, a constant number of queries whatever the number of tables. Where there are many, a second
//! connection asks half of them, in a transaction that sees the same; where the server refuses it, one does it all.

pub(crate) mod assemble;
pub(crate) mod catalog;
mod connect;
mod error;
mod prerequisites;
mod scratch;
mod sizes;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;

use futures_util::future::{Either, select};
use umbel_connect::Settings;

pub use error::Error;
pub(crate) use scratch::{Refusal, Scratch};
pub use umbel_connect::has_scheme;

use crate::model::{Prerequisites, Schema, Sizes};
use crate::name::PUBLIC;
use catalog::{Catalog, Purpose, Server};
use connect::View;

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The database schemas to read; `public` if empty.
    pub schemas: Vec<String>,
}

/// Reads the database that `url` names.
///
/// What the URL leaves out is taken from libpq's files and variables: `PGHOST`, `PGUSER`, `PGPASSWORD` and so on.
pub async fn read(url: &str, options: &ReadOptions) -> Result<Schema, Error> {
    read_through(connect::connect(url).await?, options).await
}

/// Reads the same, partitions and all, with what it takes to make it anew.
pub async fn read_whole(
    url: &str,
    options: &ReadOptions,
) -> Result<(Schema, Prerequisites), Error> {
    read_whole_through(connect::connect(url).await?, options).await
}

/// Reads the same as for an application, and how large it is; the role needs to read nothing but the catalog.
pub async fn read_sizes(url: &str, options: &ReadOptions) -> Result<(Schema, Sizes), Error> {
    let session = connect::connect(url).await?;
    let server = Server {
        client: &session.client,
        version: session.version,
    };
    let read = async {
        let catalog = read_catalog(&server, &session.settings, options, Purpose::Sizes).await?;
        let rows = sizes::Rows::read(&server, &catalog).await?;
        Ok((catalog, rows))
    };
    let (catalog, rows) = drive(session.driver, read).await?;
    let sizes = rows.sizes(&catalog);
    let origins = assemble::origins(&catalog.view_rules);
    Ok((assemble::schema(catalog, origins), sizes))
}

async fn read_whole_through(
    session: connect::Session,
    options: &ReadOptions,
) -> Result<(Schema, Prerequisites), Error> {
    let server = Server {
        client: &session.client,
        version: session.version,
    };
    let read = async {
        let catalog =
            read_catalog(&server, &session.settings, options, Purpose::Statements).await?;
        let rows = prerequisites::Rows::read(&server, &catalog).await?;
        Ok((catalog, rows))
    };
    let (catalog, rows) = drive(session.driver, read).await?;
    let prerequisites = rows.prerequisites(&catalog);
    let origins = assemble::origins(&catalog.view_rules);
    Ok((assemble::schema(catalog, origins), prerequisites))
}

async fn read_through(session: connect::Session, options: &ReadOptions) -> Result<Schema, Error> {
    let server = Server {
        client: &session.client,
        version: session.version,
    };
    let catalog = read_catalog(&server, &session.settings, options, Purpose::Rows);
    // The connection is driven here and not by a task of its own: dropping this future ends both.
    let catalog = drive(session.driver, catalog).await?;
    let origins = assemble::origins(&catalog.view_rules);
    Ok(assemble::schema(catalog, origins))
}

async fn read_catalog(
    server: &Server<'_>,
    settings: &Arc<Settings>,
    options: &ReadOptions,
    purpose: Purpose,
) -> Result<Catalog, Error> {
    connect::begin(server.client).await?;
    let mut asked = options.schemas.clone();
    if asked.is_empty() {
        asked.push(PUBLIC.to_owned());
    }
    asked.sort();
    asked.dedup();
    let view = View::of(server.client, settings, &asked).await?;
    Catalog::read(server, asked, purpose, view).await
}

/// Runs `work` to its end while `driver` moves bytes for it.
async fn drive<T>(
    driver: impl Future<Output = Result<(), tokio_postgres::Error>>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    match select(pin!(work), pin!(driver)).await {
        Either::Left((result, _)) => result,
        // The connection is gone: the work says how far it came, unless the driver knows better.
        Either::Right((Err(error), _)) => Err(error.into()),
        Either::Right((Ok(()), work)) => work.await,
    }
}
