//! TLS as libpq speaks of it: modes, the authorities that are trusted, and the certificate that is shown.

mod certificate;
mod connector;
mod der;
mod explain;
mod files;
mod names;
mod verifier;

use std::path::PathBuf;

pub(crate) use connector::{Connector, Encrypted};
pub(crate) use explain::explain;

use crate::options::Options;
use crate::{Environment, Error};

/// How TLS is spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsSettings {
    pub mode: Mode,
    /// Whether it begins without asking.
    pub is_direct: bool,
    pub roots: Roots,
    /// The certificate that is shown to a server that asks for one.
    pub certificate: Option<PathBuf>,
    pub key: Option<PathBuf>,
    pub oldest: Version,
    pub newest: Version,
    /// Whether the server is told under which name it is called.
    pub says_name: bool,
}

/// Whether TLS is spoken, and what of the server's certificate is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Disable,
    Allow,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

/// Who is trusted to sign the certificate of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Roots {
    /// Whom the system trusts.
    System,
    File(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    Tls12,
    Tls13,
}

/// What of the server's certificate is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Nowhere,
    /// Who signed it, and when.
    AtAuthority,
    /// Also for whom it is.
    AtName,
}

const MODES: [(&str, Mode); 6] = [
    ("disable", Mode::Disable),
    ("allow", Mode::Allow),
    ("prefer", Mode::Prefer),
    ("require", Mode::Require),
    ("verify-ca", Mode::VerifyCa),
    ("verify-full", Mode::VerifyFull),
];

impl TlsSettings {
    pub(crate) fn of(options: &Options, environment: &Environment) -> Result<Self, Error> {
        let negotiation = [("postgres", false), ("direct", true)];
        // All below 1.2 is broken: who allows it gets what is newer.
        let versions = [
            ("TLSv1", Version::Tls12),
            ("TLSv1.1", Version::Tls12),
            ("TLSv1.2", Version::Tls12),
            ("TLSv1.3", Version::Tls13),
        ];
        let newest = [("TLSv1.2", Version::Tls12), ("TLSv1.3", Version::Tls13)];
        let in_home = |file: &str| environment.in_home(file).filter(|file| file.is_file());
        let file = |name| options.text(name).map(PathBuf::from);
        let roots = match options.text("sslrootcert") {
            Some("system") => Roots::System,
            Some(file) => Roots::File(file.into()),
            None => in_home(".postgresql/root.crt").map_or(Roots::System, Roots::File),
        };
        let certificate = file("sslcert").or_else(|| in_home(".postgresql/postgresql.crt"));
        let settings = Self {
            mode: mode(options)?,
            is_direct: options
                .word("sslnegotiation", &negotiation)?
                .unwrap_or(false),
            roots,
            certificate,
            key: file("sslkey").or_else(|| environment.in_home(".postgresql/postgresql.key")),
            oldest: options
                .word("ssl_min_protocol_version", &versions)?
                .unwrap_or(Version::Tls12),
            newest: options
                .word("ssl_max_protocol_version", &newest)?
                .unwrap_or(Version::Tls13),
            says_name: options.text("sslsni") != Some("0"),
        };
        if let Some(wrong) = options.get("sslnegotiation")
            && settings.is_direct
            && settings.mode.is_weak()
        {
            return Err(wrong.wrong(
                &format!(
                    "`sslnegotiation=direct` does not go with `sslmode={}`",
                    settings.mode.word()
                ),
                "say `sslmode=require`, `verify-ca` or `verify-full` as well",
            ));
        }
        if let Some(wrong) = options.get("ssl_max_protocol_version")
            && settings.oldest > settings.newest
        {
            return Err(wrong.wrong(
                "`ssl_max_protocol_version` is older than `ssl_min_protocol_version`",
                "say the same for both, or leave them out",
            ));
        }
        Ok(settings)
    }

    pub(crate) fn look(&self) -> Look {
        match (self.mode, &self.roots) {
            (Mode::VerifyFull, _) => Look::AtName,
            (Mode::VerifyCa, _) | (Mode::Require, Roots::File(_)) => Look::AtAuthority,
            _ => Look::Nowhere,
        }
    }
}

/// The mode that the options name, or the one that follows from them.
fn mode(options: &Options) -> Result<Mode, Error> {
    let trusts_system = options
        .get("sslrootcert")
        .filter(|value| value.text == "system");
    if let Some(mode) = options.word("sslmode", &MODES)? {
        return match trusts_system {
            // Anybody gets a certificate that the system trusts, for a name of his own.
            Some(wrong) if mode != Mode::VerifyFull => Err(wrong.wrong(
                &format!(
                    "`sslrootcert=system` does not go with `sslmode={}`",
                    mode.word()
                ),
                "say `sslmode=verify-full`, or leave `sslrootcert` out",
            )),
            _ => Ok(mode),
        };
    }
    let asks = [("true", true), ("1", true), ("false", false), ("0", false)];
    Ok(match (trusts_system, options.word("ssl", &asks)?) {
        (Some(_), _) => Mode::VerifyFull,
        (None, Some(true)) => Mode::Require,
        (None, _) => Mode::Prefer,
    })
}

impl Mode {
    pub(crate) fn word(self) -> &'static str {
        let mut modes = MODES.iter();
        modes
            .find(|(_, mode)| *mode == self)
            .map_or("", |(word, _)| word)
    }

    /// Whether it goes without TLS as well.
    fn is_weak(self) -> bool {
        matches!(self, Self::Disable | Self::Allow | Self::Prefer)
    }
}
