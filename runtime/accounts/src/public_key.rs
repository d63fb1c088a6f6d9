//! Public keys of the algorithms that passkeys and identity providers sign with.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};

/// A public key. Whether it is one at all shows when it verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PublicKey {
    /// ES256: a point of P-256, uncompressed.
    P256(Vec<u8>),
    /// EdDSA.
    Ed25519(Vec<u8>),
    /// RS256: the modulus and the exponent.
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

/// How the two numbers of a signature of ES256 are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EcdsaForm {
    /// As passkeys do.
    Asn1,
    /// One behind the other, as tokens do.
    Fixed,
}

impl PublicKey {
    /// Takes the coordinates of a point of P-256; `None` if they are not of its length.
    pub(crate) fn p256(x: &[u8], y: &[u8]) -> Option<Self> {
        (x.len() == 32 && y.len() == 32).then(|| Self::P256([&[4], x, y].concat()))
    }

    /// Takes a key of Ed25519; `None` if it is not of its length.
    pub(crate) fn ed25519(x: &[u8]) -> Option<Self> {
        (x.len() == 32).then(|| Self::Ed25519(x.to_vec()))
    }

    /// Takes a key of RSA; `None` if it has fewer than 2048 or more than 8192 bits, or a larger exponent than any has.
    pub(crate) fn rsa(n: &[u8], e: &[u8]) -> Option<Self> {
        let plain = |number: &[u8]| {
            let zeros = number.iter().take_while(|byte| **byte == 0).count();
            number[zeros..].to_vec()
        };
        let (n, e) = (plain(n), plain(e));
        let is_sized = (256..=1024).contains(&n.len()) && (1..=4).contains(&e.len());
        is_sized.then_some(Self::Rsa { n, e })
    }

    /// Whether the key has signed the message.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8], form: EcdsaForm) -> bool {
        let verified = match self {
            Self::P256(point) => {
                let algorithm = match form {
                    EcdsaForm::Asn1 => &ECDSA_P256_SHA256_ASN1,
                    EcdsaForm::Fixed => &ECDSA_P256_SHA256_FIXED,
                };
                UnparsedPublicKey::new(algorithm, point).verify(message, signature)
            }
            Self::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature),
            Self::Rsa { n, e } => {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        verified.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let (short, long) = ([1; 31], [1; 33]);
        assert!(PublicKey::p256(&short, &[1; 32]).is_none());
        assert!(PublicKey::p256(&[1; 32], &long).is_none());
        assert!(PublicKey::p256(&[], &[]).is_none());
        assert!(PublicKey::ed25519(&short).is_none());
        assert!(PublicKey::rsa(&[1; 255], &[1, 0, 1]).is_none());
        assert!(PublicKey::rsa(&[1; 1025], &[1, 0, 1]).is_none());
        assert!(PublicKey::rsa(&[1; 256], &[]).is_none());
        assert!(PublicKey::rsa(&[1; 256], &[0, 0]).is_none());
        assert!(PublicKey::rsa(&[0; 1_000_000], &[1]).is_none());
        let padded = [&[0, 0][..], &[1; 256]].concat();
        assert!(PublicKey::rsa(&padded, &[0, 1, 0, 1]).is_some());
    }

    #[test]
    fn keys_that_are_none_verify_nothing() {
        for key in [
            PublicKey::p256(&[0; 32], &[0; 32]).unwrap(),
            PublicKey::p256(&[255; 32], &[255; 32]).unwrap(),
            PublicKey::ed25519(&[255; 32]).unwrap(),
            PublicKey::rsa(&[2; 256], &[2]).unwrap(),
            PublicKey::rsa(&[255; 1024], &[255; 4]).unwrap(),
        ] {
            for signature in [
                &[][..],
                &[0; 64],
                &[0; 256],
                &[0; 1024],
                &[48, 6, 2, 1, 0, 2, 1, 0],
            ] {
                assert!(
                    !key.verifies(b"message", signature, EcdsaForm::Asn1),
                    "{key:?}"
                );
                assert!(
                    !key.verifies(b"message", signature, EcdsaForm::Fixed),
                    "{key:?}"
                );
            }
        }
    }
}
