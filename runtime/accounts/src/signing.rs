//! Values that an application signs, sends, and knows again: links that sign in, confirm an address or set a password
//! anew.
//!
//! Whoever has one can read it: nothing secret belongs into it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use data_encoding::{BASE64URL_NOPAD, Encoding};
use ring::hmac;
use subtle::ConstantTimeEq;

use crate::secret_key::SecretKeys;

const BASE64: Encoding = BASE64URL_NOPAD;
/// How far the clocks of two servers may be apart.
const SKEW: u64 = 30;
/// How long a signed value may be, in bytes: it is a part of a link.
const MAX_LENGTH: usize = 4096;
/// How much of the state's digest is in the value.
const STATE_BYTES: usize = 16;

/// What something is signed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose {
    name: &'static str,
}

impl Purpose {
    /// A name of small letters, digits and hyphens, such as `password-reset`. With any other, a constant does not compile.
    pub const fn new(name: &'static str) -> Self {
        let mut rest = name.as_bytes();
        assert!(!rest.is_empty(), "a purpose has a name");
        while let [sign, after @ ..] = rest {
            assert!(
                sign.is_ascii_lowercase() || sign.is_ascii_digit() || *sign == b'-',
                "the name of a purpose is small letters, digits and hyphens"
            );
            rest = after;
        }
        Self { name }
    }
}

/// Why a value is not accepted. It is for the log: a stranger is told that the link is no longer good, whichever it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    #[error("it has not the form of a signed value")]
    Malformed,
    #[error("it was changed, or signed with a key that is no longer accepted")]
    Tampered,
    #[error("it was signed for another purpose")]
    ForeignPurpose,
    #[error("it expired {seconds} s ago")]
    Expired { seconds: u64 },
    #[error("what it depends upon has changed: it was used already, or is overtaken")]
    Used,
}

/// A value whose signature, purpose and time are good, and of whose state nothing is known yet.
#[derive(Debug, Clone)]
pub struct Opened {
    payload: String,
    state_tag: Vec<u8>,
    /// The one that has signed, with which the tag is made anew.
    key: SigningKey,
}

impl SecretKeys {
    /// Signs a value for a purpose and a time: `password-reset.1A2b.….….…`.
    ///
    /// The state is what makes it good for once: whatever changes when it is used, such as the hash of the password and
    /// the time of the last log-in. What does not depend upon any has none. What is said is short, since it stands in a
    /// link: more than 2,500 bytes are not opened again.
    pub fn sign(
        &self,
        purpose: Purpose,
        payload: &str,
        expires: SystemTime,
        state: &[&[u8]],
    ) -> String {
        let key = SigningKey(self.signing(purpose.name));
        let tag = BASE64.encode(&key.state_tag(state));
        let expires = BASE64.encode(&seconds(expires).to_be_bytes());
        let payload = BASE64.encode(payload.as_bytes());
        let signed = format!("{}.{expires}.{tag}.{payload}", purpose.name);
        let signature = BASE64.encode(hmac::sign(&key.0, signed.as_bytes()).as_ref());
        format!("{signed}.{signature}")
    }

    /// Opens what is bound to a state: what it says leads to the account whose state it is, and
    /// [`confirm`](Opened::confirm) then says whether it is still good.
    pub fn open(
        &self,
        purpose: Purpose,
        text: &str,
        now: SystemTime,
    ) -> Result<Opened, SignatureError> {
        let parts = Parts::read(text).ok_or(SignatureError::Malformed)?;
        let signers = self.accepted(parts.purpose).map(SigningKey);
        let mut signers = signers.filter(|key| key.has_signed(&parts));
        let key = signers.next().ok_or(SignatureError::Tampered)?;
        if parts.purpose != purpose.name {
            return Err(SignatureError::ForeignPurpose);
        }
        let over = seconds(now).saturating_sub(parts.expires);
        if over > SKEW {
            return Err(SignatureError::Expired { seconds: over });
        }
        Ok(Opened {
            payload: parts.payload,
            state_tag: parts.state_tag,
            key,
        })
    }

    /// What a value says that is bound to this state.
    pub fn verify(
        &self,
        purpose: Purpose,
        text: &str,
        now: SystemTime,
        state: &[&[u8]],
    ) -> Result<String, SignatureError> {
        self.open(purpose, text, now)?.confirm(state)
    }
}

impl Opened {
    /// Whose state is to be looked up. It is not yet proved that the value is still good.
    pub fn unconfirmed(&self) -> &str {
        &self.payload
    }

    /// What the value says, if the state is still the one that it was signed with.
    pub fn confirm(self, state: &[&[u8]]) -> Result<String, SignatureError> {
        let tag = self.key.state_tag(state);
        match self.state_tag.ct_eq(&tag).into() {
            true => Ok(self.payload),
            false => Err(SignatureError::Used),
        }
    }
}

/// A key for one purpose.
#[derive(Debug, Clone)]
struct SigningKey(hmac::Key);

impl SigningKey {
    fn has_signed(&self, parts: &Parts<'_>) -> bool {
        hmac::verify(&self.0, parts.signed.as_bytes(), &parts.signature).is_ok()
    }

    /// Tells one state from another, and nothing of either. Each part is preceded by its length: `ab`, `c` is not `a`, `bc`.
    fn state_tag(&self, state: &[&[u8]]) -> [u8; STATE_BYTES] {
        let mut context = hmac::Context::with_key(&self.0);
        // What is signed begins with the name of a purpose.
        context.update(b"\0state");
        for part in state {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut tag = [0; STATE_BYTES];
        tag.copy_from_slice(&context.sign().as_ref()[..STATE_BYTES]);
        tag
    }
}

/// The parts of a value that was sent: `purpose.expires.state.payload.signature`.
struct Parts<'t> {
    /// All but the signature.
    signed: &'t str,
    purpose: &'t str,
    /// In seconds since 1970.
    expires: u64,
    state_tag: Vec<u8>,
    payload: String,
    signature: Vec<u8>,
}

impl<'t> Parts<'t> {
    fn read(text: &'t str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let mut fields = signed.split('.');
        let [purpose, expires, state_tag, payload] = [(); 4].map(|()| fields.next());
        if fields.next().is_some() {
            return None;
        }
        let bytes = |field: Option<&str>| BASE64.decode(field?.as_bytes()).ok();
        Some(Self {
            signed,
            purpose: purpose?,
            expires: u64::from_be_bytes(bytes(expires)?.try_into().ok()?),
            state_tag: bytes(state_tag)?,
            payload: String::from_utf8(bytes(payload)?).ok()?,
            signature: bytes(Some(signature))?,
        })
    }
}

/// Since 1970; what was before is then.
fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    since.as_secs()
}

#[cfg(test)]
mod tests;
