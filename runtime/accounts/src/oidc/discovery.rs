//! What a provider says of itself: `/.well-known/openid-configuration`.

use serde::Deserialize;

use super::DiscoveryError;

const DOCUMENT: &str = "configuration";
/// The longest ones are of some ten kilobytes.
const MAX_BYTES: usize = 256 * 1024;

/// A provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Provider {
    pub issuer: String,
    /// Where people are sent.
    pub authorization_endpoint: String,
    /// Where a code becomes a token.
    pub token_endpoint: String,
    /// Where its keys are.
    pub jwks_uri: String,
    #[serde(default)]
    pub userinfo_endpoint: Option<String>,
    #[serde(default)]
    pub end_session_endpoint: Option<String>,
    /// Whether the answers that browsers bring say who the provider is.
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub names_itself: bool,
}

impl Provider {
    /// Where the provider says what it is.
    pub fn url(issuer: &str) -> String {
        let issuer = issuer.trim_end_matches('/');
        format!("{issuer}/.well-known/openid-configuration")
    }

    /// Reads what was fetched from there.
    pub fn read(json: &[u8], issuer: &str) -> Result<Self, DiscoveryError> {
        if json.len() > MAX_BYTES {
            return Err(DiscoveryError::TooLong {
                document: DOCUMENT,
                max: MAX_BYTES,
            });
        }
        let provider: Self =
            serde_json::from_slice(json).map_err(|error| DiscoveryError::Malformed {
                document: DOCUMENT,
                reason: error.to_string(),
            })?;
        if provider.issuer != issuer {
            return Err(DiscoveryError::Issuer {
                sent: provider.issuer,
                expected: issuer.to_owned(),
            });
        }
        for (name, url) in provider.urls() {
            if !is_secure(url) {
                let url = url.to_owned();
                return Err(DiscoveryError::Insecure { name, url });
            }
        }
        Ok(provider)
    }

    fn urls(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let always = [
            ("issuer", &*self.issuer),
            ("authorization_endpoint", &*self.authorization_endpoint),
            ("token_endpoint", &*self.token_endpoint),
            ("jwks_uri", &*self.jwks_uri),
        ];
        let sometimes = [
            ("userinfo_endpoint", self.userinfo_endpoint.as_deref()),
            ("end_session_endpoint", self.end_session_endpoint.as_deref()),
        ];
        let sometimes = sometimes.into_iter();
        let sometimes = sometimes.filter_map(|(name, url)| url.map(|url| (name, url)));
        always.into_iter().chain(sometimes)
    }
}

/// Whether nobody between reads along. What is on this machine needs no secrecy.
fn is_secure(url: &str) -> bool {
    let host = |rest: &str| {
        let end = rest.find(['/', ':', '?', '#']).unwrap_or(rest.len());
        rest[..end].to_owned()
    };
    let is_plain =
        !url.contains(|sign: char| sign.is_whitespace() || sign.is_control() || sign == '@');
    let is_encrypted = url
        .strip_prefix("https://")
        .is_some_and(|rest| !host(rest).is_empty());
    let is_local = url
        .strip_prefix("http://")
        .is_some_and(|rest| host(rest) == "localhost");
    is_plain && (is_encrypted || is_local)
}
