//! Documents of providers.

use serde_json::{Value, json};

use super::*;

fn document() -> Value {
    json!({
        "issuer": "https://id.example",
        "authorization_endpoint": "https://id.example/authorize",
        "token_endpoint": "https://id.example/token",
        "jwks_uri": "https://id.example/keys",
        "response_types_supported": ["code"],
    })
}

fn read(document: &Value) -> Result<Provider, DiscoveryError> {
    Provider::read(document.to_string().as_bytes(), "https://id.example")
}

#[test]
fn what_a_provider_says() {
    assert_eq!(read(&document()), Ok(provider()));
    let expect = "https://id.example/realms/shop/.well-known/openid-configuration";
    assert_eq!(Provider::url("https://id.example/realms/shop/"), expect);
    assert_eq!(Provider::url("https://id.example/realms/shop"), expect);
}

#[test]
fn another_issuer() {
    for issuer in [
        "https://id.example/",
        "https://ID.example",
        "https://evil.example",
        "",
    ] {
        let mut document = document();
        document["issuer"] = json!(issuer);
        assert!(
            matches!(read(&document), Err(DiscoveryError::Issuer { .. })),
            "{issuer}"
        );
    }
}

#[test]
fn urls_that_others_could_read() {
    for name in [
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "userinfo_endpoint",
    ] {
        let with = |url: &str| {
            let mut document = document();
            document[name] = json!(url);
            read(&document)
        };
        for url in [
            "http://id.example/x",
            "//id.example/x",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "http://localhost.evil/x",
            "http://localhost@evil/x",
            "https://id.example/\nx",
            "",
        ] {
            let insecure = matches!(with(url), Err(DiscoveryError::Insecure { .. }));
            assert!(insecure, "{name} {url}");
        }
        for url in [
            "https://elsewhere.example/x",
            "http://localhost:8080/x",
            "http://localhost",
        ] {
            assert!(with(url).is_ok(), "{name} {url}");
        }
    }
}

#[test]
fn documents_that_are_none() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "{\"issuer\": 1}",
        &"[".repeat(100_000),
    ] {
        let provider = Provider::read(text.as_bytes(), "https://id.example");
        assert!(
            matches!(provider, Err(DiscoveryError::Malformed { .. })),
            "{provider:?}"
        );
        let keys = Jwks::read(text.as_bytes());
        assert!(
            matches!(keys, Err(DiscoveryError::Malformed { .. })),
            "{keys:?}"
        );
    }
    let long = " ".repeat(1_000_000);
    let provider = Provider::read(long.as_bytes(), "https://id.example");
    assert!(matches!(provider, Err(DiscoveryError::TooLong { .. })));
    assert!(matches!(
        Jwks::read(long.as_bytes()),
        Err(DiscoveryError::TooLong { .. })
    ));
}

#[test]
fn keys_of_other_kinds_are_left_out() {
    let x = "11qYAycxNR-dA_rq7tmYeZVVyY3IYKYnyVUh4KqUXuY";
    let good = json!({"kty": "OKP", "crv": "Ed25519", "kid": "good", "x": x});
    let with = |name: &str, value: Value| {
        let mut key = good.clone();
        key[name] = value;
        key
    };
    let keys = json!({"keys": [
        null,
        "key",
        {},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "EC", "crv": "P-384", "x": x, "y": x},
        {"kty": "EC", "crv": "P-256", "x": x},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        with("use", json!("enc")),
        with("alg", json!("RS256")),
        with("x", json!("AA")),
        with("x", json!("ü")),
        with("crv", json!("X25519")),
        with("alg", json!("EdDSA")),
        with("alg", json!("Ed25519")),
    ]});
    let keys = Jwks::read(keys.to_string().as_bytes()).unwrap();
    assert_eq!(keys.find("EdDSA", Some("good")).count(), 2);
    assert_eq!(keys.find("EdDSA", Some("other")).count(), 0);
    assert_eq!(
        keys.find("RS256", None).count() + keys.find("ES256", None).count(),
        0
    );
    let many = json!({"keys": vec![good; 1000]});
    let keys = Jwks::read(many.to_string().as_bytes()).unwrap();
    assert_eq!(keys.find("EdDSA", None).count(), 100);
}
