//! A JSON Web Token, and whether a provider has signed it.

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use super::{IdTokenError, Jwks};
use crate::public_key::EcdsaForm;

/// Providers that say which groups somebody is in say much.
const MAX_BYTES: usize = 64 * 1024;

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// What must be understood. Nothing of it is.
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

/// The payload of a token that one of the keys has signed.
pub(super) fn verified(token: &str, keys: &Jwks) -> Result<Vec<u8>, IdTokenError> {
    let malformed = |reason| IdTokenError::Malformed { reason };
    if token.len() > MAX_BYTES {
        return Err(malformed("it is too long"));
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(malformed("it has no parts"))?;
    let (header, payload) = signed.split_once('.').ok_or(malformed("it has no parts"))?;
    let bytes = |part: &str| {
        let bytes = BASE64URL_NOPAD.decode(part.as_bytes());
        bytes.map_err(|_| malformed("a part is no base64url"))
    };
    let (header, payload, signature) = (bytes(header)?, bytes(payload)?, bytes(signature)?);
    let header: Header =
        serde_json::from_slice(&header).map_err(|_| malformed("its header is not JSON"))?;
    if header.crit.is_some() {
        return Err(malformed("its header asks for what is not understood"));
    }
    let algorithm = match &*header.alg {
        "Ed25519" => "EdDSA",
        known @ ("RS256" | "ES256" | "EdDSA") => known,
        _ => {
            return Err(IdTokenError::Algorithm {
                algorithm: header.alg,
            });
        }
    };
    let mut candidates = keys.find(algorithm, header.kid.as_deref()).peekable();
    if candidates.peek().is_none() {
        return Err(IdTokenError::UnknownKey);
    }
    let has_signed = |key: &super::jwks::Jwk| {
        key.key
            .verifies(signed.as_bytes(), &signature, EcdsaForm::Fixed)
    };
    match candidates.any(has_signed) {
        true => Ok(payload),
        false => Err(IdTokenError::Signature),
    }
}
