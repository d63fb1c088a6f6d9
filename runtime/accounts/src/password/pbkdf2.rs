//! PBKDF2: Django, Phoenix, passlib.

use std::num::NonZeroU32;

use ring::pbkdf2;

use super::HashError;
use super::fields::{base64, base64_adapted, number, parted};

/// How many rounds a hash may ask for: some seconds. Django's are at a million, and a fifth more every year.
const MAX_ROUNDS: u64 = 10_000_000;

/// A hash of PBKDF2.
pub(super) struct Pbkdf2Hash {
    algorithm: pbkdf2::Algorithm,
    rounds: NonZeroU32,
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl Pbkdf2Hash {
    /// Reads Django's `pbkdf2_sha256$1000000$salt$OUTPUT`, whose salt is taken as it stands.
    pub(super) fn parse_django(text: &str) -> Result<Self, HashError> {
        let [name, rounds, salt, output] = parted(text, '$').ok_or_else(malformed)?;
        let algorithm = match name {
            "pbkdf2_sha256" => pbkdf2::PBKDF2_HMAC_SHA256,
            "pbkdf2_sha1" => pbkdf2::PBKDF2_HMAC_SHA1,
            _ => return Err(malformed()),
        };
        let salt = salt.as_bytes().to_vec();
        Self::of(algorithm, rounds, Some(salt), base64(output))
    }

    /// Reads Phoenix's `$pbkdf2-sha512$160000$SALT$OUTPUT`.
    pub(super) fn parse_phoenix(text: &str) -> Result<Self, HashError> {
        let ["", name, rounds, salt, output] = parted(text, '$').ok_or_else(malformed)? else {
            return Err(malformed());
        };
        let algorithm = match name {
            "pbkdf2-sha512" => pbkdf2::PBKDF2_HMAC_SHA512,
            "pbkdf2-sha256" => pbkdf2::PBKDF2_HMAC_SHA256,
            _ => return Err(malformed()),
        };
        let (salt, output) = (base64_adapted(salt), base64_adapted(output));
        Self::of(algorithm, rounds, salt, output)
    }

    fn of(
        algorithm: pbkdf2::Algorithm,
        rounds: &str,
        salt: Option<Vec<u8>>,
        output: Option<Vec<u8>>,
    ) -> Result<Self, HashError> {
        let output = output.filter(|output| (16..=64).contains(&output.len()));
        let (Some(rounds), Some(salt), Some(output)) = (number(rounds), salt, output) else {
            return Err(malformed());
        };
        if rounds > MAX_ROUNDS {
            return Err(HashError::TooCostly {
                kind: "pbkdf2",
                stated: format!("{rounds} rounds"),
            });
        }
        let rounds = u32::try_from(rounds).ok().and_then(NonZeroU32::new);
        Ok(Self {
            algorithm,
            rounds: rounds.ok_or_else(malformed)?,
            salt,
            output,
        })
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        // ring compares in constant time.
        pbkdf2::verify(
            self.algorithm,
            self.rounds,
            &self.salt,
            password,
            &self.output,
        )
        .is_ok()
    }
}

fn malformed() -> HashError {
    HashError::Malformed { kind: "pbkdf2" }
}
