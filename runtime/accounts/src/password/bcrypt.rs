//! bcrypt: Rails, Laravel, Phoenix, Supabase, Django.
//!
//! It reads 72 bytes of a password, and no further than the first NUL.

use data_encoding::HEXLOWER;
use ring::digest;
use subtle::ConstantTimeEq;

use super::fields::{base64_bcrypt, number, parted};
use super::{HashError, Pepper, Verified};

/// The logarithm of how often a key may be expanded: some seconds.
const MAX_COST: u64 = 16;
const MIN_COST: u64 = 4;
/// What bcrypt reads.
const MAX_BYTES: usize = 72;

/// A hash of bcrypt.
pub(super) struct BcryptHash {
    cost: u32,
    salt: [u8; 16],
    output: [u8; 23],
    input: Input,
}

/// What was given to bcrypt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// The password, and what was appended to it.
    Plain,
    /// The SHA-256 of the password in hexadecimal digits, as Django's `bcrypt_sha256` does.
    Sha256,
}

impl BcryptHash {
    /// Reads `$2b$12$SALT and OUTPUT`.
    pub(super) fn parse(text: &str, input: Input) -> Result<Self, HashError> {
        let malformed = HashError::Malformed { kind: "bcrypt" };
        // `$2x$` is made by a fault of an old library that no other repeats.
        let Some(["", "2a" | "2b" | "2y", cost, rest]) = parted(text, '$') else {
            return Err(malformed);
        };
        let parts = rest.split_at_checked(22);
        let parts = parts.map(|(salt, output)| (base64_bcrypt(salt), base64_bcrypt(output)));
        let cost = number(cost).filter(|_| cost.len() == 2);
        let (Some((Some(salt), Some(output))), Some(cost @ MIN_COST..)) = (parts, cost) else {
            return Err(malformed);
        };
        match u32::try_from(cost) {
            Ok(small) if cost <= MAX_COST => Ok(Self {
                cost: small,
                salt,
                output,
                input,
            }),
            _ => Err(HashError::TooCostly {
                kind: "bcrypt",
                stated: format!("a cost of {cost}"),
            }),
        }
    }

    /// A longer password is right if what bcrypt read of it is. The rest was never proved: no new hash is made of it.
    pub(super) fn verify(&self, password: &str, pepper: Option<&Pepper>) -> Verified {
        let (is_right, is_whole) = match self.input {
            Input::Plain => {
                let pepper = pepper.map_or("", |pepper| &pepper.0);
                let whole = [password.as_bytes(), pepper.as_bytes()].concat();
                (self.matches(&whole), password.len() <= MAX_BYTES)
            }
            Input::Sha256 => {
                let digest = digest::digest(&digest::SHA256, password.as_bytes());
                let digits = HEXLOWER.encode(digest.as_ref());
                (self.matches(digits.as_bytes()), true)
            }
        };
        match (is_right, is_whole) {
            (false, _) => Verified::No,
            (true, true) => Verified::Outdated,
            (true, false) => Verified::Yes,
        }
    }

    fn matches(&self, password: &[u8]) -> bool {
        let mut input = password[..password.len().min(MAX_BYTES)].to_vec();
        // What follows a NUL would be of no account; nobody types one.
        let has_nul = input.contains(&0);
        if input.len() < MAX_BYTES {
            input.push(0);
        }
        let output = bcrypt::bcrypt(self.cost, self.salt, &input);
        let is_equal: bool = output[..self.output.len()].ct_eq(&self.output).into();
        is_equal && !has_nul
    }
}
