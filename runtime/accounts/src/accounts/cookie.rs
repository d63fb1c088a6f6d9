//! The cookie that holds the key of a session.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use umbel_web::http::Client;

use crate::session_key::SessionKey;

/// The cookie of a session, as an answer sets it.
#[derive(Debug, Clone)]
pub(crate) struct SessionCookie {
    /// The key; nothing, where the cookie is taken away.
    key: Option<SessionKey>,
    /// How long the browser keeps it; nothing, until it is closed.
    max_age: Option<Duration>,
    is_secure: bool,
}

impl SessionCookie {
    /// One that holds a key, for so long or until the browser is closed.
    pub(super) fn new(key: SessionKey, max_age: Option<Duration>, client: &Client) -> Self {
        Self {
            key: Some(key),
            max_age,
            is_secure: client.is_secure,
        }
    }

    /// One that takes the cookie away.
    pub(crate) fn cleared(client: &Client) -> Self {
        Self {
            key: None,
            max_age: Some(Duration::ZERO),
            is_secure: client.is_secure,
        }
    }

    /// The key that a request has sent. By `https`, the cookie that no other host can have set counts alone.
    pub(super) fn sent(headers: &HeaderMap, client: &Client) -> Option<SessionKey> {
        let name = name(client.is_secure);
        let lines = headers.get_all(header::COOKIE).into_iter();
        let lines = lines.filter_map(|line| line.to_str().ok());
        lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(found, _)| *found == name)
            .find_map(|(_, value)| SessionKey::parse(value))
    }

    /// `session=…; Path=/; HttpOnly; SameSite=Lax`
    ///
    /// The path is that of the host also where the application has one in front: `__Host-` asks for it.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let name = name(self.is_secure);
        let key = self.key.as_ref().map(SessionKey::to_text);
        let key = key.unwrap_or_default();
        let mut text = format!("{name}={key}; Path=/; HttpOnly; SameSite=Lax");
        if self.is_secure {
            text.push_str("; Secure");
        }
        if let Some(max_age) = self.max_age {
            text.push_str(&format!("; Max-Age={}", max_age.as_secs()));
        }
        HeaderValue::try_from(text).ok()
    }
}

fn name(is_secure: bool) -> &'static str {
    match is_secure {
        true => "__Host-session",
        false => "session",
    }
}
