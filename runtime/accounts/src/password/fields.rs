//! The fields of a stored hash: numbers, and bytes in the notations that hashes use.

use std::sync::LazyLock;

use data_encoding::{BASE64, BASE64_NOPAD, Encoding, HEXLOWER_PERMISSIVE, Specification};

/// bcrypt's own order of the signs. Some of its hashes have bits set that mean nothing.
static BCRYPT: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    let signs = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    specification.symbols.push_str(signs);
    specification.check_trailing_bits = false;
    specification
        .encoding()
        .expect("the signs are 64 different ones")
});

/// A number without a sign.
pub(super) fn number(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|sign| sign.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

/// Base64 with its `=`.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.as_bytes()).ok()
}

/// Base64 without its `=`.
pub(super) fn base64_unpadded(text: &str) -> Option<Vec<u8>> {
    BASE64_NOPAD.decode(text.as_bytes()).ok()
}

/// Base64 without its `=` and with `.` for `+`, as passlib and Phoenix write it.
pub(super) fn base64_adapted(text: &str) -> Option<Vec<u8>> {
    base64_unpadded(&text.replace('.', "+"))
}

/// Base64 in the order of bcrypt.
pub(super) fn base64_bcrypt<const N: usize>(text: &str) -> Option<[u8; N]> {
    BCRYPT.decode(text.as_bytes()).ok()?.try_into().ok()
}

pub(super) fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()
}

/// Exactly so many fields, which a sign parts.
pub(super) fn parted<const N: usize>(text: &str, sign: char) -> Option<[&str; N]> {
    let fields: Vec<&str> = text.splitn(N + 1, sign).collect();
    fields.try_into().ok()
}
