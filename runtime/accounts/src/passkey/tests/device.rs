//! A device of the tests, which signs by keys of ring's, and its browser.

use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::json;

use super::*;

/// A passkey of the tests.
pub(super) struct Device {
    pub(super) key: Key,
    pub(super) flags: u8,
    pub(super) counter: u32,
    pub(super) party: &'static str,
}

pub(super) enum Key {
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// Present, verified, can be backed up, is.
pub(super) const FLAGS: u8 = 0x1d;
pub(super) const ID: &[u8] = b"passkey";

impl Device {
    pub(super) fn p256() -> Self {
        let random = SystemRandom::new();
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random);
        Self::with(Key::P256(key.unwrap()))
    }

    pub(super) fn ed25519() -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::with(Key::Ed25519(
            Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap(),
        ))
    }

    pub(super) fn with(key: Key) -> Self {
        Self {
            key,
            flags: FLAGS,
            counter: 0,
            party: "example.org",
        }
    }

    pub(super) fn cose(&self) -> Vec<u8> {
        match &self.key {
            Key::P256(key) => {
                let (x, y) = key.public_key().as_ref()[1..].split_at(32);
                [
                    &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..],
                    x,
                    &[0x22, 0x58, 32],
                    y,
                ]
                .concat()
            }
            Key::Ed25519(key) => {
                let x = key.public_key().as_ref();
                [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32][..], x].concat()
            }
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.key {
            Key::P256(key) => key
                .sign(&SystemRandom::new(), message)
                .unwrap()
                .as_ref()
                .to_vec(),
            Key::Ed25519(key) => key.sign(message).as_ref().to_vec(),
        }
    }

    pub(super) fn data(&self) -> Vec<u8> {
        let digest = digest(&SHA256, self.party.as_bytes());
        [digest.as_ref(), &[self.flags], &self.counter.to_be_bytes()].concat()
    }

    pub(super) fn attested(&self) -> Vec<u8> {
        let mut data = self.data();
        data[32] |= 0x40;
        [&data[..], &[7; 16], &[0, ID.len() as u8], ID, &self.cose()].concat()
    }

    pub(super) fn credential(&self) -> Credential {
        register(&client("webauthn.create"), &object(&self.attested())).unwrap()
    }

    pub(super) fn authenticate(
        &self,
        credential: &Credential,
    ) -> Result<Authenticated, PasskeyError> {
        self.answer(&client("webauthn.get"), &self.data(), credential)
    }

    pub(super) fn answer(
        &self,
        client: &str,
        data: &[u8],
        credential: &Credential,
    ) -> Result<Authenticated, PasskeyError> {
        let client_digest = digest(&SHA256, client.as_bytes());
        let signature = self.sign(&[data, client_digest.as_ref()].concat());
        authenticate(client, data, &signature, credential)
    }
}

pub(super) fn challenge() -> Challenge {
    Challenge::parse(&BASE64URL_NOPAD.encode(&[9; 32])).unwrap()
}

pub(super) fn owner() -> UserHandle {
    UserHandle::from_bytes(b"mary").unwrap()
}

pub(super) fn client(kind: &str) -> String {
    let challenge = challenge().to_text();
    json!({"type": kind, "challenge": challenge, "origin": "https://example.org", "crossOrigin": false}).to_string()
}

/// `{"fmt": "none", "attStmt": {}, "authData": …}`
pub(super) fn object(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap().to_be_bytes();
    [
        &b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59"[..],
        &length,
        data,
    ]
    .concat()
}

pub(super) fn register(client: &str, object: &[u8]) -> Result<Credential, PasskeyError> {
    let answer = json!({
        "id": BASE64URL_NOPAD.encode(ID),
        "type": "public-key",
        "response": {
            "clientDataJSON": BASE64URL_NOPAD.encode(client.as_bytes()),
            "attestationObject": BASE64URL_NOPAD.encode(object),
        },
    });
    let response = serde_json::from_value(answer).unwrap();
    party(UserVerification::Required).register(&response, &challenge())
}

pub(super) fn authenticate(
    client: &str,
    data: &[u8],
    signature: &[u8],
    credential: &Credential,
) -> Result<Authenticated, PasskeyError> {
    let answer = json!({
        "id": BASE64URL_NOPAD.encode(ID),
        "type": "public-key",
        "response": {
            "clientDataJSON": BASE64URL_NOPAD.encode(client.as_bytes()),
            "authenticatorData": BASE64URL_NOPAD.encode(data),
            "signature": BASE64URL_NOPAD.encode(signature),
            "userHandle": BASE64URL_NOPAD.encode(b"mary"),
        },
    });
    let response = serde_json::from_value(answer).unwrap();
    party(UserVerification::Required).authenticate(&response, &challenge(), credential, &owner())
}

pub(super) fn party(user_verification: UserVerification) -> RelyingParty {
    let origins = vec!["https://example.org".to_owned()];
    RelyingParty::new("example.org", "Shop", origins, user_verification).unwrap()
}
