//! What is believed of a provider, and why the rest is not.

mod discovery;
mod id_token;
mod sign_in;

use super::*;

/// A provider, whose keys are in `pyjwt.txt`.
fn provider() -> Provider {
    Provider {
        issuer: "https://id.example".to_owned(),
        authorization_endpoint: "https://id.example/authorize".to_owned(),
        token_endpoint: "https://id.example/token".to_owned(),
        jwks_uri: "https://id.example/keys".to_owned(),
        userinfo_endpoint: None,
        end_session_endpoint: None,
        names_itself: false,
    }
}

fn client() -> Client {
    Client {
        id: "shop".to_owned(),
        redirect_url: "https://shop.example/accounts/callback?of=id".to_owned(),
        scopes: vec!["email".to_owned(), "profile".to_owned()],
    }
}

fn sign_in() -> SignIn {
    SignIn {
        state: "af0ifjsldkj".to_owned(),
        nonce: "n-0S6_WzA2Mj".to_owned(),
        // Of appendix B of RFC 7636.
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
    }
}
