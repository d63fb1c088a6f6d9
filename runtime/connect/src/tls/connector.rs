//! From a socket to an encrypted connection.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ring::digest;
use rustls::client::{ResolvesClientCert, Resumption};
use rustls::pki_types::ServerName;
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, SignatureScheme, SupportedProtocolVersion};
use tokio::net::TcpStream;
use tokio_postgres::tls::ChannelBinding;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::certificate::{Certificate, Digest};
use super::explain::unspoken;
use super::verifier::Verifier;
use super::{Look, Roots, TlsSettings, Version, explain, files};
use crate::Error;
use crate::host::{Host, Place};

/// What it takes to speak TLS with a server.
pub(crate) struct Connector {
    tls: TlsConnector,
    name: ServerName<'static>,
    shown: Arc<Shown>,
    server: String,
}

/// An encrypted connection.
pub(crate) struct Encrypted {
    pub(crate) stream: TlsStream<TcpStream>,
    misses_certificate: bool,
}

impl Connector {
    /// Reads the files that the settings name.
    pub(crate) fn new(settings: &TlsSettings, host: &Host) -> Result<Self, Error> {
        let server = host.to_string();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = Verifier {
            look: settings.look(),
            roots: match (settings.look(), &settings.roots) {
                (Look::Nowhere, _) => files::Trusted::nobody(),
                (_, Roots::System) => files::system_roots()?,
                (_, Roots::File(file)) => files::roots(file)?,
            },
            name: host.name.clone(),
            algorithms: provider.signature_verification_algorithms,
        };
        let key = match &settings.certificate {
            Some(certificate) => {
                let key = files::client_key(certificate, settings.key.as_deref(), &provider)?;
                Some(Arc::new(key))
            }
            None => None,
        };
        let shown = Arc::new(Shown {
            key,
            is_missed: AtomicBool::new(false),
        });
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&versions(settings))
            .map_err(|error| unspoken(&error, &server))?;
        let mut config = builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_client_cert_resolver(Arc::clone(&shown) as Arc<dyn ResolvesClientCert>);
        config.enable_sni = settings.says_name;
        config.resumption = Resumption::disabled();
        if settings.is_direct {
            config.alpn_protocols = vec![b"postgresql".to_vec()];
        }
        Ok(Self {
            tls: TlsConnector::from(Arc::new(config)),
            name: server_name(host),
            shown,
            server,
        })
    }

    pub(crate) async fn handshake(self, socket: TcpStream) -> Result<Encrypted, Error> {
        match self.tls.connect(self.name, socket).await {
            Ok(stream) => Ok(Encrypted {
                stream,
                misses_certificate: self.shown.is_missed.load(Ordering::Acquire),
            }),
            Err(error) => {
                let explained = explain(&error, &self.server);
                Err(explained.unwrap_or_else(|| unspoken(&error, &self.server)))
            }
        }
    }
}

fn versions(settings: &TlsSettings) -> Vec<&'static SupportedProtocolVersion> {
    match (settings.oldest, settings.newest) {
        (Version::Tls12, Version::Tls12) => vec![&TLS12],
        (Version::Tls12, Version::Tls13) => vec![&TLS13, &TLS12],
        (Version::Tls13, _) => vec![&TLS13],
    }
}

/// The name under which the server is called. What is no name for TLS is not said to it.
fn server_name(host: &Host) -> ServerName<'static> {
    let name = ServerName::try_from(host.name.as_str()).map(|name| name.to_owned());
    name.unwrap_or_else(|_| match host.place {
        Place::Address(address) => ServerName::from(address),
        _ => ServerName::from(IpAddr::from([0, 0, 0, 0])),
    })
}

impl Encrypted {
    /// Whether the server asked for a certificate, and there was none to show.
    pub(crate) fn misses_certificate(&self) -> bool {
        self.misses_certificate
    }

    /// The hash of the server's certificate, made as its signature was (RFC 5929); a password may be bound to it.
    pub(crate) fn channel_binding(&self) -> ChannelBinding {
        let (_, connection) = self.stream.get_ref();
        let shown = connection
            .peer_certificates()
            .and_then(|shown| shown.first());
        let Some((der, certificate)) = shown.and_then(|der| Some((der, Certificate::read(der)?)))
        else {
            return ChannelBinding::none();
        };
        let algorithm = match certificate.signature_digest() {
            Some(Digest::Sha256) => &digest::SHA256,
            Some(Digest::Sha384) => &digest::SHA384,
            Some(Digest::Sha512) => &digest::SHA512,
            None => return ChannelBinding::none(),
        };
        let hash = digest::digest(algorithm, der);
        ChannelBinding::tls_server_end_point(hash.as_ref().to_vec())
    }
}

impl fmt::Debug for Encrypted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Encrypted")
    }
}

/// What is shown to a server that asks for a certificate.
#[derive(Debug)]
struct Shown {
    key: Option<Arc<CertifiedKey>>,
    is_missed: AtomicBool,
}

impl ResolvesClientCert for Shown {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        if self.key.is_none() {
            self.is_missed.store(true, Ordering::Release);
        }
        self.key.clone()
    }

    fn has_certs(&self) -> bool {
        self.key.is_some()
    }
}
