//! Where a server is.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::options::{Options, Value};
use crate::url::FORM;

const PORT: u16 = 5432;
/// Where the server of a machine has its socket, at Debian's and at others.
const SOCKETS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// A server by its name, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// What its certificate is for; a socket has none.
    pub name: String,
    pub place: Place,
    pub port: u16,
}

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// To be looked up.
    Name,
    Address(IpAddr),
    /// The folder of its socket.
    Socket(PathBuf),
}

impl Host {
    fn new(name: &str, address: Option<IpAddr>, port: u16) -> Self {
        let place = match (address, name.parse()) {
            (Some(address), _) | (None, Ok(address)) => Place::Address(address),
            _ if name.starts_with('/') => Place::Socket(name.into()),
            _ => Place::Name,
        };
        let name = match (name, address) {
            ("", Some(address)) => address.to_string(),
            (name, _) => name.to_owned(),
        };
        Self { name, place, port }
    }

    /// The name under which a file of passwords knows it.
    pub(crate) fn known_as(&self) -> &str {
        match &self.place {
            Place::Socket(folder) if SOCKETS.iter().any(|socket| folder == Path::new(socket)) => {
                "localhost"
            }
            _ => &self.name,
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Socket(folder) => {
                write!(formatter, "{}/.s.PGSQL.{}", folder.display(), self.port)
            }
            _ if self.name.contains(':') => write!(formatter, "[{}]:{}", self.name, self.port),
            _ => write!(formatter, "{}:{}", self.name, self.port),
        }
    }
}

/// The servers that the options name, one at least.
pub(crate) fn of(options: &Options) -> Result<Vec<Host>, Error> {
    let names = parts(options.get("host"));
    let addresses = addresses(options.get("hostaddr"))?;
    let ports = ports(options.get("port"))?;
    let count = names.len().max(addresses.len()).max(1);
    if !names.is_empty() && !addresses.is_empty() && names.len() != addresses.len() {
        let wrong = options.get("hostaddr").expect("there are some");
        return Err(wrong.wrong(
            "`host` and `hostaddr` name different numbers of servers",
            "each host has its address, with commas between them",
        ));
    }
    if ports.len() > 1 && ports.len() != count {
        let wrong = options.get("port").expect("there are some");
        return Err(wrong.wrong(
            "it has another number of ports than of hosts",
            "say one port for all, or one for each, with commas between them",
        ));
    }
    let hosts = (0..count).map(|place| {
        let name = names.get(place).copied().unwrap_or_default();
        let address = addresses.get(place).copied().flatten();
        let port = ports.get(place).or(ports.first()).copied().flatten();
        let name = match (name, address) {
            ("", None) => here(),
            (name, _) => name,
        };
        Host::new(name, address, port.unwrap_or(PORT))
    });
    let hosts: Vec<_> = hosts.collect();
    if hosts.iter().any(|host| host.name.contains('@'))
        && let Some(wrong) = options.get("host")
    {
        return Err(wrong.wrong(
            "it has more than one `@`",
            "write an `@` of the password as `%40`",
        ));
    }
    Ok(hosts)
}

/// The server of this machine.
fn here() -> &'static str {
    match Path::new(SOCKETS[0]).exists() {
        true => SOCKETS[0],
        false => "localhost",
    }
}

fn parts(value: Option<&Value>) -> Vec<&str> {
    value.map_or_else(Vec::new, |value| {
        value.text.split(',').map(str::trim).collect()
    })
}

fn addresses(value: Option<&Value>) -> Result<Vec<Option<IpAddr>>, Error> {
    let Some(value) = value else {
        return Ok(Vec::new());
    };
    let addresses = parts(Some(value)).into_iter().map(|part| match part {
        "" => Ok(None),
        part => part.parse().map(Some).map_err(|_| {
            value.wrong(
                "invalid value for option `hostaddr`",
                "it is an address as `192.0.2.1`; a name is a `host`",
            )
        }),
    });
    addresses.collect()
}

fn ports(value: Option<&Value>) -> Result<Vec<Option<u16>>, Error> {
    let Some(value) = value else {
        return Ok(Vec::new());
    };
    let ports = parts(Some(value)).into_iter().map(|part| match part {
        "" => Ok(None),
        part => match part.parse() {
            Ok(port) if port > 0 => Ok(Some(port)),
            _ => Err(value.wrong(
                "its port is no number",
                &format!(
                    "the port is digits after the host, as in `{FORM}`; a `:`, `/`, `?`, `#` or `@` of the password is \
                     written as `%3A`, `%2F`, `%3F`, `%23` or `%40`"
                ),
            )),
        },
    });
    ports.collect()
}
