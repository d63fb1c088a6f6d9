//! What the browser says of the page that asked for the passkey.

use serde::Deserialize;

use super::{Challenge, PasskeyError, RelyingParty};

/// No browser says as much.
const MAX_BYTES: usize = 16 * 1024;

/// What is read of it. Browsers add to it at will.
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    is_cross_origin: bool,
    #[serde(rename = "topOrigin", default)]
    top_origin: Option<String>,
}

/// Checks that it is of this application, and for this challenge.
pub(super) fn check(
    bytes: &[u8],
    expected: &'static str,
    challenge: &Challenge,
    party: &RelyingParty,
) -> Result<(), PasskeyError> {
    let malformed = |reason| PasskeyError::Malformed {
        part: "client data",
        reason,
    };
    if bytes.len() > MAX_BYTES {
        return Err(malformed("it is too long"));
    }
    let data: ClientData =
        serde_json::from_slice(bytes).map_err(|_| malformed("it is not the JSON of a browser"))?;
    if data.kind != expected {
        let sent = data.kind;
        return Err(PasskeyError::Type { sent, expected });
    }
    if !challenge.matches(&data.challenge) {
        return Err(PasskeyError::Challenge);
    }
    if !party.origins().contains(&data.origin) {
        return Err(PasskeyError::Origin { sent: data.origin });
    }
    if data.is_cross_origin || data.top_origin.is_some() {
        return Err(PasskeyError::CrossOrigin);
    }
    Ok(())
}
