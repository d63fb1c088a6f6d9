//! The test vectors of the standard.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde_json::json;

use super::device::party;
use super::*;

const VECTORS: &str = include_str!("vectors.txt");

/// A passkey of the standard: what is answered when it is made, and when it signs in.
struct Vector {
    name: &'static str,
    lines: Vec<(&'static str, Vec<u8>)>,
}

impl Vector {
    fn all() -> Vec<Self> {
        let blocks = VECTORS.split("\n\n").skip(1);
        let of = |block: &'static str| {
            let (name, lines) = block.split_once('\n').unwrap();
            let lines = lines.lines().map(|line| {
                let (name, hex) = line.split_once(' ').unwrap();
                (name, HEXLOWER.decode(hex.as_bytes()).unwrap())
            });
            Self {
                name,
                lines: lines.collect(),
            }
        };
        blocks.map(of).collect()
    }

    fn named(name: &str) -> Self {
        let mut all = Self::all().into_iter();
        all.find(|vector| vector.name == name).unwrap()
    }

    /// The first or second line of a name, as base64url.
    fn get(&self, name: &str, index: usize) -> String {
        let mut lines = self.lines.iter().filter(|(of, _)| *of == name);
        BASE64URL_NOPAD.encode(&lines.nth(index).unwrap().1)
    }

    fn register(&self, party: &RelyingParty) -> Result<Credential, PasskeyError> {
        let answer = json!({
            "id": self.get("credential", 0),
            "rawId": self.get("credential", 0),
            "type": "public-key",
            "response": {
                "clientDataJSON": self.get("client_data", 0),
                "attestationObject": self.get("attestation", 0),
                "transports": ["internal", "hybrid"],
            },
            "clientExtensionResults": {},
        });
        let response = serde_json::from_value(answer).unwrap();
        let challenge = Challenge::parse(&self.get("challenge", 0)).unwrap();
        party.register(&response, &challenge)
    }

    fn authenticate(
        &self,
        party: &RelyingParty,
        credential: &Credential,
    ) -> Result<Authenticated, PasskeyError> {
        let answer = json!({
            "id": self.get("credential", 0),
            "type": "public-key",
            "response": {
                "clientDataJSON": self.get("client_data", 1),
                "authenticatorData": self.get("authenticator_data", 0),
                "signature": self.get("signature", 0),
                "userHandle": null,
            },
        });
        let response = serde_json::from_value(answer).unwrap();
        let challenge = Challenge::parse(&self.get("challenge", 1)).unwrap();
        party.authenticate(&response, &challenge, credential, &UserHandle::generate())
    }
}

#[test]
fn the_vectors_of_the_standard() {
    let party = party(UserVerification::Preferred);
    let mut count = 0;
    for vector in Vector::all() {
        let name = vector.name;
        let registered = vector.register(&party);
        let refused = match name {
            "none-es256-crossOrigin" | "none-es256-topOrigin" => Some(PasskeyError::CrossOrigin),
            "packed-es384" => Some(PasskeyError::Algorithm { algorithm: -35 }),
            "packed-es512" => Some(PasskeyError::Algorithm { algorithm: -36 }),
            "packed-ed448" => Some(PasskeyError::Algorithm { algorithm: -53 }),
            _ => None,
        };
        count += 1;
        if let Some(refused) = refused {
            assert_eq!(registered, Err(refused), "{name}");
            continue;
        }
        let credential = registered.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            BASE64URL_NOPAD.encode(&credential.id),
            vector.get("credential", 0)
        );
        assert_eq!(credential.transports, ["internal", "hybrid"]);
        let authenticated = vector.authenticate(&party, &credential);
        assert!(authenticated.is_ok(), "{name}: {authenticated:?}");
        // A passkey of another vector has not signed.
        let mut other = credential.clone();
        other.public_key = Vector::named("apple-es256")
            .register(&party)
            .unwrap()
            .public_key;
        if name != "apple-es256" {
            assert_eq!(
                vector.authenticate(&party, &other),
                Err(PasskeyError::Signature),
                "{name}"
            );
        }
    }
    assert_eq!(count, 15);
}

#[test]
fn the_flags_of_a_vector() {
    let vector = Vector::named("none-es256");
    let credential = vector
        .register(&party(UserVerification::Preferred))
        .unwrap();
    assert!(credential.is_backup_eligible && credential.is_backed_up && !credential.is_verified);
    assert_eq!(
        vector.register(&party(UserVerification::Required)),
        Err(PasskeyError::NotVerified)
    );
    assert_eq!(
        HEXLOWER.encode(&credential.aaguid),
        "8446ccb9ab1db374750b2367ff6f3a1f"
    );
}
