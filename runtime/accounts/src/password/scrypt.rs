//! scrypt: Django, better-auth.

use scrypt::Params;
use subtle::ConstantTimeEq;

use super::HashError;
use super::fields::{base64, hexadecimal, number, parted};

/// How much memory a hash may ask for, in bytes.
const MAX_MEMORY: u64 = 256 << 20;
/// How much memory it may fill, all parts together, in bytes.
const MAX_FILLED: u64 = 1 << 30;

/// A hash of scrypt.
pub(super) struct ScryptHash {
    params: Params,
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl ScryptHash {
    /// Reads Django's `scrypt$16384$salt$8$5$OUTPUT`, whose salt is taken as it stands.
    pub(super) fn parse_django(text: &str) -> Result<Self, HashError> {
        let [_, n, salt, r, p, output] = parted(text, '$').ok_or_else(malformed)?;
        let (Some(n), Some(r), Some(p)) = (number(n), number(r), number(p)) else {
            return Err(malformed());
        };
        let output = base64(output).filter(|output| output.len() == 64);
        Ok(Self {
            params: params(n, r, p)?,
            salt: salt.as_bytes().to_vec(),
            output: output.ok_or_else(malformed)?,
        })
    }

    /// Reads better-auth's `SALT:OUTPUT`, which states no cost, and whose salt is its hexadecimal digits.
    pub(super) fn parse_better_auth(text: &str) -> Option<Self> {
        let (salt, output) = text.split_once(':')?;
        let salt_bytes = hexadecimal(salt)?;
        let output = hexadecimal(output)?;
        (salt_bytes.len() == 16 && output.len() == 64).then_some(())?;
        Some(Self {
            params: params(16_384, 16, 1).ok()?,
            salt: salt.as_bytes().to_vec(),
            output,
        })
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let mut output = vec![0; self.output.len()];
        let derived = scrypt::scrypt(password, &self.salt, &self.params, &mut output);
        derived.is_ok() && output.ct_eq(&self.output).into()
    }
}

/// The cost, if it is one that a log-in may have.
fn params(n: u64, r: u64, p: u64) -> Result<Params, HashError> {
    let memory = n.saturating_mul(r).saturating_mul(128);
    if memory > MAX_MEMORY || memory.saturating_mul(p) > MAX_FILLED {
        return Err(HashError::TooCostly {
            kind: "scrypt",
            stated: format!("N={n}, r={r}, p={p}"),
        });
    }
    if n < 2 || !n.is_power_of_two() {
        return Err(malformed());
    }
    let small = |value: u64| u32::try_from(value).map_err(|_| malformed());
    // The power of a number of 64 bits is one of eight.
    let log_n = n.trailing_zeros() as u8;
    Params::new(log_n, small(r)?, small(p)?).map_err(|_| malformed())
}

fn malformed() -> HashError {
    HashError::Malformed { kind: "scrypt" }
}
