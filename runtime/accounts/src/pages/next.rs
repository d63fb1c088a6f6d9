//! Where somebody is led after signing in.

use axum::http::Uri;
use umbel_web::form::encode;

/// How long an address may be, in bytes.
const MAX_LENGTH: usize = 2_048;

/// A path of this application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Next(String);

impl Next {
    /// A path that is written here.
    pub(super) fn to(path: &'static str) -> Self {
        Self(path.to_owned())
    }

    /// What a form or an address says, if that is a path of this application; else its first page.
    ///
    /// Browsers take `//host` and `/\host` for another host, and skip tabs and line ends.
    pub(super) fn read(text: &str) -> Self {
        let is_own = text.len() <= MAX_LENGTH
            && text.starts_with('/')
            && !text[1..].starts_with(['/', '\\'])
            && !text.contains(char::is_control);
        Self(if is_own { text } else { "/" }.to_owned())
    }

    /// What an address says: `/login?next=%2Ffilm`.
    pub(super) fn of(uri: &Uri) -> Self {
        let query = uri.query().unwrap_or_default();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let mut values = pairs.filter(|(name, _)| *name == "next");
        let value = values.next().map(|(_, value)| value.replace('+', " "));
        let value = value.unwrap_or_default();
        let text = percent_encoding::percent_decode_str(&value).decode_utf8();
        Self::read(&text.unwrap_or_default())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The page that asks for the password again and leads there.
    pub(super) fn again(&self) -> String {
        format!("/login/again?{}", encode(&[("next", &self.0)]))
    }
}
