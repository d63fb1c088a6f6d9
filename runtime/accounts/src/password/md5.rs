//! Django's `md5$salt$digest`, of its tests and of very old databases.

use md5::{Digest, Md5};
use subtle::ConstantTimeEq;

use super::HashError;
use super::fields::{hexadecimal, parted};

/// A salted MD5.
pub(super) struct Md5Hash {
    salt: String,
    output: Vec<u8>,
}

impl Md5Hash {
    /// Reads `md5$salt$DIGEST`.
    pub(super) fn parse(text: &str) -> Result<Self, HashError> {
        let malformed = HashError::Malformed { kind: "md5" };
        let [_, salt, output] = parted(text, '$').ok_or(malformed.clone())?;
        let output = hexadecimal(output).filter(|output| output.len() == 16);
        Ok(Self {
            salt: salt.to_owned(),
            output: output.ok_or(malformed)?,
        })
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let digest = Md5::new_with_prefix(&self.salt).chain_update(password);
        digest.finalize().as_slice().ct_eq(&self.output).into()
    }
}
