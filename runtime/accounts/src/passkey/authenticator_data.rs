//! What the authenticator says: for whom it signs, who was there, and, when it registers, with which key.

use ring::digest;

use super::cbor::Cbor;
use super::{PasskeyError, RelyingParty, UserVerification};

/// How long the name of a passkey may be.
pub(super) const MAX_CREDENTIAL_ID: usize = 1023;

const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const HAS_CREDENTIAL: u8 = 1 << 6;
const HAS_EXTENSIONS: u8 = 1 << 7;

/// What an authenticator signs.
#[derive(Debug)]
pub(super) struct AuthenticatorData<'b> {
    party_digest: [u8; 32],
    flags: u8,
    pub(super) counter: u32,
    /// When it registers.
    pub(super) credential: Option<AttestedCredential<'b>>,
}

/// A passkey that is registered.
#[derive(Debug)]
pub(super) struct AttestedCredential<'b> {
    pub(super) aaguid: [u8; 16],
    pub(super) id: &'b [u8],
    /// As COSE writes it.
    pub(super) key_bytes: &'b [u8],
    pub(super) key: Cbor<'b>,
}

impl<'b> AuthenticatorData<'b> {
    pub(super) fn read(bytes: &'b [u8]) -> Result<Self, PasskeyError> {
        let (party_digest, rest) = bytes.split_first_chunk().ok_or_else(cut_off)?;
        let ([flags], rest) = rest.split_first_chunk().ok_or_else(cut_off)?;
        let (counter, mut rest) = rest.split_first_chunk().ok_or_else(cut_off)?;
        let mut credential = None;
        if flags & HAS_CREDENTIAL != 0 {
            let (read, after) = AttestedCredential::read(rest)?;
            (credential, rest) = (Some(read), after);
        }
        if flags & HAS_EXTENSIONS != 0 {
            let (extensions, after) = Cbor::read_first(rest, "extensions")?;
            if !matches!(extensions, Cbor::Map(_)) {
                return Err(malformed("its extensions are no map"));
            }
            rest = after;
        }
        if !rest.is_empty() {
            return Err(malformed("something follows it"));
        }
        Ok(Self {
            party_digest: *party_digest,
            flags: *flags,
            counter: u32::from_be_bytes(*counter),
            credential,
        })
    }

    /// Checks that it is for this party, and that somebody was there.
    pub(super) fn check(&self, party: &RelyingParty) -> Result<(), PasskeyError> {
        let expected = digest::digest(&digest::SHA256, party.id().as_bytes());
        if expected.as_ref() != self.party_digest {
            return Err(PasskeyError::RelyingParty);
        }
        if self.flags & PRESENT == 0 {
            return Err(PasskeyError::NotPresent);
        }
        if party.user_verification == UserVerification::Required && !self.is_verified() {
            return Err(PasskeyError::NotVerified);
        }
        if self.is_backed_up() && !self.is_backup_eligible() {
            return Err(PasskeyError::BackupState);
        }
        Ok(())
    }

    pub(super) fn is_verified(&self) -> bool {
        self.flags & VERIFIED != 0
    }

    pub(super) fn is_backup_eligible(&self) -> bool {
        self.flags & BACKUP_ELIGIBLE != 0
    }

    pub(super) fn is_backed_up(&self) -> bool {
        self.flags & BACKED_UP != 0
    }
}

impl<'b> AttestedCredential<'b> {
    fn read(bytes: &'b [u8]) -> Result<(Self, &'b [u8]), PasskeyError> {
        let (aaguid, rest) = bytes.split_first_chunk().ok_or_else(cut_off)?;
        let (length, rest) = rest.split_first_chunk().ok_or_else(cut_off)?;
        let length = usize::from(u16::from_be_bytes(*length));
        if !(1..=MAX_CREDENTIAL_ID).contains(&length) {
            return Err(malformed("the name of the passkey is empty or too long"));
        }
        let (id, rest) = rest.split_at_checked(length).ok_or_else(cut_off)?;
        let (key, after) = Cbor::read_first(rest, "public key")?;
        let credential = Self {
            aaguid: *aaguid,
            id,
            key_bytes: &rest[..rest.len() - after.len()],
            key,
        };
        Ok((credential, after))
    }
}

fn cut_off() -> PasskeyError {
    malformed("it is cut off")
}

fn malformed(reason: &'static str) -> PasskeyError {
    PasskeyError::Malformed {
        part: "authenticator data",
        reason,
    }
}
