//! From a URL to a connection in a read-only transaction, with errors that a person can act upon.

use std::sync::Arc;
use std::time::Duration;

use tokio_postgres::Client;
use tokio_postgres::types::{ToSql, Type};
use umbel_connect::{Connected, Driver, Settings};

use super::{Error, drive};

const TIMEOUT: Duration = Duration::from_secs(10);
const OLDEST: u32 = 12;

/// The transaction that all queries share: one snapshot, nothing written, and names and literals
/// deparsed the same way whatever the role's or the server's settings say.
const BEGIN: &str = include_str!("begin.sql");

/// What the transaction sees, and how much of it there is.
const EXPORT: &str = include_str!("export.sql");

/// An open connection; nothing arrives unless `driver` is polled.
pub(super) struct Session {
    pub(super) client: Client,
    pub(super) driver: Driver,
    /// The server's major version.
    pub(super) version: u32,
    /// How this very server was reached.
    pub(super) settings: Arc<Settings>,
}

/// How long a second connection may take to come: what stands before a server may let it wait for the first to go.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the transaction on a connection sees, for another connection.
pub(super) struct View {
    settings: Arc<Settings>,
    snapshot: String,
    /// How many relations there are in the schemas that were asked for, more or less.
    pub(super) relations: i64,
}

impl View {
    /// What the transaction on this connection sees; none where the server does not share that.
    pub(super) async fn of(
        client: &Client,
        settings: &Arc<Settings>,
        schemas: &[String],
    ) -> Result<Option<Self>, Error> {
        let parameters: [(&(dyn ToSql + Sync), Type); 1] = [(&schemas, Type::TEXT_ARRAY)];
        match client.query_typed(EXPORT, &parameters).await {
            Ok(rows) => Ok(rows.first().map(|row| Self {
                settings: Arc::clone(settings),
                snapshot: row.get(0),
                relations: row.get(1),
            })),
            Err(_) => {
                // The transaction is lost with it.
                client.batch_execute("ROLLBACK").await?;
                begin(client).await?;
                Ok(None)
            }
        }
    }

    /// Opens a connection that sees the same; none where the server lets nobody else in.
    pub(super) async fn open(self) -> Option<Session> {
        let share = format!("SET TRANSACTION SNAPSHOT '{}'", self.snapshot);
        let open = async {
            let mut session = open(self.settings).await?;
            let share = async {
                begin(&session.client).await?;
                Ok(session.client.batch_execute(&share).await?)
            };
            drive(&mut session.driver, share).await?;
            Ok::<_, Error>(session)
        };
        tokio::time::timeout(PATIENCE, open).await.ok()?.ok()
    }
}

/// Connects to the server that `url` names, with libpq's variables and files for what it leaves out.
pub(super) async fn connect(url: &str) -> Result<Session, Error> {
    open(Arc::new(settings(url)?)).await
}

/// Connects to another database on the server that `url` names.
pub(super) async fn connect_to(url: &str, database: &str) -> Result<Session, Error> {
    let mut settings = settings(url)?;
    settings.database = Some(database.to_owned());
    open(Arc::new(settings)).await
}

fn settings(url: &str) -> Result<Settings, Error> {
    let mut settings = Settings::read(url)?;
    settings.connect_timeout.get_or_insert(TIMEOUT);
    let name = &mut settings.application_name;
    name.get_or_insert_with(|| "umbel".to_owned());
    Ok(settings)
}

async fn open(settings: Arc<Settings>) -> Result<Session, Error> {
    let Connected {
        client,
        driver,
        host,
        ..
    } = umbel_connect::connect(&settings).await?;
    let text = driver.parameter("server_version").unwrap_or_default();
    let version = major(text);
    if version < OLDEST {
        return Err(Error::TooOld {
            server: host.to_string(),
            version: text.to_owned(),
        });
    }
    let mut settings = Arc::unwrap_or_clone(settings);
    settings.hosts = vec![host];
    Ok(Session {
        client,
        driver,
        version,
        settings: Arc::new(settings),
    })
}

/// Opens the transaction.
pub(super) async fn begin(client: &Client) -> Result<(), Error> {
    client.batch_execute(BEGIN).await?;
    Ok(())
}

/// `15.18 (Debian 15.18-0+deb12u1)` → 15, `18beta1` → 18.
fn major(version: &str) -> u32 {
    let end = version
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(version.len());
    version[..end].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions() {
        for (text, number) in [("15.18 (Debian 15.18-0)", 15), ("18beta1", 18), ("", 0)] {
            assert_eq!(major(text), number, "{text}");
        }
    }
}
