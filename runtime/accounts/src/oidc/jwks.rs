//! The keys of a provider.

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde_json::Value;

use super::DiscoveryError;
use crate::public_key::PublicKey;

const DOCUMENT: &str = "key set";
const MAX_BYTES: usize = 256 * 1024;
/// No provider has as many.
const MAX_KEYS: usize = 100;

/// The keys of a provider that sign what it says.
#[derive(Debug, Clone)]
pub struct Jwks(Vec<Jwk>);

/// A key with its name and what it is for.
#[derive(Debug, Clone)]
pub(super) struct Jwk {
    pub(super) id: Option<String>,
    /// `RS256`
    pub(super) algorithm: &'static str,
    pub(super) key: PublicKey,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

/// A key as it is written.
#[derive(Deserialize)]
struct Written {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default, rename = "use")]
    purpose: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
    #[serde(default)]
    x: Option<String>,
    #[serde(default)]
    y: Option<String>,
}

impl Jwks {
    /// Reads what was fetched. Keys of other kinds and for other purposes are left out.
    pub fn read(json: &[u8]) -> Result<Self, DiscoveryError> {
        if json.len() > MAX_BYTES {
            return Err(DiscoveryError::TooLong {
                document: DOCUMENT,
                max: MAX_BYTES,
            });
        }
        let document: Document =
            serde_json::from_slice(json).map_err(|error| DiscoveryError::Malformed {
                document: DOCUMENT,
                reason: error.to_string(),
            })?;
        let written = document.keys.into_iter().take(MAX_KEYS);
        let written = written.filter_map(|key| serde_json::from_value::<Written>(key).ok());
        Ok(Self(written.filter_map(|key| key.read()).collect()))
    }

    /// The keys that may have signed by an algorithm. A token that names none may be by any of them.
    pub(super) fn find(&self, algorithm: &str, id: Option<&str>) -> impl Iterator<Item = &Jwk> {
        let keys = self.0.iter().filter(move |key| key.algorithm == algorithm);
        keys.filter(move |key| id.is_none() || key.id.as_deref() == id)
    }
}

impl Written {
    fn read(self) -> Option<Jwk> {
        let bytes =
            |field: &Option<String>| BASE64URL_NOPAD.decode(field.as_ref()?.as_bytes()).ok();
        let (algorithm, key) = match (&*self.kty, self.crv.as_deref()) {
            ("RSA", _) => ("RS256", PublicKey::rsa(&bytes(&self.n)?, &bytes(&self.e)?)?),
            ("EC", Some("P-256")) => (
                "ES256",
                PublicKey::p256(&bytes(&self.x)?, &bytes(&self.y)?)?,
            ),
            ("OKP", Some("Ed25519")) => ("EdDSA", PublicKey::ed25519(&bytes(&self.x)?)?),
            _ => return None,
        };
        let signs = self.purpose.is_none_or(|purpose| purpose == "sig");
        // The name of 2025 for the same.
        let is_other =
            |alg: String| alg != algorithm && !(alg == "Ed25519" && algorithm == "EdDSA");
        let is_other = self.alg.is_some_and(is_other);
        (signs && !is_other).then_some(Jwk {
            id: self.kid,
            algorithm,
            key,
        })
    }
}
