//! What a provider says of somebody who has signed in there.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;

use super::{Client, IdTokenError, Jwks, Provider, SignIn, jwt};

/// How far the provider's clock may be from ours, in seconds.
const SKEW: f64 = 60.0;

/// What a provider says of somebody.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Claims {
    /// Who it is, for this provider: an account is bound to it and to the issuer, never to the e-mail address.
    #[serde(rename = "sub")]
    pub subject: String,
    #[serde(default)]
    pub email: Option<String>,
    /// Whether the provider has sent mail there. An address that is not verified proves nothing.
    #[serde(default, rename = "email_verified", deserialize_with = "truth")]
    pub is_email_verified: bool,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub preferred_username: Option<String>,
    /// All others.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

/// What says whether the token is to be believed.
#[derive(Deserialize)]
struct Registered {
    iss: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: f64,
    iat: f64,
    #[serde(default)]
    nbf: Option<f64>,
    #[serde(default)]
    nonce: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Claims {
    /// Verifies the ID token that came for a log-in.
    pub fn verify(
        token: &str,
        keys: &Jwks,
        provider: &Provider,
        client: &Client,
        sign_in: &SignIn,
        now: SystemTime,
    ) -> Result<Self, IdTokenError> {
        let payload = jwt::verified(token, keys)?;
        let malformed = |reason| IdTokenError::Malformed { reason };
        let registered: Registered = serde_json::from_slice(&payload)
            .map_err(|_| malformed("its claims are not those of an ID token"))?;
        registered.check(provider, client, sign_in, now)?;
        let claims: Self = serde_json::from_slice(&payload)
            .map_err(|_| malformed("its claims are not those of an ID token"))?;
        match (1..=255).contains(&claims.subject.len()) {
            true => Ok(claims),
            false => Err(malformed("its subject is empty or too long")),
        }
    }
}

impl Registered {
    fn check(
        &self,
        provider: &Provider,
        client: &Client,
        sign_in: &SignIn,
        now: SystemTime,
    ) -> Result<(), IdTokenError> {
        if self.iss != provider.issuer {
            let sent = self.iss.clone();
            return Err(IdTokenError::Issuer { sent });
        }
        if !self.is_for(&client.id) {
            return Err(IdTokenError::Audience);
        }
        let now = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let now = now.as_secs_f64();
        if self.exp + SKEW <= now {
            let seconds = (now - self.exp) as u64;
            return Err(IdTokenError::Expired { seconds });
        }
        let is_past = |time: f64| time - SKEW <= now;
        if !is_past(self.iat) || !self.nbf.is_none_or(is_past) {
            return Err(IdTokenError::NotYet);
        }
        let nonce = self.nonce.as_deref().unwrap_or_default();
        match nonce.as_bytes().ct_eq(sign_in.nonce.as_bytes()).into() {
            true => Ok(()),
            false => Err(IdTokenError::Nonce),
        }
    }

    /// One that is for several says which of them asked for it.
    fn is_for(&self, client: &str) -> bool {
        let is_party = self.azp.as_deref().is_none_or(|party| party == client);
        let is_audience = match &self.aud {
            Audience::One(one) => one == client,
            Audience::Several(several) if several.len() > 1 => {
                several.iter().any(|one| one == client) && self.azp.is_some()
            }
            Audience::Several(several) => several.iter().any(|one| one == client),
        };
        is_party && is_audience
    }
}

/// Some providers write `"true"`.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value == Value::Bool(true) || value == Value::String("true".to_owned()))
}
