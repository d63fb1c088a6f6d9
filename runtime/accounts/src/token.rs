//! The tokens of an API: `umb_7h3k9x2m_` and a secret, of which the digest alone is stored.

use subtle::ConstantTimeEq;

use crate::digest::SecretDigest;
use crate::random;

const START: &str = "umb_";
const PREFIX_LENGTH: usize = 8;
/// 43 signs of 62 are 256 bits.
const SECRET_LENGTH: usize = 43;
/// 32 bits.
const CHECKSUM_LENGTH: usize = 6;

/// A token is looked up by it and shown by it: without letters that are taken for others.
const PREFIX_ALPHABET: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
const SECRET_ALPHABET: &[u8; 62] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A token that was just made: what its owner is shown once, and what is stored.
pub struct NewToken {
    /// `umb_7h3k9x2m_…`, never to be seen again.
    pub text: String,
    pub token: Token,
}

/// What is stored of a token, and what a request sends one as.
#[derive(Debug, Clone)]
pub struct Token {
    /// `7h3k9x2m`: by it, the token is looked up and named.
    pub prefix: String,
    pub digest: SecretDigest,
}

/// Why a text is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// Something else was sent.
    #[error("the text has not the form of a token")]
    Malformed,
    /// It was typed wrong, or cut off.
    #[error("the token is not whole: its checksum is another one")]
    Checksum,
}

impl Token {
    /// Makes one.
    pub fn generate() -> NewToken {
        let prefix = random::text(PREFIX_ALPHABET, PREFIX_LENGTH);
        let secret = random::text(SECRET_ALPHABET, SECRET_LENGTH);
        let whole = format!("{START}{prefix}_{secret}");
        let text = format!("{whole}{}", checksum(&whole));
        let digest = SecretDigest::of(text.as_bytes());
        NewToken {
            text,
            token: Self { prefix, digest },
        }
    }

    /// Reads what a request sends. The checksum tells what was cut off or made up without a look at the database, and
    /// lets a scanner of secrets know a token where it sees one.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let length = START.len() + PREFIX_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH;
        let rest = text.strip_prefix(START).filter(|_| text.len() == length);
        let (prefix, secret) = rest
            .and_then(|rest| rest.split_once('_'))
            .ok_or(TokenError::Malformed)?;
        let is_of = |text: &str, alphabet: &[u8]| text.bytes().all(|sign| alphabet.contains(&sign));
        let is_whole = prefix.len() == PREFIX_LENGTH
            && is_of(prefix, PREFIX_ALPHABET)
            && is_of(secret, SECRET_ALPHABET);
        if !is_whole {
            return Err(TokenError::Malformed);
        }
        let (whole, sent) = text.split_at(length - CHECKSUM_LENGTH);
        if !bool::from(checksum(whole).as_bytes().ct_eq(sent.as_bytes())) {
            return Err(TokenError::Checksum);
        }
        Ok(Self {
            prefix: prefix.to_owned(),
            digest: SecretDigest::of(text.as_bytes()),
        })
    }

    /// Whether it is the one that was stored.
    pub fn matches(&self, stored: &SecretDigest) -> bool {
        self.digest.matches(stored)
    }
}

/// The first 32 bits of the SHA-256, to the base of 62.
fn checksum(whole: &str) -> String {
    let digest = SecretDigest::of(whole.as_bytes());
    let [first, second, third, fourth, ..] = *digest.as_bytes();
    let mut rest = u32::from_be_bytes([first, second, third, fourth]);
    let mut signs = [b'0'; CHECKSUM_LENGTH];
    for sign in signs.iter_mut().rev() {
        *sign = SECRET_ALPHABET[rest as usize % SECRET_ALPHABET.len()];
        rest /= 62;
    }
    signs.map(char::from).iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_and_read() {
        let NewToken { text, token } = Token::generate();
        assert_eq!(text.len(), 62);
        assert!(
            text.starts_with(&format!("umb_{}_", token.prefix)),
            "{text}"
        );
        let read = Token::parse(&text).unwrap();
        assert_eq!(read.prefix, token.prefix);
        assert!(read.matches(&token.digest));
        assert!(!read.matches(&Token::generate().token.digest));
        assert_ne!(text, Token::generate().text);
        assert!(!format!("{token:?}").contains(&text[13..]));
    }

    #[test]
    fn any_other_sign_is_seen() {
        let text = Token::generate().text;
        for index in 0..text.len() {
            for other in ["0", "z", "_", "Z", "~"] {
                let mut changed = text.clone();
                changed.replace_range(index..=index, other);
                assert_eq!(Token::parse(&changed).is_ok(), changed == text, "{changed}");
            }
        }
    }

    #[test]
    fn what_is_no_token() {
        let text = Token::generate().text;
        let check =
            |text: &str, expect| assert_eq!(Token::parse(text).unwrap_err(), expect, "{text}");
        for other in [
            "",
            "umb_",
            "umb__",
            "Bearer",
            &text[..61],
            &format!("{text} "),
            &text.to_uppercase(),
            &"ü".repeat(31),
            &format!("umb_ü{}", &text[6..]),
            &"umb_".repeat(250_000),
        ] {
            check(other, TokenError::Malformed);
        }
        let mut cut = text.clone();
        cut.replace_range(20..21, if &text[20..21] == "a" { "b" } else { "a" });
        check(&cut, TokenError::Checksum);
    }
}
