//! The public key of a passkey, as COSE writes it.

use super::PasskeyError;
use super::cbor::Cbor;
use crate::public_key::PublicKey;

/// The algorithms that are offered, the best first.
pub(super) const ALGORITHMS: [i64; 3] = [ED_DSA, ES256, RS256];

const ED_DSA: i64 = -8;
const ES256: i64 = -7;
const RS256: i64 = -257;

/// The labels of a key: its type, its algorithm; by type, its curve and coordinates, or its modulus and exponent.
const KTY: i64 = 1;
const ALG: i64 = 3;
const CRV: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const N: i64 = -1;
const E: i64 = -2;

/// Reads a key. It is of one of the algorithms that are offered.
pub(super) fn read(key: &Cbor<'_>) -> Result<PublicKey, PasskeyError> {
    let malformed = PasskeyError::Malformed {
        part: "public key",
        reason: "it is not what its algorithm asks for",
    };
    let integer = |label| key.by_number(label).and_then(Cbor::integer);
    let bytes = |label| key.by_number(label).and_then(Cbor::bytes);
    let algorithm = integer(ALG).ok_or(malformed.clone())?;
    let read = match (algorithm, integer(KTY), integer(CRV)) {
        (ES256, Some(2), Some(1)) => bytes(X)
            .zip(bytes(Y))
            .and_then(|(x, y)| PublicKey::p256(x, y)),
        (ED_DSA, Some(1), Some(6)) => bytes(X).and_then(PublicKey::ed25519),
        (RS256, Some(3), None) => bytes(N)
            .zip(bytes(E))
            .and_then(|(n, e)| PublicKey::rsa(n, e)),
        (ES256 | ED_DSA | RS256, ..) => None,
        _ => return Err(PasskeyError::Algorithm { algorithm }),
    };
    read.ok_or(malformed)
}
