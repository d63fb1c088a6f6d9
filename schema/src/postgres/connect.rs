//! From a URL to a connection in a read-only transaction, with errors that a person can act upon.

use std::env;
use std::error::Error as _;
use std::io;
use std::path::Path;
use std::time::Duration;

use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, Connection, NoTls, Socket};

use super::error::chain;
use super::{Error, drive, url};

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
    pub(super) driver: Connection<Socket, tokio_postgres::tls::NoTlsStream>,
    /// The server's major version.
    pub(super) version: u32,
    pub(super) config: Config,
}

/// How long a second connection may take to come: what stands before a server may let it wait for the first to go.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the transaction on a connection sees, for another connection.
pub(super) struct View {
    config: Config,
    snapshot: String,
    /// How many relations there are in the schemas that were asked for, more or less.
    pub(super) relations: i64,
}

impl View {
    /// What the transaction on this connection sees; none where the server does not share that.
    pub(super) async fn of(
        client: &Client,
        config: &Config,
        schemas: &[String],
    ) -> Result<Option<Self>, Error> {
        let parameters: [(&(dyn ToSql + Sync), Type); 1] = [(&schemas, Type::TEXT_ARRAY)];
        match client.query_typed(EXPORT, &parameters).await {
            Ok(rows) => Ok(rows.first().map(|row| Self {
                config: config.clone(),
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
            let mut session = open(self.config).await?;
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

/// Connects to the server that `url` names, with libpq's environment variables for what it leaves out.
pub(super) async fn connect(url: &str) -> Result<Session, Error> {
    open(config(url)?).await
}

/// Connects to another database on the server that `url` names.
pub(super) async fn connect_to(url: &str, database: &str) -> Result<Session, Error> {
    let mut config = config(url)?;
    config.dbname(database);
    open(config).await
}

async fn open(config: Config) -> Result<Session, Error> {
    if config.get_ssl_mode() == SslMode::Require {
        return Err(Error::NoTls);
    }
    let limit = config.get_connect_timeout().copied().unwrap_or(TIMEOUT);
    let (client, driver) = tokio::time::timeout(limit, config.connect(NoTls))
        .await
        .map_err(|_| Error::Timeout {
            server: server(&config),
            seconds: limit.as_secs(),
        })?
        .map_err(|error| refusal(&error, &config))?;
    let text = driver.parameter("server_version").unwrap_or_default();
    let version = major(text);
    if version < OLDEST {
        return Err(Error::TooOld {
            server: server(&config),
            version: text.to_owned(),
        });
    }
    Ok(Session {
        client,
        driver,
        version,
        config,
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

fn config(url: &str) -> Result<Config, Error> {
    let mut config = url::parse(url)?;
    complete(&mut config);
    Ok(config)
}

/// Fills in what the URL leaves out, as libpq does.
fn complete(config: &mut Config) {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        let socket = "/var/run/postgresql";
        let host = variable("PGHOST").unwrap_or_else(|| {
            let host = if Path::new(socket).exists() {
                socket
            } else {
                "localhost"
            };
            host.to_owned()
        });
        config.host(&host);
    }
    if config.get_ports().is_empty()
        && let Some(port) = variable("PGPORT").and_then(|port| port.parse().ok())
    {
        config.port(port);
    }
    if config.get_user().is_none()
        && let Some(user) = variable("PGUSER")
    {
        config.user(user);
    }
    if config.get_password().is_none()
        && let Some(password) = variable("PGPASSWORD")
    {
        config.password(password);
    }
    if config.get_dbname().is_none()
        && let Some(database) = variable("PGDATABASE")
    {
        config.dbname(database);
    }
    if config.get_application_name().is_none() {
        config.application_name("umbel");
    }
}

/// `localhost:5432`, for messages.
fn server(config: &Config) -> String {
    let port = config.get_ports().first().copied().unwrap_or(5432);
    match config.get_hosts().first() {
        Some(Host::Tcp(host)) => format!("{host}:{port}"),
        Some(Host::Unix(path)) => format!("{}/.s.PGSQL.{port}", path.display()),
        None => match config.get_hostaddrs().first() {
            Some(address) => format!("{address}:{port}"),
            None => format!("port {port}"),
        },
    }
}

/// Sorts out why a connection failed.
fn refusal(error: &tokio_postgres::Error, config: &Config) -> Error {
    let server = server(config);
    let role = config
        .get_user()
        .unwrap_or("of the operating system")
        .to_owned();
    let Some(db) = error.as_db_error() else {
        let io = error
            .source()
            .and_then(|cause| cause.downcast_ref::<io::Error>());
        return match io {
            Some(io) => Error::Unreachable {
                server,
                reason: io_reason(io),
            },
            None if chain(error).contains("password missing") => Error::Password { server, role },
            None => Error::Unreachable {
                server,
                reason: chain(error),
            },
        };
    };
    let code = db.code();
    if *code == SqlState::INVALID_PASSWORD {
        Error::Password { server, role }
    } else if *code == SqlState::INVALID_CATALOG_NAME {
        let database = config.get_dbname().or(config.get_user());
        Error::UnknownDatabase {
            server,
            database: database.unwrap_or_default().to_owned(),
        }
    } else {
        Error::Refused {
            server,
            role,
            reason: db.message().to_owned(),
        }
    }
}

/// `connection refused` rather than `Connection refused (os error 111)`.
fn io_reason(error: &io::Error) -> String {
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
