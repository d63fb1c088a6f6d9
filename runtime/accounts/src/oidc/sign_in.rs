//! A log-in on its way: what a browser is sent to a provider with, and what it comes back with.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::digest;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::{CallbackError, Provider};
use crate::random;

/// What stands for itself in a URL.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The application, as a provider knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub id: String,
    /// Where browsers come back to.
    pub redirect_url: String,
    /// What is asked for besides `openid`: `email`, `profile`.
    pub scopes: Vec<String>,
}

/// A log-in on its way. The session keeps it, and forgets it with the first answer.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    pub(super) state: String,
    pub(super) nonce: String,
    /// Of PKCE.
    pub(super) verifier: String,
}

/// What a browser brings from a provider: the parameters of the URL that it comes back to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Callback {
    #[serde(default)]
    pub code: Option<String>,
    #[serde(default)]
    pub state: Option<String>,
    #[serde(default)]
    pub iss: Option<String>,
    #[serde(default)]
    pub error: Option<String>,
    #[serde(default)]
    pub error_description: Option<String>,
}

impl SignIn {
    /// Begins one.
    pub fn begin() -> Self {
        let secret = || BASE64URL_NOPAD.encode(&random::bytes::<32>());
        Self {
            state: secret(),
            nonce: secret(),
            verifier: secret(),
        }
    }

    /// Where the browser is sent.
    pub fn url(&self, provider: &Provider, client: &Client) -> String {
        let scopes = ["openid"].into_iter();
        let scopes: Vec<&str> = scopes
            .chain(client.scopes.iter().map(String::as_str))
            .collect();
        let parameters = [
            ("response_type", "code"),
            ("client_id", &client.id),
            ("redirect_uri", &client.redirect_url),
            ("scope", &scopes.join(" ")),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &self.challenge()),
            ("code_challenge_method", "S256"),
        ];
        let mut url = provider.authorization_endpoint.clone();
        for (name, value) in parameters {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(name);
            url.push('=');
            url.extend(utf8_percent_encode(value, RESERVED));
        }
        url
    }

    /// The code that the provider gives for this log-in: it is sent to the provider's `token_endpoint` with
    /// [`verifier`](Self::verifier).
    pub fn code(&self, callback: Callback, provider: &Provider) -> Result<String, CallbackError> {
        let state = callback.state.unwrap_or_default();
        if !bool::from(state.as_bytes().ct_eq(self.state.as_bytes())) {
            return Err(CallbackError::State);
        }
        let is_other = match &callback.iss {
            Some(sent) => *sent != provider.issuer,
            None => provider.names_itself,
        };
        if is_other {
            let sent = shortened(callback.iss.unwrap_or_default());
            return Err(CallbackError::Issuer { sent });
        }
        if let Some(error) = callback.error {
            return Err(CallbackError::Refused {
                error: shortened(error),
                description: shortened(callback.error_description.unwrap_or_default()),
            });
        }
        let code = callback.code.filter(|code| !code.is_empty());
        code.ok_or(CallbackError::NoCode)
    }

    /// The `code_verifier` that goes with the code.
    pub fn verifier(&self) -> &str {
        &self.verifier
    }

    /// `S256` of PKCE: who sees the URL cannot use the code.
    fn challenge(&self) -> String {
        let digest = digest::digest(&digest::SHA256, self.verifier.as_bytes());
        BASE64URL_NOPAD.encode(digest.as_ref())
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

/// What anybody can make a browser bring does not fill the log, nor begin lines in it.
fn shortened(text: String) -> String {
    let signs = text.chars().filter(|sign| !sign.is_control());
    signs.take(200).collect()
}
