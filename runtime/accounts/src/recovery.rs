//! Recovery codes: for whoever has lost the authenticator app.

use crate::digest::SecretDigest;
use crate::random;

/// How many an account has.
pub const COUNT: usize = 10;

/// Without letters that are taken for digits or for each other, and without vowels that make words.
const ALPHABET: &[u8; 28] = b"23456789bcdfghjkmnpqrstvwxyz";
/// 15 signs of 28 are 72 bits.
const GROUPS: usize = 3;
const GROUP_LENGTH: usize = 5;

/// The recovery codes of an account: what is shown once, and what is stored.
pub struct NewRecoveryCodes {
    /// `4k7wp-bn2xq-h9cdt`, never to be seen again.
    pub texts: [String; COUNT],
    /// Of each, in the same order.
    pub digests: [SecretDigest; COUNT],
}

/// Makes new ones. The old ones are to be forgotten.
pub fn generate() -> NewRecoveryCodes {
    let codes = [(); COUNT].map(|()| random::text(ALPHABET, GROUPS * GROUP_LENGTH));
    NewRecoveryCodes {
        digests: codes
            .each_ref()
            .map(|code| SecretDigest::of(code.as_bytes())),
        texts: codes.map(|code| grouped(&code)),
    }
}

/// Which of the codes that are stored was typed. It is to be deleted in the transaction that signs in: a code is good for
/// once.
pub fn redeem(typed: &str, stored: &[SecretDigest]) -> Option<usize> {
    let code = digest(typed)?;
    let mut found = None;
    // All of them, whichever it is.
    for (index, digest) in stored.iter().enumerate() {
        if code.matches(digest) {
            found = Some(index);
        }
    }
    found
}

/// What would be stored of a code that was typed; `None` if it has not the form of one.
pub(crate) fn digest(typed: &str) -> Option<SecretDigest> {
    Some(SecretDigest::of(read(typed)?.as_bytes()))
}

/// In great or small letters, with or without what parts the groups.
fn read(typed: &str) -> Option<String> {
    if typed.len() > 256 {
        return None;
    }
    let signs = typed.chars().filter(|sign| sign.is_ascii_alphanumeric());
    let code: String = signs.map(|sign| sign.to_ascii_lowercase()).collect();
    let is_code = code.len() == GROUPS * GROUP_LENGTH;
    (is_code && code.bytes().all(|sign| ALPHABET.contains(&sign))).then_some(code)
}

fn grouped(code: &str) -> String {
    let mut text = String::with_capacity(code.len() + GROUPS);
    for (index, sign) in code.chars().enumerate() {
        if index > 0 && index % GROUP_LENGTH == 0 {
            text.push('-');
        }
        text.push(sign);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_them_once() {
        let NewRecoveryCodes { texts, digests } = generate();
        let mut stored = digests.to_vec();
        assert!(texts.iter().all(|text| text.len() == 17), "{texts:?}");
        for text in &texts {
            let index = redeem(text, &stored).unwrap();
            stored.remove(index);
            assert_eq!(redeem(text, &stored), None);
        }
        assert!(stored.is_empty());
    }

    #[test]
    fn codes_as_people_type_them() {
        let NewRecoveryCodes { texts, digests } = generate();
        let text = &texts[3];
        for typed in [
            text.to_uppercase(),
            text.replace('-', ""),
            text.replace('-', " "),
            format!("  {}\n", text.replace('-', " – ")),
        ] {
            assert_eq!(redeem(&typed, &digests), Some(3), "{typed}");
        }
        let long = text.repeat(60_000);
        for other in [
            "",
            "-",
            &text[1..],
            &format!("{text}2"),
            &text.replace('-', "\0a"),
            &long,
        ] {
            assert_eq!(redeem(other, &digests), None, "{other:.40}");
        }
        let others = generate();
        assert_eq!(redeem(text, &others.digests), None);
        assert_eq!(redeem(text, &[]), None);
    }
}
