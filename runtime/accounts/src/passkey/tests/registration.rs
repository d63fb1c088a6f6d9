//! Passkeys that are made, and what pages are given.

use data_encoding::BASE64URL_NOPAD;
use serde_json::json;

use super::device::{Device, ID, challenge, client, object, owner, party, register};
use super::*;

#[test]
fn attestations_that_are_broken() {
    let device = Device::p256();
    let create = client("webauthn.create");
    let good = object(&device.attested());
    assert!(register(&create, &good).is_ok());
    // Cut anywhere, or with a bit changed anywhere, it is an error or another passkey, and no panic.
    for length in 0..good.len() {
        assert!(register(&create, &good[..length]).is_err(), "{length}");
    }
    for bit in 0..good.len() * 8 {
        let mut changed = good.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let _ = register(&create, &changed);
    }
    let without = device.data();
    let followed = [&device.attested()[..], &[0]].concat();
    let mut extended = [&device.attested()[..], &[0xa1, 0x61, b'x', 0xf5]].concat();
    extended[32] |= 0x80;
    let mut extended_by_none = extended.clone();
    extended_by_none.truncate(extended.len() - 4);
    let mut nameless = device.attested();
    nameless[54] = 0;
    for (data, is_good) in [
        (&without, false),
        (&followed, false),
        (&extended, true),
        (&extended_by_none, false),
        (&nameless, false),
    ] {
        assert_eq!(register(&create, &object(data)).is_ok(), is_good);
    }
    for object in [
        &b"\xa0"[..],
        b"\x80",
        b"",
        b"\xa2\x63fmt\x64none\x67attStmt\xa0",
        &[0x81; 100_000],
    ] {
        let registered = register(&create, object);
        assert!(
            matches!(registered, Err(PasskeyError::Malformed { .. })),
            "{registered:?}"
        );
    }
}

#[test]
fn answers_that_are_none() {
    for answer in [
        json!(null),
        json!({}),
        json!({"id": "AA", "type": "public-key"}),
        json!({"id": "A", "type": "public-key", "response": {"clientDataJSON": "", "attestationObject": ""}}),
        json!({"id": "AA+/", "type": "public-key", "response": {"clientDataJSON": "", "attestationObject": ""}}),
    ] {
        assert!(serde_json::from_value::<RegistrationResponse>(answer).is_err());
    }
    for client in [
        "",
        "null",
        "[]",
        "{}",
        &"[".repeat(10_000),
        &" ".repeat(100_000),
    ] {
        let registered = register(client, &[]);
        assert!(
            matches!(registered, Err(PasskeyError::Malformed { .. })),
            "{registered:?}"
        );
    }
    let password = json!({"id": "AA", "type": "password", "response": {"clientDataJSON": "", "attestationObject": ""}});
    let response = serde_json::from_value(password).unwrap();
    let registered = party(UserVerification::Required).register(&response, &challenge());
    assert!(
        matches!(registered, Err(PasskeyError::Type { .. })),
        "{registered:?}"
    );
}

#[test]
fn options() {
    let party = party(UserVerification::Required);
    let user = User {
        handle: owner(),
        name: "mary@example.com".to_owned(),
        display_name: "Mary".to_owned(),
    };
    let mut credential = Device::p256().credential();
    credential.transports = vec!["internal".to_owned()];
    let challenge = challenge();
    let existing = json!([{"type": "public-key", "id": "cGFzc2tleQ", "transports": ["internal"]}]);
    let options = party.creation_options(&challenge, user, std::slice::from_ref(&credential));
    assert_eq!(
        serde_json::to_value(options).unwrap(),
        json!({
            "rp": {"id": "example.org", "name": "Shop"},
            "user": {"id": "bWFyeQ", "name": "mary@example.com", "displayName": "Mary"},
            "challenge": challenge.to_text(),
            "pubKeyCredParams": [
                {"type": "public-key", "alg": -8},
                {"type": "public-key", "alg": -7},
                {"type": "public-key", "alg": -257},
            ],
            "timeout": 300_000,
            "excludeCredentials": existing,
            "authenticatorSelection": {
                "residentKey": "required",
                "requireResidentKey": true,
                "userVerification": "required",
            },
            "attestation": "none",
        })
    );
    let options = party.request_options(&challenge, &[credential]);
    assert_eq!(
        serde_json::to_value(options).unwrap(),
        json!({
            "challenge": challenge.to_text(),
            "timeout": 300_000,
            "rpId": "example.org",
            "allowCredentials": existing,
            "userVerification": "required",
        })
    );
}

#[test]
fn transports_that_are_no_names() {
    let device = Device::p256();
    let answer = |transports: serde_json::Value| {
        let answer = json!({
            "id": BASE64URL_NOPAD.encode(ID),
            "type": "public-key",
            "response": {
                "clientDataJSON": BASE64URL_NOPAD.encode(client("webauthn.create").as_bytes()),
                "attestationObject": BASE64URL_NOPAD.encode(&object(&device.attested())),
                "transports": transports,
            },
        });
        let response = serde_json::from_value(answer).unwrap();
        let registered = party(UserVerification::Required).register(&response, &challenge());
        registered.unwrap().transports
    };
    assert_eq!(
        answer(json!([
            "usb",
            "smart-card",
            "<script>",
            "",
            "x".repeat(1000)
        ])),
        ["usb", "smart-card"]
    );
    assert_eq!(answer(json!(vec!["usb"; 1000])).len(), 8);
}

#[test]
fn handles() {
    assert!(UserHandle::from_bytes(b"").is_none());
    assert!(UserHandle::from_bytes(&[0; 64]).is_some());
    assert!(UserHandle::from_bytes(&[0; 65]).is_none());
    assert_eq!(UserHandle::generate().as_bytes().len(), 32);
    assert!(Challenge::parse("").is_none());
    assert!(Challenge::parse(&"A".repeat(1_000_000)).is_none());
    let challenge = Challenge::generate();
    assert_eq!(
        Challenge::parse(&challenge.to_text()).unwrap().to_text(),
        challenge.to_text()
    );
}
