//! What is accepted of what was signed, and why the rest is not.

use super::*;

const RESET: Purpose = Purpose::new("password-reset");
const SIGN_IN: Purpose = Purpose::new("sign-in");

const OLD: &str = "x8Vq2LmZr5Tn9Yw3Kc7Hb1Gd6Fs4Ja0Pe-old";
const NEW: &str = "Qm3Xz8Lw6Nc1Vb9Rk4Tj7Hy2Gf5Ds0Pa-new";

fn keys(current: &str, fallbacks: &[&str]) -> SecretKeys {
    let fallbacks = fallbacks.iter().map(|key| (*key).to_owned());
    SecretKeys::new(current.to_owned(), fallbacks.collect()).unwrap()
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// One for Mary that expires at 1000.
fn signed() -> String {
    keys(NEW, &[]).sign(RESET, "mary", at(1000), &[b"$argon2id$1", b"yesterday"])
}

#[track_caller]
fn check(
    keys: &SecretKeys,
    purpose: Purpose,
    text: &str,
    now: u64,
    expect: Result<&str, SignatureError>,
) {
    let payload = keys.verify(purpose, text, at(now), &[b"$argon2id$1", b"yesterday"]);
    assert_eq!(payload.as_deref(), expect.as_ref().copied(), "{text}");
}

#[test]
fn what_was_signed() {
    let text = signed();
    assert!(text.starts_with("password-reset."), "{text}");
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
    assert!(text.chars().all(is_plain), "{text}");
    check(&keys(NEW, &[]), RESET, &text, 0, Ok("mary"));
    check(&keys(NEW, &[]), RESET, &text, 1000, Ok("mary"));
}

#[test]
fn clocks() {
    let text = signed();
    let keys = keys(NEW, &[]);
    check(&keys, RESET, &text, 1030, Ok("mary"));
    check(
        &keys,
        RESET,
        &text,
        1031,
        Err(SignatureError::Expired { seconds: 31 }),
    );
    check(
        &keys,
        RESET,
        &text,
        u64::MAX / 4,
        Err(SignatureError::Expired {
            seconds: u64::MAX / 4 - 1000,
        }),
    );
    let before = UNIX_EPOCH - Duration::from_secs(1);
    let none: &[&[u8]] = &[];
    assert!(
        keys.verify(RESET, &keys.sign(RESET, "", before, none), before, none)
            .is_ok()
    );
}

#[test]
fn keys_that_are_replaced() {
    let old = keys(OLD, &[]).sign(RESET, "mary", at(1000), &[b"$argon2id$1", b"yesterday"]);
    check(&keys(NEW, &[OLD]), RESET, &old, 0, Ok("mary"));
    check(
        &keys(NEW, &["a-third-one-0123456789-abcdefghijkl", OLD]),
        RESET,
        &old,
        0,
        Ok("mary"),
    );
    check(
        &keys(NEW, &[]),
        RESET,
        &old,
        0,
        Err(SignatureError::Tampered),
    );
    // The new one signs.
    check(
        &keys(OLD, &[]),
        RESET,
        &signed(),
        0,
        Err(SignatureError::Tampered),
    );
}

#[test]
fn purposes() {
    let keys = keys(NEW, &[]);
    check(
        &keys,
        SIGN_IN,
        &signed(),
        0,
        Err(SignatureError::ForeignPurpose),
    );
    // Before it is said that it has expired.
    check(
        &keys,
        SIGN_IN,
        &signed(),
        5000,
        Err(SignatureError::ForeignPurpose),
    );
    let renamed = signed().replace("password-reset", "sign-in");
    check(&keys, SIGN_IN, &renamed, 0, Err(SignatureError::Tampered));
    check(
        &keys,
        SIGN_IN,
        &renamed.replace("sign-in", "Sign In"),
        0,
        Err(SignatureError::Tampered),
    );
}

#[test]
fn good_for_once() {
    let keys = keys(NEW, &[]);
    let text = signed();
    let opened = keys.open(RESET, &text, at(0)).unwrap();
    assert_eq!(opened.unconfirmed(), "mary");
    let states: [&[&[u8]]; 6] = [
        &[b"$argon2id$2", b"yesterday"],
        &[b"$argon2id$1", b"today"],
        &[b"$argon2id$1yesterday"],
        &[b"$argon2id$", b"1yesterday"],
        &[b"$argon2id$1", b"yesterday", b""],
        &[],
    ];
    for state in states {
        assert_eq!(opened.clone().confirm(state), Err(SignatureError::Used));
    }
    let state: &[&[u8]] = &[b"$argon2id$1", b"yesterday"];
    assert_eq!(opened.confirm(state).as_deref(), Ok("mary"));
}

#[test]
fn any_other_sign_is_seen() {
    let text = signed();
    let keys = keys(NEW, &[]);
    for index in 0..text.len() {
        for other in ["A", "z", "-", ".", "", "AA"] {
            let mut changed = text.clone();
            changed.replace_range(index..=index, other);
            let payload = keys.verify(RESET, &changed, at(0), &[b"$argon2id$1", b"yesterday"]);
            match changed == text {
                true => assert_eq!(payload.as_deref(), Ok("mary")),
                false => assert!(
                    matches!(
                        payload,
                        Err(SignatureError::Tampered | SignatureError::Malformed)
                    ),
                    "{changed}: {payload:?}"
                ),
            }
        }
    }
}

#[test]
fn what_is_no_signed_value() {
    let keys = keys(NEW, &[]);
    let text = signed();
    for other in [
        "",
        ".",
        "....",
        ".....",
        "password-reset....",
        &text[..text.len() - 1],
        &format!("{text}="),
        &format!("{text}.{text}"),
        &"ü".repeat(50),
        &".".repeat(1_000_000),
        &format!("password-reset.{}", "A".repeat(1_000_000)),
    ] {
        check(&keys, RESET, other, 0, Err(SignatureError::Malformed));
    }
}

#[test]
fn payloads_of_any_kind() {
    let keys = keys(NEW, &[]);
    let long = "x".repeat(2000);
    for payload in [
        "",
        "mary@example.com",
        "a.b.c",
        "\0",
        "名前",
        "\u{202e}",
        &long,
    ] {
        let text = keys.sign(SIGN_IN, payload, at(1000), &[]);
        assert_eq!(
            keys.verify(SIGN_IN, &text, at(0), &[]).as_deref(),
            Ok(payload)
        );
    }
}
