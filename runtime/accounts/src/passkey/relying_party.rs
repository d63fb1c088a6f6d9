//! The application, as browsers know it.

use super::PartyError;

/// The application, as browsers know it: whose passkeys it takes, and on which pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    origins: Vec<String>,
    /// What people read when they make a passkey.
    pub name: String,
    pub user_verification: UserVerification,
}

/// Whether the device must know who holds it: by a finger, a face or a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserVerification {
    /// The passkey stands for a password and a second factor.
    Required,
    /// It is asked for and may be missing: the passkey stands beside a password.
    Preferred,
}

impl RelyingParty {
    /// Takes the domain that passkeys are for, and the origins of the pages that ask for them: `example.com`,
    /// `https://www.example.com`. Passkeys are for good bound to the domain.
    pub fn new(
        id: &str,
        name: &str,
        origins: Vec<String>,
        user_verification: UserVerification,
    ) -> Result<Self, PartyError> {
        if origins.is_empty() {
            return Err(PartyError::NoOrigin);
        }
        for origin in &origins {
            check(origin, id)?;
        }
        Ok(Self {
            id: id.to_owned(),
            origins,
            name: name.to_owned(),
            user_verification,
        })
    }

    /// The domain that passkeys are for.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The origins of the pages that may ask for passkeys.
    pub fn origins(&self) -> &[String] {
        &self.origins
    }
}

fn check(origin: &str, id: &str) -> Result<(), PartyError> {
    let malformed = || PartyError::Malformed {
        origin: origin.to_owned(),
    };
    let (scheme, authority) = origin.split_once("://").ok_or_else(malformed)?;
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let is_sign =
        |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || b"-.".contains(&sign);
    let is_port = |port: &str| port.parse::<u16>().is_ok() && !port.starts_with('+');
    if host.is_empty() || !host.bytes().all(is_sign) || !port.is_none_or(is_port) {
        return Err(malformed());
    }
    let is_local = host == "localhost" || host.ends_with(".localhost");
    match scheme {
        "https" => {}
        "http" if is_local => {}
        "http" => {
            return Err(PartyError::Insecure {
                origin: origin.to_owned(),
            });
        }
        _ => return Err(malformed()),
    }
    let is_below = host
        .strip_suffix(id)
        .is_some_and(|rest| rest.ends_with('.'));
    match !id.is_empty() && (host == id || is_below) {
        true => Ok(()),
        false => Err(PartyError::Foreign {
            origin: origin.to_owned(),
            id: id.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(id: &str, origin: &str, expect: &str) {
        let origins = vec![origin.to_owned()];
        let party = RelyingParty::new(id, "Shop", origins, UserVerification::Required);
        let said = party
            .err()
            .map_or_else(String::new, |error| error.to_string());
        assert!(
            said.contains(expect) && said.is_empty() == expect.is_empty(),
            "{origin}: {said}"
        );
    }

    #[test]
    fn origins() {
        check("example.com", "https://example.com", "");
        check("example.com", "https://www.example.com:8443", "");
        check("localhost", "http://localhost:8000", "");
        check("shop.localhost", "http://shop.localhost", "");
        check("example.com", "http://example.com", "needs https");
        check("example.com", "https://badexample.com", "does not belong");
        check("example.com", "https://example.com.evil", "does not belong");
        check("www.example.com", "https://example.com", "does not belong");
        check("", "https://example.com", "does not belong");
        for other in [
            "",
            "example.com",
            "https://",
            "https://example.com/",
            "https://EXAMPLE.com",
            "https://example.com:",
            "https://example.com:99999",
            "https://mary@example.com",
            "ftp://example.com",
            "https://exämple.com",
        ] {
            check("example.com", other, "is no origin");
        }
    }

    #[test]
    fn none() {
        let party = RelyingParty::new("example.com", "Shop", vec![], UserVerification::Required);
        assert_eq!(party, Err(PartyError::NoOrigin));
    }
}
