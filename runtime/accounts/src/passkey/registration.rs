//! A passkey that is made.

use serde::Deserialize;

use super::authenticator_data::AuthenticatorData;
use super::cbor::Cbor;
use super::{Base64Url, Challenge, PasskeyError, RelyingParty, client_data, cose};

/// No statement is as long.
const MAX_BYTES: usize = 64 * 1024;
/// How a browser reaches the device: `internal`, `hybrid`, `usb` and a few others.
const MAX_TRANSPORTS: usize = 8;

/// What a browser answers to [`CreationOptions`](super::CreationOptions): `PublicKeyCredential.toJSON()`.
#[derive(Debug, Clone, Deserialize)]
pub struct RegistrationResponse {
    id: Base64Url,
    #[serde(rename = "type")]
    kind: String,
    response: Attestation,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attestation {
    #[serde(rename = "clientDataJSON")]
    client_data: Base64Url,
    attestation_object: Base64Url,
    #[serde(default)]
    transports: Vec<String>,
}

/// What is stored of a passkey. No other account may have one of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub id: Vec<u8>,
    /// As COSE writes it.
    pub public_key: Vec<u8>,
    /// How often it has signed, or 0 if it does not count.
    pub counter: u32,
    /// Whether it can be on several devices of its owner.
    pub is_backup_eligible: bool,
    /// Whether it is.
    pub is_backed_up: bool,
    /// Whether the device knew who held it.
    pub is_verified: bool,
    /// How browsers reach it, as they say.
    pub transports: Vec<String>,
    /// The make of the device, or zeros.
    pub aaguid: [u8; 16],
}

impl RelyingParty {
    /// Verifies a passkey that was made for a challenge, which is then to be forgotten.
    pub fn register(
        &self,
        response: &RegistrationResponse,
        challenge: &Challenge,
    ) -> Result<Credential, PasskeyError> {
        let RegistrationResponse { id, kind, response } = response;
        check_kind(kind)?;
        client_data::check(&response.client_data.0, "webauthn.create", challenge, self)?;
        let part = "attestation object";
        let malformed = |reason| PasskeyError::Malformed { part, reason };
        let object = &response.attestation_object.0;
        if object.len() > MAX_BYTES {
            return Err(malformed("it is too long"));
        }
        let object = Cbor::read(object, part)?;
        let (Some(Cbor::Text(_)), Some(Cbor::Map(_))) =
            (object.by_name("fmt"), object.by_name("attStmt"))
        else {
            return Err(malformed("it has no statement"));
        };
        let data = object.by_name("authData").and_then(Cbor::bytes);
        let data = AuthenticatorData::read(data.ok_or_else(|| malformed("it has no data"))?)?;
        data.check(self)?;
        let credential = data.credential.as_ref();
        let credential = credential.ok_or_else(|| malformed("it has no passkey"))?;
        if credential.id != id.0 {
            return Err(PasskeyError::Credential);
        }
        cose::read(&credential.key)?;
        Ok(Credential {
            id: id.0.clone(),
            public_key: credential.key_bytes.to_vec(),
            counter: data.counter,
            is_backup_eligible: data.is_backup_eligible(),
            is_backed_up: data.is_backed_up(),
            is_verified: data.is_verified(),
            transports: transports(&response.transports),
            aaguid: credential.aaguid,
        })
    }
}

/// Checks that it is a passkey, and no other kind of credential.
pub(super) fn check_kind(kind: &str) -> Result<(), PasskeyError> {
    match kind {
        "public-key" => Ok(()),
        _ => Err(PasskeyError::Type {
            sent: kind.to_owned(),
            expected: "public-key",
        }),
    }
}

/// Those that could be names, since they are given back to browsers.
fn transports(sent: &[String]) -> Vec<String> {
    let is_name = |text: &&String| {
        let is_sign = |sign: u8| sign.is_ascii_lowercase() || sign == b'-';
        (1..=20).contains(&text.len()) && text.bytes().all(is_sign)
    };
    let names = sent.iter().filter(is_name).cloned();
    names.take(MAX_TRANSPORTS).collect()
}
