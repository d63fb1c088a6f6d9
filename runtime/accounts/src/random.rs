//! Bytes and texts that nobody can guess, from the operating system.

use ring::rand::{SecureRandom, SystemRandom};

/// Random bytes.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

/// A text of so many characters, each of which is any of the alphabet with the same probability.
pub(crate) fn text(alphabet: &[u8], length: usize) -> String {
    let count = alphabet.len();
    // The bytes from here on would make the first ones of the alphabet more probable.
    let end = 256 - 256 % count;
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let bytes: [u8; 64] = bytes();
        let fair = bytes.iter().map(|byte| usize::from(*byte));
        let fair = fair.filter(|byte| *byte < end);
        let signs = fair.map(|byte| char::from(alphabet[byte % count]));
        text.extend(signs.take(length - text.len()));
    }
    text
}

fn fill(bytes: &mut [u8]) {
    SystemRandom::new()
        .fill(bytes)
        .expect("an operating system that runs has random bytes");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_of_the_alphabet_and_as_long_as_asked() {
        for length in [0, 1, 63, 64, 65, 1000] {
            let text = text(b"abc", length);
            assert_eq!(text.len(), length);
            assert!(text.bytes().all(|sign| b"abc".contains(&sign)), "{text}");
        }
    }

    #[test]
    fn every_sign_comes_as_often_as_the_others() {
        let text = text(b"0123456789", 100_000);
        for sign in '0'..='9' {
            let count = text.matches(sign).count();
            assert!((9_400..10_600).contains(&count), "{sign}: {count}");
        }
    }

    #[test]
    fn nothing_comes_twice() {
        assert_ne!(bytes::<16>(), bytes::<16>());
        assert_ne!(text(b"0123456789abcdef", 32), text(b"0123456789abcdef", 32));
    }
}
