//! A certificate, as far as libpq looks at it and rustls does not tell: names, dates, and how it was signed.

use std::net::IpAddr;

use rustls::crypto::WebPkiSupportedAlgorithms;

use super::der::{INTEGER, OBJECT, SEQUENCE, TIME, UTC_TIME, Value, Values};

/// What a certificate says.
#[derive(Debug)]
pub(super) struct Certificate<'a> {
    signed: &'a [u8],
    signature_algorithm: Value<'a>,
    signature: &'a [u8],
    version: u8,
    pub(super) issuer: &'a [u8],
    pub(super) subject: &'a [u8],
    /// The first and the last second in which it is valid.
    pub(super) validity: (u64, u64),
    /// The key, with its kind.
    pub(super) key: &'a [u8],
    pub(super) dns_names: Vec<&'a str>,
    pub(super) addresses: Vec<IpAddr>,
    /// The name of who it is for, as it was said before there were lists of names.
    pub(super) common_name: Option<&'a str>,
}

/// How a certificate was hashed to be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ALTERNATIVE_NAMES: &[u8] = &[0x55, 0x1d, 0x11];
/// The arcs of RSA and ECDSA with hashes, of PSS, and of the hashes of the SHA-2 family.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1];
const ECDSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4];
const SHA2: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2];

impl<'a> Certificate<'a> {
    pub(super) fn read(der: &'a [u8]) -> Option<Self> {
        let mut outer = Values(der).next_of(SEQUENCE)?.values();
        let signed = outer.next_of(SEQUENCE)?;
        let signature_algorithm = outer.next_of(SEQUENCE)?;
        let signature = outer.next()?.bits()?;

        let mut fields = signed.values();
        let version = match fields.next_of(0xa0) {
            Some(version) => *version.values().next_of(INTEGER)?.content.last()?,
            None => 0,
        };
        fields.next_of(INTEGER)?;
        fields.next_of(SEQUENCE)?;
        let issuer = fields.next_of(SEQUENCE)?;
        let mut validity = fields.next_of(SEQUENCE)?.values();
        let validity = (seconds(validity.next()?)?, seconds(validity.next()?)?);
        let subject = fields.next_of(SEQUENCE)?;
        let key = fields.next_of(SEQUENCE)?;
        let extensions = fields.find(|field| field.kind == 0xa3);
        let (dns_names, addresses) = alternative_names(extensions);
        Some(Self {
            signed: signed.whole,
            signature_algorithm,
            signature,
            version,
            issuer: issuer.whole,
            subject: subject.whole,
            validity,
            key: key.whole,
            dns_names,
            addresses,
            common_name: common_name(subject),
        })
    }

    /// Before there were extensions.
    pub(super) fn is_of_version_1(&self) -> bool {
        self.version == 0
    }

    /// Whom it is for, for messages.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.dns_names.iter().map(ToString::to_string).collect();
        names.extend(self.addresses.iter().map(ToString::to_string));
        if names.is_empty() {
            names.extend(self.common_name.map(str::to_owned));
        }
        names
    }

    /// The hash of the signature; those that are broken are replaced (RFC 5929).
    pub(super) fn signature_digest(&self) -> Option<Digest> {
        let mut parts = self.signature_algorithm.values();
        let algorithm = parts.next_of(OBJECT)?.content;
        if let Some(kind) = algorithm.strip_prefix(RSA) {
            return match kind {
                [4 | 5 | 11] => Some(Digest::Sha256),
                [12] => Some(Digest::Sha384),
                [13] => Some(Digest::Sha512),
                // PSS says it in its parameters; SHA-1 is what it says by saying nothing.
                [10] => {
                    let hash = parts.next_of(SEQUENCE)?.values().next_of(0xa0);
                    hash.map_or(Some(Digest::Sha256), |hash| {
                        let mut hash = hash.values().next_of(SEQUENCE)?.values();
                        match hash.next_of(OBJECT)?.content.strip_prefix(SHA2)? {
                            [1] => Some(Digest::Sha256),
                            [2] => Some(Digest::Sha384),
                            [3] => Some(Digest::Sha512),
                            _ => None,
                        }
                    })
                }
                _ => None,
            };
        }
        match algorithm.strip_prefix(ECDSA)? {
            [1] | [3, 2] => Some(Digest::Sha256),
            [3, 3] => Some(Digest::Sha384),
            [3, 4] => Some(Digest::Sha512),
            _ => None,
        }
    }

    /// Whether the key of another certificate signed it.
    pub(super) fn is_signed_by(&self, other: &Self, known: &WebPkiSupportedAlgorithms) -> bool {
        let key = || {
            let mut key = Values(other.key).next_of(SEQUENCE)?.values();
            Some((key.next_of(SEQUENCE)?.content, key.next()?.bits()?))
        };
        let Some((kind, bits)) = key() else {
            return false;
        };
        let algorithm = self.signature_algorithm.content;
        let mut fitting = known.all.iter().filter(|known| {
            known.signature_alg_id().as_ref() == algorithm
                && known.public_key_alg_id().as_ref() == kind
        });
        fitting.any(|known| {
            let verified = known.verify_signature(bits, self.signed, self.signature);
            verified.is_ok()
        })
    }
}

/// The extension of names: `DNS:db.example, IP Address:192.0.2.1`.
fn alternative_names(extensions: Option<Value<'_>>) -> (Vec<&str>, Vec<IpAddr>) {
    let (mut dns_names, mut addresses) = (Vec::new(), Vec::new());
    let list = extensions.and_then(|extensions| extensions.values().next_of(SEQUENCE));
    let mut list = list.into_iter().flat_map(Value::values);
    let names = list.find_map(|extension| {
        let mut parts = extension.values();
        let is_it = parts.next_of(OBJECT)?.content == ALTERNATIVE_NAMES;
        let text = parts.last().filter(|_| is_it)?;
        Values(text.content).next_of(SEQUENCE)
    });
    for name in names.into_iter().flat_map(Value::values) {
        match name.kind {
            0x82 => dns_names.extend(str::from_utf8(name.content)),
            0x87 => {
                let four = <[u8; 4]>::try_from(name.content).map(IpAddr::from);
                let sixteen = <[u8; 16]>::try_from(name.content).map(IpAddr::from);
                addresses.extend(four.or(sixteen));
            }
            _ => {}
        }
    }
    (dns_names, addresses)
}

/// The last common name of a subject: a list of sets of kinds and texts.
fn common_name(subject: Value<'_>) -> Option<&str> {
    let names = subject.values().flat_map(Value::values);
    let names = names.filter_map(|name| {
        let mut parts = name.values();
        let is_it = parts.next_of(OBJECT)?.content == COMMON_NAME;
        let text = parts.next().filter(|_| is_it)?;
        str::from_utf8(text.content).ok()
    });
    names.last()
}

/// `260101120000Z` or `20260101120000Z` → seconds since 1970.
fn seconds(time: Value<'_>) -> Option<u64> {
    let text = str::from_utf8(time.content).ok()?.strip_suffix('Z')?;
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match (time.kind, text.len()) {
        (UTC_TIME, 12) => {
            let year: u64 = text[..2].parse().ok()?;
            (
                if year < 50 { 2000 + year } else { 1900 + year },
                &text[2..],
            )
        }
        (TIME, 14) => (text[..4].parse().ok()?, &text[4..]),
        _ => return None,
    };
    let part = |place: usize| rest[place..place + 2].parse::<u64>().ok();
    let (month, day) = (part(0)?, part(2)?);
    if !(1..=12).contains(&month) || day == 0 || year < 1 {
        return None;
    }
    // Years that begin in March end with the day that not every year has.
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    // Before 1970 all is long over.
    let days = days.saturating_sub(719_468);
    Some(days * 86_400 + part(4)? * 3_600 + part(6)? * 60 + part(8)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (kind, text, expect) in [
            (UTC_TIME, "700101000000Z", Some(0)),
            (UTC_TIME, "240229235959Z", Some(1_709_251_199)),
            (UTC_TIME, "240301000000Z", Some(1_709_251_200)),
            (TIME, "20991231235959Z", Some(4_102_444_799)),
            (UTC_TIME, "500101000000Z", Some(0)),
            (TIME, "99991231235959Z", Some(253_402_300_799)),
            (UTC_TIME, "2402292359Z", None),
            (TIME, "20241301000000Z", None),
            (TIME, "2024", None),
        ] {
            let time = Value {
                kind,
                content: text.as_bytes(),
                whole: &[],
            };
            assert_eq!(seconds(time), expect, "{text}");
        }
    }

    #[test]
    fn nonsense_is_no_certificate() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x30, 2, 0x30, 0x80],
        ] {
            assert!(Certificate::read(bytes).is_none(), "{bytes:?}");
        }
    }
}
