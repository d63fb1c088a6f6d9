//! ID tokens: PyJWT's, and those that are signed here to differ in one thing.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use data_encoding::BASE64URL_NOPAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

use super::*;

/// A key set, and a token of each of its keys, as PyJWT 2 made them.
const PYJWT: &str = include_str!("pyjwt.txt");

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_300)
}

fn verify(token: &str, keys: &Jwks) -> Result<Claims, IdTokenError> {
    Claims::verify(token, keys, &provider(), &client(), &sign_in(), now())
}

#[test]
fn tokens_of_pyjwt() {
    let mut lines = PYJWT.lines();
    let keys = Jwks::read(lines.next().unwrap().as_bytes()).unwrap();
    let tokens: Vec<&str> = lines.collect();
    assert_eq!(tokens.len(), 3);
    for token in tokens {
        let claims = verify(token, &keys).unwrap();
        assert_eq!(claims.subject, "248289761001");
        assert_eq!(claims.email.as_deref(), Some("mary@example.com"));
        assert!(claims.is_email_verified);
        // A sign of each part, and of the end.
        let signs = token.len();
        for index in (0..signs).step_by(7).chain([signs - 1]) {
            let mut changed = token.to_owned();
            let other = if &token[index..=index] == "A" {
                "B"
            } else {
                "A"
            };
            changed.replace_range(index..=index, other);
            assert!(verify(&changed, &keys).is_err(), "{changed}");
        }
    }
}

/// A provider of the tests.
struct Signer {
    ed25519: Ed25519KeyPair,
    p256: EcdsaKeyPair,
}

impl Signer {
    fn new() -> Self {
        let random = SystemRandom::new();
        let ed25519 = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
        let p256 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let p256 =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, p256.as_ref(), &random);
        Self {
            ed25519: Ed25519KeyPair::from_pkcs8(ed25519.as_ref()).unwrap(),
            p256: p256.unwrap(),
        }
    }

    fn keys(&self) -> Jwks {
        let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        let (x, y) = self.p256.public_key().as_ref()[1..].split_at(32);
        let keys = json!({"keys": [
            {"kty": "OKP", "crv": "Ed25519", "kid": "o1", "x": text(self.ed25519.public_key().as_ref())},
            {"kty": "EC", "crv": "P-256", "kid": "e1", "x": text(x), "y": text(y)},
        ]});
        Jwks::read(keys.to_string().as_bytes()).unwrap()
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        let text = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", text(header), text(claims));
        let signature = match header["alg"].as_str() {
            Some("ES256") => {
                let signature = self.p256.sign(&SystemRandom::new(), signed.as_bytes());
                signature.unwrap().as_ref().to_vec()
            }
            _ => self.ed25519.sign(signed.as_bytes()).as_ref().to_vec(),
        };
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
    }

    #[track_caller]
    fn check(&self, header: &Value, claims: &Value, expect: Result<(), IdTokenError>) {
        let verified = verify(&self.token(header, claims), &self.keys());
        assert_eq!(verified.map(|_| ()), expect, "{header} {claims}");
    }
}

fn header() -> Value {
    json!({"alg": "EdDSA", "kid": "o1"})
}

fn claims() -> Value {
    json!({
        "iss": "https://id.example",
        "sub": "248289761001",
        "aud": "shop",
        "nonce": "n-0S6_WzA2Mj",
        "exp": 1_700_000_600,
        "iat": 1_700_000_000,
    })
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

#[test]
fn headers() {
    let signer = Signer::new();
    let check = |header: Value, expect| signer.check(&header, &claims(), expect);
    let algorithm = |algorithm: &str| {
        let algorithm = algorithm.to_owned();
        Err(IdTokenError::Algorithm { algorithm })
    };
    check(header(), Ok(()));
    check(json!({"alg": "Ed25519", "kid": "o1"}), Ok(()));
    check(json!({"alg": "ES256", "kid": "e1"}), Ok(()));
    check(json!({"alg": "ES256"}), Ok(()));
    check(
        json!({"alg": "ES256", "kid": "o1"}),
        Err(IdTokenError::UnknownKey),
    );
    check(
        json!({"alg": "EdDSA", "kid": "o2"}),
        Err(IdTokenError::UnknownKey),
    );
    check(
        json!({"alg": "RS256", "kid": "o1"}),
        Err(IdTokenError::UnknownKey),
    );
    for other in ["none", "None", "HS256", "RS512", "eddsa", ""] {
        check(json!({"alg": other, "kid": "o1"}), algorithm(other));
    }
    let critical = json!({"alg": "EdDSA", "kid": "o1", "crit": ["b64"], "b64": false});
    let reason = "its header asks for what is not understood";
    check(critical, Err(IdTokenError::Malformed { reason }));
    let other = Signer::new();
    let verified = verify(&other.token(&header(), &claims()), &signer.keys());
    assert_eq!(verified, Err(IdTokenError::Signature));
}

#[test]
fn claims_that_are_believed() {
    let signer = Signer::new();
    let check = |name: &str, value: Value, expect| {
        signer.check(&header(), &with(claims(), name, value), expect);
    };
    check("aud", json!(["shop"]), Ok(()));
    check("azp", json!("shop"), Ok(()));
    check("exp", json!(1_700_000_600.5), Ok(()));
    check("exp", json!(1_700_000_241), Ok(()));
    check("iat", json!(1_700_000_360), Ok(()));
    check("nbf", json!(1_700_000_360), Ok(()));
    let several = with(claims(), "aud", json!(["other", "shop"]));
    signer.check(&header(), &with(several, "azp", json!("shop")), Ok(()));
}

#[test]
fn claims_that_are_not_believed() {
    let signer = Signer::new();
    let check = |name: &str, value: Value, expect| {
        signer.check(&header(), &with(claims(), name, value), Err(expect));
    };
    let sent = "https://id.example/".to_owned();
    check(
        "iss",
        json!("https://id.example/"),
        IdTokenError::Issuer { sent },
    );
    check("aud", json!("other"), IdTokenError::Audience);
    check("aud", json!("Shop"), IdTokenError::Audience);
    check("aud", json!([]), IdTokenError::Audience);
    check("aud", json!(["other", "shop"]), IdTokenError::Audience);
    check("azp", json!("other"), IdTokenError::Audience);
    check(
        "exp",
        json!(1_700_000_240),
        IdTokenError::Expired { seconds: 60 },
    );
    check(
        "exp",
        json!(-1e300),
        IdTokenError::Expired { seconds: u64::MAX },
    );
    check("iat", json!(1_700_000_361), IdTokenError::NotYet);
    check("nbf", json!(1e300), IdTokenError::NotYet);
    check("nonce", json!("n-0S6_WzA2Mk"), IdTokenError::Nonce);
    check("nonce", json!(""), IdTokenError::Nonce);
    check("nonce", json!(null), IdTokenError::Nonce);
    let reason = "its subject is empty or too long";
    check("sub", json!(""), IdTokenError::Malformed { reason });
    check(
        "sub",
        json!("x".repeat(256)),
        IdTokenError::Malformed { reason },
    );
    let reason = "its claims are not those of an ID token";
    for name in ["iss", "sub", "aud", "exp", "iat"] {
        for value in [json!(null), json!({}), json!(true)] {
            check(name, value, IdTokenError::Malformed { reason });
        }
    }
}

#[test]
fn addresses_that_are_verified() {
    let signer = Signer::new();
    for (value, expect) in [
        (json!(true), true),
        (json!("true"), true),
        (json!(false), false),
        (json!("false"), false),
        (json!(1), false),
        (json!(null), false),
    ] {
        let token = signer.token(&header(), &with(claims(), "email_verified", value.clone()));
        let claims = verify(&token, &signer.keys()).unwrap();
        assert_eq!(claims.is_email_verified, expect, "{value}");
    }
    let token = signer.token(&header(), &with(claims(), "groups", json!(["staff"])));
    let claims = verify(&token, &signer.keys()).unwrap();
    assert!(!claims.is_email_verified);
    assert_eq!(claims.others["groups"], json!(["staff"]));
}

#[test]
fn what_is_no_token() {
    let signer = Signer::new();
    let token = signer.token(&header(), &claims());
    let long = "A".repeat(1_000_000);
    for other in [
        "",
        ".",
        "..",
        "...",
        "a.b.c.d",
        &token[..token.len() - 2],
        &token.replace('.', ""),
        &format!("{token}="),
        &format!("{token}."),
        &format!(" {token}"),
        "ü.ü.ü",
        "W10.W10.W10",
        &long,
        &format!("{long}.{long}.{long}"),
    ] {
        assert!(verify(other, &signer.keys()).is_err(), "{other:.80}");
    }
    let deep = BASE64URL_NOPAD.encode("[".repeat(20_000).as_bytes());
    assert!(verify(&format!("{deep}.{deep}.AA"), &signer.keys()).is_err());
}
