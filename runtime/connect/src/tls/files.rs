//! The files of authorities, certificates and keys.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustls::RootCertStore;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use crate::Error;

/// Who is trusted.
#[derive(Debug, Clone)]
pub(super) struct Trusted {
    pub(super) authorities: Arc<RootCertStore>,
    /// The certificates of the file themselves.
    pub(super) certificates: Vec<CertificateDer<'static>>,
    /// The file, if it is none of the system.
    pub(super) file: Option<String>,
}

impl Trusted {
    pub(super) fn nobody() -> Self {
        Self {
            authorities: Arc::new(RootCertStore::empty()),
            certificates: Vec::new(),
            file: None,
        }
    }
}

/// Whom the system trusts, read once.
pub(super) fn system_roots() -> Result<Trusted, Error> {
    static SYSTEM: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    let authorities = SYSTEM.get_or_init(|| {
        let mut authorities = RootCertStore::empty();
        let found = rustls_native_certs::load_native_certs();
        authorities.add_parsable_certificates(found.certs);
        Arc::new(authorities)
    });
    if authorities.is_empty() {
        return Err(Error::Setting {
            place: "the certificates of the system".to_owned(),
            reason: "there are none".to_owned(),
            hint: "install them (Debian: `apt-get install ca-certificates`), or name a file with `sslrootcert=FILE`"
                .to_owned(),
        });
    }
    Ok(Trusted {
        authorities: Arc::clone(authorities),
        certificates: Vec::new(),
        file: None,
    })
}

/// Whom a file trusts.
pub(super) fn roots(file: &Path) -> Result<Trusted, Error> {
    let option = "sslrootcert";
    let certificates = certificates(option, file)?;
    let mut authorities = RootCertStore::empty();
    let (added, _) = authorities.add_parsable_certificates(certificates.iter().cloned());
    if added == 0 {
        return Err(broken(option, file, "holds no certificate of an authority"));
    }
    Ok(Trusted {
        authorities: Arc::new(authorities),
        certificates,
        file: Some(file.display().to_string()),
    })
}

/// The certificate that is shown, and its key.
pub(super) fn client_key(
    certificate: &Path,
    key: Option<&Path>,
    provider: &CryptoProvider,
) -> Result<CertifiedKey, Error> {
    let chain = certificates("sslcert", certificate)?;
    let Some(key) = key else {
        return Err(Error::File {
            option: "sslcert",
            path: certificate.to_owned(),
            reason: "has no key beside it".to_owned(),
            hint: "name its key with `sslkey=FILE`".to_owned(),
        });
    };
    let bytes = read("sslkey", key)?;
    check_permissions(key)?;
    let text = String::from_utf8_lossy(&bytes);
    if text.contains("ENCRYPTED") {
        return Err(Error::File {
            option: "sslkey",
            path: key.to_owned(),
            reason: "has a password".to_owned(),
            hint: "write the key without one: `openssl pkey -in KEY -out FILE`".to_owned(),
        });
    }
    let parsed = match PrivateKeyDer::from_pem_slice(&bytes) {
        Ok(parsed) => Ok(parsed),
        Err(_) => PrivateKeyDer::try_from(bytes),
    };
    let parsed = parsed.map_err(|_| broken("sslkey", key, "holds no private key"))?;
    let signer = provider
        .key_provider
        .load_private_key(parsed)
        .map_err(|_| broken("sslkey", key, "holds no key of a kind that is known"))?;
    let certified = CertifiedKey::new(chain, signer);
    match certified.keys_match() {
        Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::KeyMismatch)) => {
            Err(Error::File {
                option: "sslkey",
                path: key.to_owned(),
                reason: format!("is not the key of {}", certificate.display()),
                hint: "name the key that the certificate was made with".to_owned(),
            })
        }
        _ => Ok(certified),
    }
}

fn certificates(option: &'static str, file: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let bytes = read(option, file)?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(broken(option, file, "holds no certificate")),
    }
}

fn read(option: &'static str, file: &Path) -> Result<Vec<u8>, Error> {
    fs::read(file).map_err(|error| Error::File {
        option,
        path: file.to_owned(),
        reason: match error.kind() {
            io::ErrorKind::NotFound => "does not exist".to_owned(),
            kind => format!("cannot be read: {kind}"),
        },
        hint: "check the path and its permissions".to_owned(),
    })
}

fn broken(option: &'static str, file: &Path, reason: &str) -> Error {
    Error::File {
        option,
        path: file.to_owned(),
        reason: reason.to_owned(),
        hint: "it is a file in the format PEM, with lines as `-----BEGIN …-----`".to_owned(),
    }
}

/// A key is its owner's alone; one that belongs to the system may be read by its group.
#[cfg(unix)]
fn check_permissions(key: &Path) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt;

    let Ok(about) = fs::metadata(key) else {
        return Ok(());
    };
    let closed = if about.uid() == 0 { 0o037 } else { 0o077 };
    if about.mode() & closed == 0 {
        return Ok(());
    }
    Err(Error::File {
        option: "sslkey",
        path: key.to_owned(),
        reason: "others may read".to_owned(),
        hint: format!("`chmod 600 {}`", key.display()),
    })
}

#[cfg(not(unix))]
fn check_permissions(_: &Path) -> Result<(), Error> {
    Ok(())
}
