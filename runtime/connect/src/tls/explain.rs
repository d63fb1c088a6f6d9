//! What TLS complains about → an error that says what to do.

use std::error::Error as StdError;
use std::io;

use rustls::{AlertDescription, CertificateError};

use super::verifier::Distrust;
use crate::Error;
use crate::error::chain;

/// What a failure to read or write says, if TLS caused it.
pub(crate) fn explain(error: &io::Error, server: &str) -> Option<Error> {
    let error = error.get_ref()?.downcast_ref::<rustls::Error>()?;
    let server = server.to_owned();
    if let rustls::Error::InvalidCertificate(CertificateError::Other(other)) = error
        && let Some(distrust) = other.0.downcast_ref::<Distrust>()
    {
        return Some(Error::Distrusted {
            server,
            reason: distrust.to_string(),
            hint: distrust.hint(),
        });
    }
    if let rustls::Error::AlertReceived(alert) = error {
        let (reason, hint) = of_alert(*alert);
        return Some(Error::Handshake {
            server,
            reason,
            hint: hint.to_owned(),
        });
    }
    Some(unspoken(error, &server))
}

/// A failure that has no name of its own.
pub(super) fn unspoken(error: &dyn StdError, server: &str) -> Error {
    Error::Handshake {
        server: server.to_owned(),
        reason: chain(error),
        hint: "check that it takes TLS 1.2 or 1.3 (`ssl_min_protocol_version`), and a certificate with an RSA key of 2048 \
               bits or more, ECDSA or Ed25519"
            .to_owned(),
    }
}

fn of_alert(alert: AlertDescription) -> (String, &'static str) {
    match alert {
        AlertDescription::CertificateRequired => (
            "it asks for a certificate of the client".to_owned(),
            "name one with `sslcert=FILE` and `sslkey=FILE`",
        ),
        AlertDescription::UnknownCA
        | AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateRevoked
        | AlertDescription::CertificateExpired
        | AlertDescription::CertificateUnknown => (
            format!("it does not take the certificate that it is shown ({alert:?})"),
            "name another one with `sslcert=FILE` and `sslkey=FILE`: one that an authority of the server's `ssl_ca_file` \
             signed",
        ),
        AlertDescription::ProtocolVersion => (
            "it speaks other versions of TLS".to_owned(),
            "let it take TLS 1.2 or 1.3, and look at `ssl_min_protocol_version` and `ssl_max_protocol_version`",
        ),
        alert => (
            format!("it answers with the alert {alert:?}"),
            "the log of the server says more",
        ),
    }
}

impl Distrust {
    fn hint(&self) -> String {
        match self {
            Self::UnknownAuthority { file: Some(file) } => {
                format!(
                    "{file} does not hold the authority that signed it: name another one with `sslrootcert=FILE`"
                )
            }
            Self::UnknownAuthority { file: None } => {
                "name the file of the authority that signed it with `sslrootcert=FILE`".to_owned()
            }
            Self::Expired => "renew it on the server, and check the clock of this machine".to_owned(),
            Self::TooEarly => "check the clock of this machine".to_owned(),
            Self::OtherName { names } if names.is_empty() => {
                "make it anew with `subjectAltName`, or say `sslmode=verify-ca` where any server of this authority will do"
                    .to_owned()
            }
            Self::OtherName { .. } => {
                "connect under a name that it is for, or say `sslmode=verify-ca` where any server of this authority will do"
                    .to_owned()
            }
            Self::Malformed | Self::Unfit(_) => "make it anew on the server".to_owned(),
        }
    }
}
