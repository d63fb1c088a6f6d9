//! What can go wrong between a URL and a connection, said so that a person knows what to do.
//!
//! No message holds a password.

use std::path::PathBuf;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("the database URL cannot be read: {reason}")]
    Url { reason: String, hint: String },
    #[error("{place}: {reason}")]
    Setting {
        /// The variable, or the line of a file.
        place: String,
        reason: String,
        hint: String,
    },
    #[error("`{option}` names {}, which {reason}", path.display())]
    File {
        option: &'static str,
        path: PathBuf,
        reason: String,
        hint: String,
    },
    #[error("no PostgreSQL server answers at {server}: {reason}")]
    Unreachable { server: String, reason: String },
    #[error("the server at {server} did not answer within {seconds} s")]
    Timeout { server: String, seconds: u64 },
    #[error("the server at {server} does not take TLS, and `sslmode={mode}` asks for it")]
    NoTls { server: String, mode: &'static str },
    #[error("the server at {server} speaks TLS, but not with us: {reason}")]
    Handshake {
        server: String,
        reason: String,
        hint: String,
    },
    #[error("the server at {server} is not trusted: {reason}")]
    Distrusted {
        server: String,
        reason: String,
        hint: String,
    },
    #[error("the server at {server} asks the role `{role}` for a password, and there is none")]
    NoPassword {
        server: String,
        role: String,
        /// Why the file of passwords was not read.
        ignored: Option<String>,
    },
    #[error("the server at {server} does not accept the password of the role `{role}`")]
    Password { server: String, role: String },
    #[error(
        "the server at {server} wants the password of the role `{role}` as clear text, which is never sent without TLS"
    )]
    ClearPassword { server: String, role: String },
    #[error(
        "the server at {server} did not bind the password to the connection, as `channel_binding=require` asks"
    )]
    ChannelBinding { server: String, is_encrypted: bool },
    #[error("the server at {server} refuses the role `{role}`: {reason}")]
    Refused {
        server: String,
        role: String,
        reason: String,
        cure: Cure,
    },
    /// Whoever asked would have been answered so.
    #[error("the server at {server} cannot serve: {reason}")]
    Failing { server: String, reason: String },
    #[error("the database `{database}` does not exist at {server}")]
    UnknownDatabase { server: String, database: String },
    #[error(
        "the server at {server} {reason}, and `target_session_attrs={wanted}` asks for another one"
    )]
    OtherKind {
        server: String,
        reason: &'static str,
        wanted: &'static str,
    },
    #[error("{plain}; with TLS: {tls}")]
    NeitherWay { tls: Box<Error>, plain: Box<Error> },
    #[error("{}", several(.0))]
    Several(Vec<Error>),
}

/// What may help where a server refuses a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cure {
    /// It was not asked over TLS.
    Encrypt,
    /// It asked for a certificate and was shown none.
    ShowCertificate,
    /// It has no connection to spare.
    Wait,
    /// It is a pooler that refuses; it may have no connection to spare.
    Pooler,
    /// The server's rules are to be looked at.
    Rules,
    /// The rights of the role are to be looked at.
    Role,
}

impl Error {
    /// What the person can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Url { hint, .. }
            | Self::Setting { hint, .. }
            | Self::File { hint, .. }
            | Self::Handshake { hint, .. }
            | Self::Distrusted { hint, .. } => hint.clone(),
            Self::Unreachable { .. } | Self::Timeout { .. } => {
                "check the host and port of the URL, and that the server runs and listens there".to_owned()
            }
            Self::NoTls { .. } => {
                "switch `ssl` on in the server's postgresql.conf, or say `sslmode=prefer` where the network is trusted"
                    .to_owned()
            }
            Self::NoPassword { ignored: Some(ignored), .. } => ignored.clone(),
            Self::NoPassword { .. } => {
                "say it in the URL, in `PGPASSWORD`, or in the file that `PGPASSFILE` names".to_owned()
            }
            Self::Password { .. } => {
                "check the password in the URL, in `PGPASSWORD` or in the file of passwords".to_owned()
            }
            Self::ClearPassword { .. } => {
                "say `sslmode=require` if the server takes TLS, or let its pg_hba.conf say `scram-sha-256`".to_owned()
            }
            Self::ChannelBinding { is_encrypted: false, .. } => {
                "it takes TLS: say `sslmode=require`, or `channel_binding=prefer`".to_owned()
            }
            Self::ChannelBinding { is_encrypted: true, .. } => {
                "it takes a password stored as `scram-sha-256`, and a server of PostgreSQL; or say `channel_binding=prefer`"
                    .to_owned()
            }
            Self::Refused { cure, .. } => cure.hint().to_owned(),
            Self::Failing { .. } => {
                "see the log of the server, and whether its disk and its memory suffice".to_owned()
            }
            Self::UnknownDatabase { .. } => {
                "check the last part of the URL; `psql -l` lists the databases".to_owned()
            }
            Self::OtherKind { .. } => {
                "name the other servers as well, as in `host1:5432,host2:5432`, or say `target_session_attrs=any`"
                    .to_owned()
            }
            Self::NeitherWay { tls, plain } => match **plain {
                Self::Refused { cure: Cure::Encrypt, .. } => tls.hint(),
                _ => plain.hint(),
            },
            Self::Several(errors) => errors.last().map(Self::hint).unwrap_or_default(),
        }
    }

    /// What it is and what to do about it, in one sentence.
    pub fn sentence(&self) -> String {
        match self.hint() {
            hint if hint.is_empty() => self.to_string(),
            hint => format!("{self}; {hint}"),
        }
    }

    /// Whether the server has no connection to spare now.
    pub fn is_crowded(&self) -> bool {
        matches!(self, Self::Refused { cure, .. } if matches!(cure, Cure::Wait | Cure::Pooler))
    }

    /// Whether the next server of the list may do better. A password that is wrong is not tried on all of them.
    pub(crate) fn may_differ_elsewhere(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Timeout { .. }
            | Self::NoTls { .. }
            | Self::Failing { .. }
            | Self::Handshake { .. } => true,
            Self::OtherKind { .. } => true,
            Self::Refused { .. } => self.is_crowded(),
            Self::Several(_) => true,
            Self::NeitherWay { plain, .. } => plain.may_differ_elsewhere(),
            _ => false,
        }
    }

    /// Whether the server may answer otherwise where the connection is encrypted, or is not.
    pub(crate) fn may_differ_the_other_way(&self) -> bool {
        match self {
            Self::Refused { cure, .. } => !matches!(cure, Cure::Wait | Cure::Pooler | Cure::Role),
            Self::Handshake { .. } | Self::ClearPassword { .. } | Self::ChannelBinding { .. } => {
                true
            }
            _ => false,
        }
    }
}

impl Cure {
    fn hint(self) -> &'static str {
        match self {
            Self::Encrypt => {
                "this was tried without TLS: if the server takes this role over TLS only, say `sslmode=require`"
            }
            Self::ShowCertificate => {
                "the server asks for a certificate of the client: name it with `sslcert=FILE` and `sslkey=FILE`"
            }
            Self::Wait => "try again later, or raise `max_connections` of the server",
            Self::Pooler => {
                "look at the pooler's settings: which databases and roles it lets in, and how many connections at once (PgBouncer's `max_client_conn`)"
            }
            Self::Rules => "check the role of the URL, and what `pg_hba.conf` on the server allows",
            Self::Role => "check the role of the URL, and what it may do on the server",
        }
    }
}

fn several(errors: &[Error]) -> String {
    let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
    texts.join("; ")
}

/// An error with what caused it, down to the last, without repetition.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let message = cause.to_string();
        if !text.contains(&message) {
            text = format!("{text}: {message}");
        }
        next = cause.source();
    }
    text
}
