//! Who a server says it is, and whether to believe it: as far as the mode looks.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::{
    WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
    verify_tls13_signature_with_raw_key,
};
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};

use super::Look;
use super::certificate::Certificate;
use super::files::Trusted;
use super::names;

/// Why a server is not believed.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Distrust {
    #[error("its certificate is not signed by an authority that is known")]
    UnknownAuthority {
        /// The file of the authorities, if they are not the system's.
        file: Option<String>,
    },
    #[error("its certificate has expired")]
    Expired,
    #[error("its certificate is not valid yet")]
    TooEarly,
    #[error("its certificate is for {}", others(.names))]
    OtherName { names: Vec<String> },
    #[error("its certificate cannot be read")]
    Malformed,
    #[error("its certificate is not taken: {0}")]
    Unfit(String),
}

/// Looks at what a server shows.
pub(super) struct Verifier {
    pub(super) look: Look,
    pub(super) roots: Trusted,
    /// The name under which the server is called.
    pub(super) name: String,
    pub(super) algorithms: WebPkiSupportedAlgorithms,
}

impl Verifier {
    fn look(
        &self,
        der: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), Distrust> {
        if self.look == Look::Nowhere {
            return Ok(());
        }
        let certificate = Certificate::read(der).ok_or(Distrust::Malformed)?;
        self.look_at_authority(der, &certificate, intermediates, now)?;
        if self.look == Look::AtName && !names::fit(&certificate, &self.name) {
            return Err(Distrust::OtherName {
                names: certificate.names(),
            });
        }
        Ok(())
    }

    fn look_at_authority(
        &self,
        der: &CertificateDer<'_>,
        certificate: &Certificate<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), Distrust> {
        // A certificate of the file is trusted as it is, as one that a server signed for itself; and what the file's
        // authorities signed before there were extensions cannot be asked for its use.
        let is_trusted = self.roots.certificates.iter().any(|root| root == der);
        if is_trusted || certificate.is_of_version_1() && self.is_signed_by_root(certificate) {
            let now = now.as_secs();
            return match certificate.validity {
                (first, _) if now < first => Err(Distrust::TooEarly),
                (_, last) if now > last => Err(Distrust::Expired),
                _ => Ok(()),
            };
        }
        let parsed = ParsedCertificate::try_from(der);
        let verified = parsed.and_then(|parsed| {
            let roots = &self.roots.authorities;
            let all = self.algorithms.all;
            verify_server_cert_signed_by_trust_anchor(&parsed, roots, intermediates, now, all)
        });
        verified.map_err(|error| self.distrust(&error, certificate))
    }

    fn is_signed_by_root(&self, certificate: &Certificate<'_>) -> bool {
        let roots = self.roots.certificates.iter();
        let mut roots = roots.filter_map(|root| Certificate::read(root));
        roots.any(|root| {
            root.subject == certificate.issuer && certificate.is_signed_by(&root, &self.algorithms)
        })
    }

    fn distrust(&self, error: &Error, certificate: &Certificate<'_>) -> Distrust {
        let unknown = Distrust::UnknownAuthority {
            file: self.roots.file.clone(),
        };
        match error {
            Error::InvalidCertificate(reason) => match reason {
                CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                    Distrust::Expired
                }
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                    Distrust::TooEarly
                }
                CertificateError::UnknownIssuer => unknown,
                // It signed itself, or is as old as that nobody can be asked.
                _ if certificate.issuer == certificate.subject || certificate.is_of_version_1() => {
                    unknown
                }
                CertificateError::BadEncoding => Distrust::Malformed,
                other => Distrust::Unfit(other.to_string()),
            },
            other => Distrust::Unfit(other.to_string()),
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        der: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.look(der, intermediates, now) {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(distrust) => {
                let other = OtherError(Arc::new(distrust));
                Err(Error::InvalidCertificate(CertificateError::Other(other)))
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        der: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, der, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        der: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // By the key alone where the certificate is of a version that is not read otherwise.
        match Certificate::read(der) {
            Some(certificate) if certificate.is_of_version_1() => {
                let key = SubjectPublicKeyInfoDer::from(certificate.key);
                verify_tls13_signature_with_raw_key(message, &key, signature, &self.algorithms)
            }
            _ => verify_tls13_signature(message, der, signature, &self.algorithms),
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Verifier({:?})", self.look)
    }
}

/// `other names: a, b`.
fn others(names: &[String]) -> String {
    match names {
        [] => "nobody: it holds no name".to_owned(),
        [name] => format!("another name: {name}"),
        names => format!("other names: {}", names.join(", ")),
    }
}
