//! Where browsers are sent, and what they come back with.

use super::*;

#[test]
fn the_url_of_the_provider() {
    let expect = "https://id.example/authorize?response_type=code&client_id=shop\
                  &redirect_uri=https%3A%2F%2Fshop.example%2Faccounts%2Fcallback%3Fof%3Did\
                  &scope=openid%20email%20profile&state=af0ifjsldkj&nonce=n-0S6_WzA2Mj\
                  &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    assert_eq!(sign_in().url(&provider(), &client()), expect);
    let mut other = provider();
    other.authorization_endpoint += "?tenant=1";
    assert!(
        sign_in()
            .url(&other, &client())
            .contains("/authorize?tenant=1&response_type=code&")
    );
}

#[test]
fn every_log_in_has_its_own_secrets() {
    let (first, second) = (SignIn::begin(), SignIn::begin());
    let secrets = [
        first.state,
        first.nonce,
        first.verifier,
        second.state,
        second.nonce,
        second.verifier,
    ];
    assert!(secrets.iter().all(|secret| secret.len() == 43));
    let different: std::collections::BTreeSet<_> = secrets.iter().collect();
    assert_eq!(different.len(), 6);
    assert_eq!(format!("{:?}", sign_in()), "_");
}

#[test]
fn what_a_session_keeps() {
    let kept = serde_json::to_string(&sign_in()).unwrap();
    let read: SignIn = serde_json::from_str(&kept).unwrap();
    assert_eq!(read.verifier(), sign_in().verifier());
}

#[test]
fn answers() {
    let good = Callback {
        code: Some("SplxlOBeZQQYbYS6WxSbIA".to_owned()),
        state: Some("af0ifjsldkj".to_owned()),
        ..Callback::default()
    };
    let code = |callback: &Callback| sign_in().code(callback.clone(), &provider());
    assert_eq!(code(&good).as_deref(), Ok("SplxlOBeZQQYbYS6WxSbIA"));
    for state in [None, Some(""), Some("af0ifjsldkk"), Some("af0ifjsldkjx")] {
        let state = state.map(str::to_owned);
        assert_eq!(
            code(&Callback {
                state,
                ..good.clone()
            }),
            Err(CallbackError::State)
        );
    }
    for none in [None, Some(String::new())] {
        assert_eq!(
            code(&Callback {
                code: none,
                ..good.clone()
            }),
            Err(CallbackError::NoCode)
        );
    }
    let refused = Callback {
        error: Some("access_denied".to_owned()),
        error_description: Some("no\r\nline".repeat(1000)),
        ..good.clone()
    };
    let Err(CallbackError::Refused { error, description }) = code(&refused) else {
        panic!("it is refused");
    };
    assert_eq!((&*error, description.len()), ("access_denied", 200));
    assert!(!description.contains(char::is_control));
}

/// RFC 9207: an answer is not mistaken for that of another provider.
#[test]
fn answers_of_other_providers() {
    let of = |iss: Option<&str>, names_itself| {
        let callback = Callback {
            code: Some("code".to_owned()),
            state: Some("af0ifjsldkj".to_owned()),
            iss: iss.map(str::to_owned),
            ..Callback::default()
        };
        let provider = Provider {
            names_itself,
            ..provider()
        };
        sign_in().code(callback, &provider).is_ok()
    };
    assert!(of(Some("https://id.example"), true));
    assert!(of(Some("https://id.example"), false));
    assert!(of(None, false));
    assert!(!of(None, true));
    assert!(!of(Some("https://evil.example"), false));
}
