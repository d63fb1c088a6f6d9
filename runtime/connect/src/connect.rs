//! From settings to an open connection: the servers of the list one after the other, with TLS and without.

mod attempt;
mod order;
mod refusal;
mod session;

use std::fmt;
use std::sync::Arc;

use tokio::time::timeout;
use tokio_postgres::{CancelToken, Client};

use crate::Error;
use crate::driver::{self, Driver};
use crate::host::Host;
use crate::line::Line;
use crate::settings::{SessionKind, Settings};
use crate::socket::{self, Address};
use crate::tls::Mode;
use attempt::{Attempt, Failed};

/// An open connection.
pub struct Connected {
    pub client: Client,
    pub driver: Driver,
    pub canceller: Canceller,
    /// The server that was reached.
    pub host: Host,
    /// Whether a pooler answers, or who cannot be told from one: the next transaction may find another session. What the
    /// session should be set to is not set, and prepared statements have no names on the server.
    pub is_pooled: bool,
}

/// The way to a server, to stop what runs there.
#[derive(Clone)]
pub struct Canceller {
    settings: Arc<Settings>,
    host: Host,
    address: Address,
    is_encrypted: bool,
}

/// Connects to the first server of the list that lets us in and is what is asked for.
pub async fn connect(settings: &Arc<Settings>) -> Result<Connected, Error> {
    match settings.session {
        SessionKind::PreferStandby => match connect_to(settings, SessionKind::Standby).await {
            Err(error) if error.may_differ_elsewhere() => {
                connect_to(settings, SessionKind::Any).await
            }
            outcome => outcome,
        },
        kind => connect_to(settings, kind).await,
    }
}

async fn connect_to(settings: &Arc<Settings>, kind: SessionKind) -> Result<Connected, Error> {
    let mut hosts = settings.hosts.clone();
    if settings.is_balanced {
        order::shuffle(&mut hosts);
    }
    let mut errors = Vec::new();
    for host in hosts {
        let mut addresses = match lookup(settings, &host).await {
            Ok(addresses) => addresses,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        if settings.is_balanced {
            order::shuffle(&mut addresses);
        }
        for address in addresses {
            match reach(settings, &host, address, kind).await {
                Ok(connected) => return Ok(connected),
                Err(error) if error.may_differ_elsewhere() => errors.push(error),
                Err(error) => return Err(error),
            }
        }
    }
    Err(match errors.len() {
        1 => errors.remove(0),
        _ => {
            // The addresses of one name often fail alike.
            errors.dedup_by(|a, b| a.to_string() == b.to_string());
            Error::Several(errors)
        }
    })
}

async fn lookup(settings: &Settings, host: &Host) -> Result<Vec<Address>, Error> {
    let addresses = within(settings, host, socket::addresses(host)).await?;
    let reason = match addresses {
        Ok(addresses) if addresses.is_empty() => "its name has no address".to_owned(),
        Ok(addresses) => return Ok(addresses),
        Err(error) => refusal::io_reason(&error),
    };
    Err(Error::Unreachable {
        server: host.to_string(),
        reason,
    })
}

/// Connects to one address: with TLS, without, or one after the other, as the mode says.
async fn reach(
    settings: &Arc<Settings>,
    host: &Host,
    address: Address,
    kind: SessionKind,
) -> Result<Connected, Error> {
    let mode = match address {
        Address::Socket(_) => Mode::Disable,
        Address::Tcp(_) => settings.tls.mode,
    };
    let attempt = Attempt {
        settings,
        host,
        address: &address,
        kind,
    };
    let plain = || within_attempt(settings, host, attempt.sign_in(None));
    let encrypted = || within_attempt(settings, host, attempt.sign_in(Some(mode)));
    let outcome = match mode {
        Mode::Disable => plain().await,
        Mode::Allow => match plain().await {
            Err(plain) if plain.error.may_differ_the_other_way() => {
                encrypted().await.map_err(|tls| match tls.error {
                    Error::NoTls { .. } => plain,
                    tls => Failed::both(tls, plain.error),
                })
            }
            outcome => outcome,
        },
        Mode::Prefer => match encrypted().await {
            Err(tls) if tls.is_encrypted && tls.error.may_differ_the_other_way() => plain()
                .await
                .map_err(|plain| Failed::both(tls.error, plain.error)),
            outcome => outcome,
        },
        Mode::Require | Mode::VerifyCa | Mode::VerifyFull => encrypted().await,
    };
    let signed_in = outcome.map_err(|failed| failed.error)?;
    Ok(Connected {
        client: signed_in.client,
        driver: signed_in.driver,
        canceller: Canceller {
            settings: Arc::clone(settings),
            host: host.clone(),
            address,
            is_encrypted: signed_in.is_encrypted,
        },
        host: host.clone(),
        is_pooled: signed_in.is_pooled,
    })
}

async fn within_attempt<T>(
    settings: &Settings,
    host: &Host,
    attempt: impl Future<Output = Result<T, Failed>>,
) -> Result<T, Failed> {
    match within(settings, host, attempt).await {
        Ok(outcome) => outcome,
        Err(error) => Err(Failed::plainly(error)),
    }
}

/// Waits as long as a server may take.
async fn within<T>(
    settings: &Settings,
    host: &Host,
    work: impl Future<Output = T>,
) -> Result<T, Error> {
    let Some(limit) = settings.connect_timeout else {
        return Ok(work.await);
    };
    timeout(limit, work).await.map_err(|_| Error::Timeout {
        server: host.to_string(),
        seconds: limit.as_secs(),
    })
}

impl Canceller {
    /// Asks the server to stop what runs on a connection, over TLS where that runs over it.
    pub async fn cancel(&self, token: &CancelToken) -> Result<(), Error> {
        let attempt = Attempt {
            settings: &self.settings,
            host: &self.host,
            address: &self.address,
            kind: SessionKind::Any,
        };
        let mode = self.is_encrypted.then_some(Mode::Require);
        let stream = attempt.stream(mode).await;
        let stream = stream.map_err(|failed| failed.error)?;
        let unreachable = |reason| Error::Unreachable {
            server: self.host.to_string(),
            reason,
        };
        driver::cancel(token, Line::for_cancelling(stream.stream))
            .await
            .map_err(|error| unreachable(crate::error::chain(&error)))
    }

    /// Whether the connection is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }
}

impl fmt::Debug for Canceller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Canceller({})", self.host)
    }
}

impl fmt::Debug for Connected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Connected({})", self.host)
    }
}

#[cfg(not(unix))]
fn no_sockets() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::Unsupported)
}
