//! How to connect, as the URL, a service file and the variables say together.

use std::path::PathBuf;
use std::time::Duration;

use tokio_postgres::config::ChannelBinding;

use crate::host::{self, Host};
use crate::options::Options;
use crate::secret::Secret;
use crate::tls::TlsSettings;
use crate::{Environment, Error, parameters, service, url};

/// How to connect. Files are read when a connection is made: certificates and passwords may change meanwhile.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The servers, in the order in which they are tried; one at least.
    pub hosts: Vec<Host>,
    /// Whether they are tried in any order.
    pub is_balanced: bool,
    pub session: SessionKind,
    pub user: String,
    pub database: Option<String>,
    pub password: Option<Secret>,
    /// The file of passwords, and whether it was asked for by name.
    pub passfile: Option<PathBuf>,
    pub application_name: Option<String>,
    /// What the server is told as if on its command line.
    pub options: Option<String>,
    /// Whether what answers is a pooler, which may give each transaction another session; it finds out where that is not said.
    pub pooler: Option<bool>,
    pub pool: PoolSettings,
    /// How long one server may take to let us in.
    pub connect_timeout: Option<Duration>,
    pub keepalives: Keepalives,
    pub channel_binding: ChannelBinding,
    pub tls: TlsSettings,
}

/// How connections are shared, where several are open; nothing that is not said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PoolSettings {
    /// How many may be open at once.
    pub size: Option<usize>,
    /// How long one waits for a connection that is free.
    pub wait: Option<Duration>,
    /// How long a connection that nobody uses stays open.
    pub idle: Option<Duration>,
    /// How long a connection is used before a new one takes its place.
    pub lifetime: Option<Duration>,
}

/// What the server has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    PreferStandby,
}

/// How an idle connection is kept, and noticed to be dead; the system decides what is not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keepalives {
    pub is_on: bool,
    pub idle: Option<Duration>,
    pub interval: Option<Duration>,
    pub count: Option<u32>,
    /// How long what was sent may stay without an answer.
    pub user_timeout: Option<Duration>,
}

impl Settings {
    /// Reads a URL, or a list of `name=value`, and what surrounds this program.
    pub fn read(url: &str) -> Result<Self, Error> {
        Self::read_in(url, &Environment::of_process())
    }

    /// Reads a URL, or a list of `name=value`, and what surrounds it: it counts more than a service file, and that more
    /// than the variables.
    pub fn read_in(url: &str, environment: &Environment) -> Result<Self, Error> {
        let mut options = url::parse(url)?;
        let variables = environment.options();
        if let Some(service) = service::read(&options, &variables, environment)? {
            options.complete(service);
        }
        options.complete(variables);
        Self::of(&options, environment)
    }

    /// The settings of the session that `options` asks for, in its order, for where they are set one by one.
    ///
    /// # Errors
    /// Where it asks for anything else: behind a pooler there is no command line.
    pub fn parameters(&self) -> Result<Vec<(String, String)>, Error> {
        parameters::read(self.options.as_deref().unwrap_or_default())
    }

    fn of(options: &Options, environment: &Environment) -> Result<Self, Error> {
        refuse(options)?;
        let text = |name| options.text(name).map(str::to_owned);
        let seconds = |name| {
            let seconds = options.number::<i64>(name)?;
            let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
            Ok(seconds
                .filter(|seconds| *seconds > 0)
                .map(Duration::from_secs))
        };
        let user_timeout = options.number::<u64>("tcp_user_timeout")?;
        let count = match options.number("keepalives_count")? {
            Some(count) => Some(count),
            None => options.number("keepalives_retries")?,
        };
        let binding = [
            ("disable", ChannelBinding::Disable),
            ("prefer", ChannelBinding::Prefer),
            ("require", ChannelBinding::Require),
        ];
        let kinds = [
            ("any", SessionKind::Any),
            ("read-write", SessionKind::ReadWrite),
            ("read-only", SessionKind::ReadOnly),
            ("primary", SessionKind::Primary),
            ("standby", SessionKind::Standby),
            ("prefer-standby", SessionKind::PreferStandby),
        ];
        let balance = [("disable", false), ("random", true)];
        let truth = [("true", true), ("false", false)];
        Ok(Self {
            hosts: host::of(options)?,
            is_balanced: options
                .word("load_balance_hosts", &balance)?
                .unwrap_or(false),
            session: options
                .word("target_session_attrs", &kinds)?
                .unwrap_or(SessionKind::Any),
            user: match text("user") {
                Some(user) => user,
                None => whoami::username().map_err(|_| Error::Url {
                    reason: "it names no role, and who runs this program has no name".to_owned(),
                    hint: format!("write it as `{}`", url::FORM),
                })?,
            },
            database: text("dbname"),
            password: text("password").map(Secret),
            passfile: match options.text("passfile") {
                Some(file) => Some(PathBuf::from(file)),
                None => environment.in_home(".pgpass"),
            },
            application_name: text("application_name")
                .or_else(|| text("fallback_application_name")),
            options: session_options(options),
            pooler: options.word("pgbouncer", &truth)?,
            pool: PoolSettings {
                size: options.number("connection_limit")?.filter(|size| *size > 0),
                wait: seconds("pool_timeout")?,
                idle: seconds("max_idle_connection_lifetime")?,
                lifetime: seconds("max_connection_lifetime")?,
            },
            connect_timeout: seconds("connect_timeout")?,
            keepalives: Keepalives {
                is_on: options.number::<u64>("keepalives")? != Some(0),
                idle: seconds("keepalives_idle")?,
                interval: seconds("keepalives_interval")?,
                count,
                user_timeout: user_timeout
                    .filter(|limit| *limit > 0)
                    .map(Duration::from_millis),
            },
            channel_binding: options
                .word("channel_binding", &binding)?
                .unwrap_or(ChannelBinding::Prefer),
            tls: TlsSettings::of(options, environment)?,
        })
    }
}

impl SessionKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::ReadWrite => "read-write",
            Self::ReadOnly => "read-only",
            Self::Primary => "primary",
            Self::Standby => "standby",
            Self::PreferStandby => "prefer-standby",
        }
    }
}

/// What the server is told as if on its command line: `options`, and the limits that are said by their own names.
fn session_options(options: &Options) -> Option<String> {
    let limits = [
        "statement_timeout",
        "lock_timeout",
        "idle_in_transaction_session_timeout",
    ];
    let mut told = options.text("options").unwrap_or_default().to_owned();
    for name in limits {
        if let Some(value) = options.text(name) {
            told.push_str(&format!(" -c {name}={}", parameters::escape(value)));
        }
    }
    Some(told.trim_start().to_owned()).filter(|told| !told.is_empty())
}

/// What libpq knows and this does not: left out, it would mean less than was asked for.
fn refuse(options: &Options) -> Result<(), Error> {
    let refused = [
        (
            "require_auth",
            "how the server asks is not chosen here: leave it out, or say `channel_binding=require`",
        ),
        (
            "requirepeer",
            "who runs the server is not looked at here: leave it out",
        ),
        (
            "sslcrl",
            "certificates that were called back are not looked for here: leave it out",
        ),
        (
            "sslcrldir",
            "certificates that were called back are not looked for here: leave it out",
        ),
        (
            "sslpassword",
            "keys with a password are not read here: `openssl pkey -in KEY -out FILE` writes it without one",
        ),
    ];
    for (name, hint) in refused {
        if let Some(value) = options.get(name) {
            return Err(value.wrong(&format!("the option `{name}` is not supported"), hint));
        }
    }
    if let Some(value) = options.get("gssencmode")
        && value.text == "require"
    {
        return Err(value.wrong(
            "the option `gssencmode=require` is not supported",
            "say `sslmode=require` for a connection that is encrypted with TLS",
        ));
    }
    Ok(())
}
