//! A passkey that signs in.

use ring::digest;
use serde::Deserialize;

use super::authenticator_data::AuthenticatorData;
use super::cbor::Cbor;
use super::registration::check_kind;
use super::{
    Base64Url, Challenge, Credential, PasskeyError, RelyingParty, UserHandle, client_data, cose,
};
use crate::public_key::EcdsaForm;

/// What a browser answers to [`RequestOptions`](super::RequestOptions): `PublicKeyCredential.toJSON()`.
#[derive(Debug, Clone, Deserialize)]
pub struct AuthenticationResponse {
    id: Base64Url,
    #[serde(rename = "type")]
    kind: String,
    response: Assertion,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assertion {
    #[serde(rename = "clientDataJSON")]
    client_data: Base64Url,
    authenticator_data: Base64Url,
    signature: Base64Url,
    #[serde(default)]
    user_handle: Option<Base64Url>,
}

/// What is to be stored of a passkey that has signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authenticated {
    pub counter: u32,
    pub is_backed_up: bool,
    /// Whether the device knew who held it: without, it is one factor.
    pub is_verified: bool,
}

impl AuthenticationResponse {
    /// The passkey that is to be looked up.
    pub fn credential_id(&self) -> &[u8] {
        &self.id.0
    }

    /// The user that the passkey names, if it does.
    pub fn user_handle(&self) -> Option<&[u8]> {
        let handle = self.response.user_handle.as_ref();
        handle.map(|handle| &*handle.0)
    }
}

impl RelyingParty {
    /// Verifies that a passkey has signed a challenge, which is then to be forgotten.
    ///
    /// The credential is the stored one of that name, the handle that of its owner: if the passkey names one, it is the same.
    pub fn authenticate(
        &self,
        response: &AuthenticationResponse,
        challenge: &Challenge,
        credential: &Credential,
        owner: &UserHandle,
    ) -> Result<Authenticated, PasskeyError> {
        check_kind(&response.kind)?;
        if response.id.0 != credential.id {
            return Err(PasskeyError::Credential);
        }
        if response
            .user_handle()
            .is_some_and(|handle| handle != owner.as_bytes())
        {
            return Err(PasskeyError::UserHandle);
        }
        let Assertion {
            client_data,
            authenticator_data,
            signature,
            ..
        } = &response.response;
        client_data::check(&client_data.0, "webauthn.get", challenge, self)?;
        let data = AuthenticatorData::read(&authenticator_data.0)?;
        data.check(self)?;
        if data.is_backup_eligible() != credential.is_backup_eligible {
            return Err(PasskeyError::BackupEligibility);
        }
        let key = cose::read(&Cbor::read(&credential.public_key, "public key")?)?;
        let client_digest = digest::digest(&digest::SHA256, &client_data.0);
        let message = [&authenticator_data.0, client_digest.as_ref()].concat();
        if !key.verifies(&message, &signature.0, EcdsaForm::Asn1) {
            return Err(PasskeyError::Signature);
        }
        let (stored, sent) = (credential.counter, data.counter);
        if (stored > 0 || sent > 0) && sent <= stored {
            return Err(PasskeyError::Counter { stored, sent });
        }
        Ok(Authenticated {
            counter: sent,
            is_backed_up: data.is_backed_up(),
            is_verified: data.is_verified(),
        })
    }
}
