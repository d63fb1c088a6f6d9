//! Passkeys that sign in.

use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use serde_json::json;

use super::device::{Device, ID, authenticate, challenge, client, object, owner, party, register};
use super::*;

#[test]
fn registered_and_signed_in() {
    for mut device in [Device::p256(), Device::ed25519()] {
        let credential = device.credential();
        assert!(credential.is_verified && credential.is_backup_eligible && credential.is_backed_up);
        device.flags = 0x0d;
        let expect = Authenticated {
            counter: 0,
            is_backed_up: false,
            is_verified: true,
        };
        assert_eq!(device.authenticate(&credential), Ok(expect));
    }
}

#[test]
fn counters() {
    let mut device = Device::p256();
    let mut credential = device.credential();
    for (stored, sent, is_good) in [
        (0, 0, true),
        (0, 1, true),
        (5, 6, true),
        (5, 5, false),
        (5, 4, false),
        (5, 0, false),
    ] {
        (credential.counter, device.counter) = (stored, sent);
        let authenticated = device.authenticate(&credential);
        match is_good {
            true => assert_eq!(authenticated.unwrap().counter, sent),
            false => assert_eq!(authenticated, Err(PasskeyError::Counter { stored, sent })),
        }
    }
}

#[test]
fn flags() {
    for (flags, expect) in [
        (0x1c, PasskeyError::NotPresent),
        (0x19, PasskeyError::NotVerified),
        (0x15, PasskeyError::BackupState),
        (0x05, PasskeyError::BackupEligibility),
    ] {
        let mut device = Device::p256();
        let credential = device.credential();
        device.flags = flags;
        assert_eq!(
            device.authenticate(&credential),
            Err(expect.clone()),
            "{flags:x}"
        );
        if expect != PasskeyError::BackupEligibility {
            let registered = register(&client("webauthn.create"), &object(&device.attested()));
            assert_eq!(registered, Err(expect), "{flags:x}");
        }
    }
}

#[test]
fn what_is_of_others() {
    let device = Device::ed25519();
    let credential = device.credential();
    let get = client("webauthn.get");
    let check = |client: &str, expect| {
        let authenticated = device.answer(client, &device.data(), &credential);
        assert_eq!(authenticated, Err(expect), "{client}");
        if client.contains("webauthn.get") {
            let client = client.replace("webauthn.get", "webauthn.create");
            assert!(
                register(&client, &object(&device.attested())).is_err(),
                "{client}"
            );
        }
    };
    let sent = "webauthn.create".to_owned();
    let expected = "webauthn.get";
    check(
        &client("webauthn.create"),
        PasskeyError::Type { sent, expected },
    );
    check(&get.replace("CQkJ", "CQkK"), PasskeyError::Challenge);
    check(
        &get.replace(&challenge().to_text(), ""),
        PasskeyError::Challenge,
    );
    check(&get.replace("false", "true"), PasskeyError::CrossOrigin);
    for sent in [
        "http://example.org",
        "https://example.org:444",
        "https://www.example.org",
        "https://example.org.evil",
        "",
    ] {
        let expect = PasskeyError::Origin {
            sent: sent.to_owned(),
        };
        check(&get.replace("https://example.org", sent), expect);
    }
    let mut foreign = Device::ed25519();
    foreign.party = "example.com";
    assert_eq!(
        foreign.authenticate(&credential),
        Err(PasskeyError::RelyingParty)
    );
    assert_eq!(
        Device::ed25519().authenticate(&credential),
        Err(PasskeyError::Signature)
    );
    assert_eq!(
        Device::p256().authenticate(&credential),
        Err(PasskeyError::Signature)
    );
    let mut other = credential.clone();
    other.id = b"another".to_vec();
    assert_eq!(device.authenticate(&other), Err(PasskeyError::Credential));
}

#[test]
fn the_handle_of_another_user() {
    let device = Device::p256();
    let credential = device.credential();
    let (client, data) = (client("webauthn.get"), device.data());
    let signature = device.sign(&[&data, digest(&SHA256, client.as_bytes()).as_ref()].concat());
    for (handle, is_good) in [
        (json!("bWFyeQ"), true),
        (json!(null), true),
        (json!("ZXZl"), false),
        (json!(""), false),
    ] {
        let answer = json!({
            "id": BASE64URL_NOPAD.encode(ID),
            "type": "public-key",
            "response": {
                "clientDataJSON": BASE64URL_NOPAD.encode(client.as_bytes()),
                "authenticatorData": BASE64URL_NOPAD.encode(&data),
                "signature": BASE64URL_NOPAD.encode(&signature),
                "userHandle": handle,
            },
        });
        let response: AuthenticationResponse = serde_json::from_value(answer).unwrap();
        assert_eq!(response.credential_id(), ID);
        let party = party(UserVerification::Required);
        let authenticated = party.authenticate(&response, &challenge(), &credential, &owner());
        match is_good {
            true => assert!(authenticated.is_ok(), "{handle}"),
            false => assert_eq!(authenticated, Err(PasskeyError::UserHandle), "{handle}"),
        }
    }
}

#[test]
fn any_bit_that_was_changed() {
    let device = Device::p256();
    let credential = device.credential();
    let (client, data) = (client("webauthn.get"), device.data());
    let message = [&data, digest(&SHA256, client.as_bytes()).as_ref()].concat();
    let signature = device.sign(&message);
    let with = |client: &[u8], data: &[u8], signature: &[u8]| {
        // Of what is no UTF-8, nothing is made.
        let client = std::str::from_utf8(client).ok()?;
        authenticate(client, data, signature, &credential).ok()
    };
    assert!(with(client.as_bytes(), &data, &signature).is_some());
    for part in [client.as_bytes(), &data, &signature] {
        for bit in 0..part.len() * 8 {
            let mut changed = part.to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            let choose = |of: &[u8]| match of == part {
                true => changed.clone(),
                false => of.to_vec(),
            };
            let (client, data, signature) =
                (choose(client.as_bytes()), choose(&data), choose(&signature));
            assert_eq!(with(&client, &data, &signature), None, "{bit}");
        }
    }
}
