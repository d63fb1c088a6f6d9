//! One try at one address of a server.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config};

use super::{refusal, session};
use crate::Error;
use crate::driver::{self, Driver};
use crate::host::Host;
use crate::line::Line;
use crate::passfile::{self, Found};
use crate::settings::{SessionKind, Settings};
use crate::socket::{self, Address};
use crate::stream::{Stream, Watched};
use crate::tls::{Connector, Mode};

/// The question whether a server takes TLS.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// One try at one address of a server.
pub(super) struct Attempt<'a> {
    pub(super) settings: &'a Settings,
    pub(super) host: &'a Host,
    pub(super) address: &'a Address,
    pub(super) kind: SessionKind,
}

/// A connection that stands, before anybody signs in.
pub(super) struct Standing {
    pub(super) stream: Stream,
    /// What is known of the server's wishes.
    pub(super) wishes: Wishes,
}

/// What is known of a server's wishes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wishes {
    pub(super) is_encrypted: bool,
    /// It was asked for TLS and has none.
    pub(super) has_no_tls: bool,
    /// It asked for a certificate, and there was none to show.
    pub(super) misses_certificate: bool,
    pub(super) is_local: bool,
}

/// A connection on which we are signed in.
pub(super) struct SignedIn {
    pub(super) client: Client,
    pub(super) driver: Driver,
    pub(super) is_encrypted: bool,
    pub(super) is_pooled: bool,
}

/// Why a try came to nothing, and whether it went over TLS.
pub(super) struct Failed {
    pub(super) error: Error,
    pub(super) is_encrypted: bool,
    /// Who answers there may be a pooler, which takes no options.
    may_refuse_options: bool,
}

impl Failed {
    pub(super) fn plainly(error: Error) -> Self {
        Self::over(false, error)
    }

    fn over(is_encrypted: bool, error: Error) -> Self {
        Self {
            error,
            is_encrypted,
            may_refuse_options: false,
        }
    }

    pub(super) fn both(tls: Error, plain: Error) -> Self {
        let (tls, plain) = (Box::new(tls), Box::new(plain));
        Self::plainly(Error::NeitherWay { tls, plain })
    }
}

impl Attempt<'_> {
    /// Signs in, over TLS as a mode asks for it or without any. What a pooler may refuse is left out the second time.
    pub(super) async fn sign_in(&self, mode: Option<Mode>) -> Result<SignedIn, Failed> {
        let pooler = self.settings.pooler;
        match self.introduce(self.stream(mode).await?, pooler).await {
            Err(failed) if failed.may_refuse_options => {
                self.introduce(self.stream(mode).await?, Some(true)).await
            }
            outcome => outcome,
        }
    }

    /// A stream over TLS as a mode asks for it, or without any.
    pub(super) async fn stream(&self, mode: Option<Mode>) -> Result<Standing, Failed> {
        match mode {
            Some(mode) => self.encrypted_stream(mode).await,
            None => self.plain_stream().await,
        }
    }

    async fn plain_stream(&self) -> Result<Standing, Failed> {
        let mut wishes = Wishes::default();
        let stream = match self.address {
            Address::Tcp(address) => {
                let stream = socket::open(*address, &self.settings.keepalives).await;
                stream.map(|stream| Stream::Plain(Watched::new(stream)))
            }
            #[cfg(unix)]
            Address::Socket(path) => {
                wishes.is_local = true;
                UnixStream::connect(path).await.map(Stream::Local)
            }
            #[cfg(not(unix))]
            Address::Socket(_) => Err(super::no_sockets()),
        };
        match stream {
            Ok(stream) => Ok(Standing { stream, wishes }),
            Err(error) => Err(Failed::plainly(
                self.unreachable(refusal::io_reason(&error)),
            )),
        }
    }

    /// A stream over TLS; a plain one where the server has no TLS and the mode takes that.
    async fn encrypted_stream(&self, mode: Mode) -> Result<Standing, Failed> {
        let Address::Tcp(address) = self.address else {
            return self.plain_stream().await;
        };
        let connector = Connector::new(&self.settings.tls, self.host).map_err(Failed::plainly)?;
        let socket = socket::open(*address, &self.settings.keepalives).await;
        let mut socket = socket
            .map_err(|error| Failed::plainly(self.unreachable(refusal::io_reason(&error))))?;
        if !self.settings.tls.is_direct && !self.takes_tls(&mut socket).await? {
            return match mode {
                Mode::Prefer => Ok(Standing {
                    stream: Stream::Plain(Watched::new(socket)),
                    wishes: Wishes {
                        has_no_tls: true,
                        ..Wishes::default()
                    },
                }),
                mode => Err(Failed::plainly(Error::NoTls {
                    server: self.host.to_string(),
                    mode: mode.word(),
                })),
            };
        }
        let encrypted = connector
            .handshake(socket)
            .await
            .map_err(|error| Failed::over(true, error))?;
        Ok(Standing {
            wishes: Wishes {
                is_encrypted: true,
                misses_certificate: encrypted.misses_certificate(),
                ..Wishes::default()
            },
            stream: Stream::Encrypted(Box::new(encrypted)),
        })
    }

    /// Asks whether the server takes TLS. Its answer is one byte: what comes behind it belongs to TLS.
    async fn takes_tls(&self, socket: &mut TcpStream) -> Result<bool, Failed> {
        let mut answer = [0];
        let asking = async {
            socket.write_all(&SSL_REQUEST).await?;
            socket.read_exact(&mut answer).await
        };
        if let Err(error) = asking.await {
            return Err(Failed::plainly(
                self.unreachable(refusal::io_reason(&error)),
            ));
        }
        match answer[0] {
            b'S' => Ok(true),
            b'N' => Ok(false),
            // It is not known yet who sends it: its words are not repeated.
            b'E' => Err(Failed::plainly(
                self.unreachable("it refuses to speak about TLS".to_owned()),
            )),
            _ => Err(Failed::plainly(self.unreachable(
                "what answers there is another kind of server".to_owned(),
            ))),
        }
    }

    async fn introduce(
        &self,
        standing: Standing,
        pooler: Option<bool>,
    ) -> Result<SignedIn, Failed> {
        let Standing { stream, wishes } = standing;
        let is_encrypted = wishes.is_encrypted;
        let failed = |error| Failed::over(is_encrypted, error);
        let options = self.settings.options.as_ref();
        let options = options.filter(|_| pooler != Some(true));
        let (mut config, ignored) = self.config();
        if let Some(options) = options {
            config.options(options);
        }
        let line = Line::new(stream);
        let shared = line.shared();
        let (client, mut driver) = match driver::sign_in(config, line).await {
            Ok(connection) => connection,
            Err(error) => {
                let is_refused = error.code() == Some(&SqlState::PROTOCOL_VIOLATION);
                return Err(Failed {
                    may_refuse_options: is_refused && options.is_some() && pooler.is_none(),
                    ..failed(refusal::explain(&error, self, wishes, ignored))
                });
            }
        };
        session::check(&client, &mut driver, self)
            .await
            .map_err(failed)?;
        let is_pooled = match pooler {
            Some(is_pooled) => is_pooled,
            None => session::is_pooled(&client, &mut driver, shared.process()).await,
        };
        if is_pooled {
            shared.forget_names();
        }
        Ok(SignedIn {
            client,
            driver,
            is_encrypted,
            is_pooled,
        })
    }

    /// What the driver signs in with, and why a file of passwords was not read.
    fn config(&self) -> (Config, Option<String>) {
        let settings = self.settings;
        let mut config = Config::new();
        config
            .user(&settings.user)
            .channel_binding(settings.channel_binding);
        if let Some(database) = &settings.database {
            config.dbname(database);
        }
        if let Some(name) = &settings.application_name {
            config.application_name(name);
        }
        let found = match &settings.password {
            Some(password) => Found::Password(password.clone()),
            None => self.stored_password(),
        };
        match found {
            Found::Password(password) => {
                config.password(password.0);
                (config, None)
            }
            Found::Nothing => (config, None),
            Found::Ignored(why) => (config, Some(why)),
        }
    }

    fn stored_password(&self) -> Found {
        let Some(file) = &self.settings.passfile else {
            return Found::Nothing;
        };
        let role = &self.settings.user;
        let database = self.settings.database.as_ref().unwrap_or(role);
        let port = self.host.port.to_string();
        passfile::read(file, [self.host.known_as(), &port, database, role])
    }

    pub(super) fn unreachable(&self, reason: String) -> Error {
        Error::Unreachable {
            server: self.host.to_string(),
            reason,
        }
    }
}
