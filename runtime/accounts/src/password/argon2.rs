//! Argon2: what is made anew, and what Django, Phoenix and Laravel have made.

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64_NOPAD;
use subtle::ConstantTimeEq;

use super::fields::{base64_unpadded, number, parted};
use super::{Argon2Cost, HashError, Verified, nfkc};
use crate::random;

const SALT_BYTES: usize = 16;
const OUTPUT_BYTES: usize = 32;

/// How much memory a hash may ask for, in KiB.
const MAX_MEMORY: u64 = 256 * 1024;
/// How much memory it may fill, all iterations together, in KiB.
const MAX_FILLED: u64 = 1024 * 1024;
const MAX_LANES: u64 = 64;

/// A hash of Argon2.
pub(super) struct Argon2Hash {
    algorithm: Algorithm,
    version: Version,
    cost: Argon2Cost,
    salt: Vec<u8>,
    output: Vec<u8>,
}

/// Makes a hash: `$argon2id$v=19$m=19456,t=2,p=1$…$…`.
pub(super) fn hash(password: &[u8], cost: Argon2Cost) -> Result<String, HashError> {
    let salt: [u8; SALT_BYTES] = random::bytes();
    let mut output = [0; OUTPUT_BYTES];
    let hash = Argon2Hash {
        algorithm: Algorithm::Argon2id,
        version: Version::V0x13,
        cost,
        salt: salt.to_vec(),
        output: Vec::new(),
    };
    hash.derive(password, &mut output)?;
    let (salt, output) = (BASE64_NOPAD.encode(&salt), BASE64_NOPAD.encode(&output));
    Ok(format!("$argon2id$v=19${cost}${salt}${output}"))
}

impl Argon2Hash {
    /// Reads `argon2id$v=19$m=19456,t=2,p=1$SALT$OUTPUT`. The first versions do not state theirs.
    pub(super) fn parse(text: &str) -> Result<Self, HashError> {
        let malformed = HashError::Malformed { kind: "argon2" };
        let (version, fields) = match parted::<5>(text, '$') {
            Some([name, "v=19", cost, salt, output]) => (0x13, [name, cost, salt, output]),
            Some([name, "v=16", cost, salt, output]) => (0x10, [name, cost, salt, output]),
            Some(_) => return Err(malformed),
            None => (0x10, parted(text, '$').ok_or(malformed.clone())?),
        };
        let [name, cost, salt, output] = fields;
        let algorithm = match name {
            "argon2id" => Algorithm::Argon2id,
            "argon2i" => Algorithm::Argon2i,
            "argon2d" => Algorithm::Argon2d,
            _ => return Err(malformed),
        };
        let version = Version::try_from(version).map_err(|_| malformed.clone())?;
        let cost = parse_cost(cost)?;
        let salt = base64_unpadded(salt).filter(|salt| (8..=64).contains(&salt.len()));
        let output = base64_unpadded(output).filter(|output| (12..=128).contains(&output.len()));
        match (salt, output) {
            (Some(salt), Some(output)) => Ok(Self {
                algorithm,
                version,
                cost,
                salt,
                output,
            }),
            _ => Err(malformed),
        }
    }

    /// Others hash a password as it was typed: what is normalised is tried first, then what is not.
    pub(super) fn verify(&self, password: &str, wanted: Argon2Cost) -> Result<Verified, HashError> {
        let normalised = nfkc(password);
        if self.matches(normalised.as_bytes())? {
            return Ok(match self.is_current(wanted) {
                true => Verified::Yes,
                false => Verified::Outdated,
            });
        }
        match normalised != password && self.matches(password.as_bytes())? {
            true => Ok(Verified::Outdated),
            false => Ok(Verified::No),
        }
    }

    fn is_current(&self, wanted: Argon2Cost) -> bool {
        self.algorithm == Algorithm::Argon2id
            && self.version == Version::V0x13
            && self.cost == wanted
            && self.salt.len() >= SALT_BYTES
            && self.output.len() >= OUTPUT_BYTES
    }

    fn matches(&self, password: &[u8]) -> Result<bool, HashError> {
        let mut output = vec![0; self.output.len()];
        self.derive(password, &mut output)?;
        Ok(output.ct_eq(&self.output).into())
    }

    fn derive(&self, password: &[u8], output: &mut [u8]) -> Result<(), HashError> {
        let Argon2Cost {
            memory,
            iterations,
            lanes,
        } = self.cost;
        let params = Params::new(memory, iterations, lanes, Some(output.len()));
        let params = params.map_err(|_| HashError::Settings {
            stated: self.cost.to_string(),
        })?;
        let argon2 = Argon2::new(self.algorithm, self.version, params);
        let derived = argon2.hash_password_into(password, &self.salt, output);
        derived.map_err(|_| HashError::OutOfMemory)
    }
}

/// Reads `m=19456,t=2,p=1`, and refuses what would take the machine away from all others.
fn parse_cost(text: &str) -> Result<Argon2Cost, HashError> {
    let malformed = HashError::Malformed { kind: "argon2" };
    let [memory, iterations, lanes] = parted(text, ',').ok_or(malformed.clone())?;
    let value = |field: &str, name: &str| field.strip_prefix(name).and_then(number);
    let (Some(memory), Some(iterations), Some(lanes)) = (
        value(memory, "m="),
        value(iterations, "t="),
        value(lanes, "p="),
    ) else {
        return Err(malformed);
    };
    let filled = memory.saturating_mul(iterations);
    if memory > MAX_MEMORY || filled > MAX_FILLED || lanes > MAX_LANES {
        return Err(HashError::TooCostly {
            kind: "argon2",
            stated: text.to_owned(),
        });
    }
    let small = |value: u64| u32::try_from(value).map_err(|_| malformed.clone());
    let (memory, iterations, lanes) = (small(memory)?, small(iterations)?, small(lanes)?);
    if Params::new(memory, iterations, lanes, None).is_err() {
        return Err(malformed);
    }
    Ok(Argon2Cost {
        memory,
        iterations,
        lanes,
    })
}
