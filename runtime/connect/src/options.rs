//! What the URL, a service file and the variables say: values by the names that libpq has for them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::Error;

/// The options that mean something here.
pub(crate) const KNOWN: [&str; 45] = [
    "application_name",
    "channel_binding",
    "connect_timeout",
    "connection_limit",
    "dbname",
    "fallback_application_name",
    "gssencmode",
    "host",
    "hostaddr",
    "idle_in_transaction_session_timeout",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "load_balance_hosts",
    "lock_timeout",
    "max_connection_lifetime",
    "max_idle_connection_lifetime",
    "options",
    "passfile",
    "password",
    "pgbouncer",
    "pool_timeout",
    "port",
    "require_auth",
    "requirepeer",
    "service",
    "servicefile",
    "ssl",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslpassword",
    "sslrootcert",
    "sslsni",
    "statement_timeout",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
];

/// Values by name, and where each was said. An empty value is none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options(BTreeMap<&'static str, Value>);

/// A value, and where it was said.
#[derive(Clone)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) origin: Origin,
}

/// Where a value was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Url,
    Variable(&'static str),
    /// A line of a service file.
    Line(String),
}

impl Options {
    /// Sets an option that is known; the last value counts.
    pub(crate) fn set(&mut self, name: &str, text: &str, origin: Origin) {
        let known = KNOWN.iter().find(|known| **known == name);
        let name = known.expect("only options that are known are set");
        let value = Value {
            text: text.to_owned(),
            origin,
        };
        self.0.insert(name, value);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fills in what is not said from what counts less.
    pub(crate) fn complete(&mut self, others: Self) {
        for (name, value) in others.0 {
            if self.get(name).is_none() {
                self.0.insert(name, value);
            }
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.text.is_empty())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(|value| value.text.as_str())
    }

    /// One of several words.
    pub(crate) fn word<T: Copy>(
        &self,
        name: &str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, Error> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let found = words.iter().find(|(word, _)| *word == value.text);
        match found {
            Some((_, meaning)) => Ok(Some(*meaning)),
            None => {
                let words: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
                Err(value.wrong(
                    &format!("invalid value for option `{name}`"),
                    &format!("it is one of {}", words.join(", ")),
                ))
            }
        }
    }

    /// A number.
    pub(crate) fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>, Error> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value.text.trim().parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(value.wrong(
                &format!("invalid value for option `{name}`"),
                "it is a number",
            )),
        }
    }
}

impl Value {
    /// What is wrong with it, and where it was said. The value itself may be a piece of a password that was not escaped.
    pub(crate) fn wrong(&self, reason: &str, hint: &str) -> Error {
        let (reason, hint) = (reason.to_owned(), hint.to_owned());
        match &self.origin {
            Origin::Url => Error::Url { reason, hint },
            Origin::Variable(name) => Error::Setting {
                place: format!("the variable `{name}`"),
                reason,
                hint,
            },
            Origin::Line(place) => Error::Setting {
                place: place.clone(),
                reason,
                hint,
            },
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "from {:?}", self.origin)
    }
}
