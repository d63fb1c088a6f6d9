//! What a page gives to `navigator.credentials`: `PublicKeyCredential.parseCreationOptionsFromJSON` and
//! `parseRequestOptionsFromJSON` read it.

use serde::Serialize;

use super::cose::ALGORITHMS;
use super::{Base64Url, Challenge, Credential, RelyingParty, UserHandle, UserVerification};

/// How long a person may take, in milliseconds.
const TIMEOUT: u32 = 5 * 60 * 1000;

/// Whom a passkey is made for.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[serde(rename = "id")]
    pub handle: UserHandle,
    /// What the person signs in by.
    pub name: String,
    pub display_name: String,
}

/// A passkey, as a page names it.
#[derive(Debug, Clone, Serialize)]
pub struct Descriptor {
    #[serde(rename = "type")]
    kind: &'static str,
    id: Base64Url,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transports: Vec<String>,
}

/// What makes a passkey.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreationOptions {
    rp: Party,
    user: User,
    challenge: String,
    pub_key_cred_params: Vec<Parameters>,
    timeout: u32,
    exclude_credentials: Vec<Descriptor>,
    authenticator_selection: Selection,
    attestation: &'static str,
}

/// What signs in by a passkey.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestOptions {
    challenge: String,
    timeout: u32,
    rp_id: String,
    allow_credentials: Vec<Descriptor>,
    user_verification: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct Party {
    id: String,
    name: String,
}

#[derive(Debug, Clone, Serialize)]
struct Parameters {
    #[serde(rename = "type")]
    kind: &'static str,
    alg: i64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    resident_key: &'static str,
    require_resident_key: bool,
    user_verification: &'static str,
}

impl RelyingParty {
    /// What makes a passkey, on a device that has none of those that are there.
    pub fn creation_options(
        &self,
        challenge: &Challenge,
        user: User,
        existing: &[Credential],
    ) -> CreationOptions {
        let parameters = |alg| Parameters {
            kind: "public-key",
            alg,
        };
        CreationOptions {
            rp: Party {
                id: self.id().to_owned(),
                name: self.name.clone(),
            },
            user,
            challenge: challenge.to_text(),
            pub_key_cred_params: ALGORITHMS.map(parameters).to_vec(),
            timeout: TIMEOUT,
            exclude_credentials: existing.iter().map(Descriptor::of).collect(),
            authenticator_selection: Selection {
                resident_key: "required",
                require_resident_key: true,
                user_verification: self.user_verification.name(),
            },
            attestation: "none",
        }
    }

    /// What signs in by one of these passkeys; without any, by whichever the person chooses.
    pub fn request_options(&self, challenge: &Challenge, allowed: &[Credential]) -> RequestOptions {
        RequestOptions {
            challenge: challenge.to_text(),
            timeout: TIMEOUT,
            rp_id: self.id().to_owned(),
            allow_credentials: allowed.iter().map(Descriptor::of).collect(),
            user_verification: self.user_verification.name(),
        }
    }
}

impl Descriptor {
    fn of(credential: &Credential) -> Self {
        Self {
            kind: "public-key",
            id: Base64Url(credential.id.clone()),
            transports: credential.transports.clone(),
        }
    }
}

impl UserVerification {
    fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Preferred => "preferred",
        }
    }
}
