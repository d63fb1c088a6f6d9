//! Sessions of browsers: how they begin, get another key, and end.

use std::time::Duration;

use axum::http::{HeaderMap, header};
use umbel_data::database::Transaction;
use umbel_data::error::{Error, Result};
use umbel_data::values::Timestamp;
use umbel_web::http::Client;

use super::{Accounts, SessionCookie};
use crate::session_key::SessionKey;
use crate::store::{self, NewSession, PasswordHash, Session, User};

/// A browser, as a request shows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Browser<'a> {
    pub(crate) headers: &'a HeaderMap,
    pub(crate) client: &'a Client,
}

impl Browser<'_> {
    /// What it calls itself.
    fn user_agent(&self) -> String {
        let name = self.headers.get(header::USER_AGENT);
        let name = name.map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned());
        name.unwrap_or_default()
    }

    fn address(&self) -> String {
        let address = self.client.address;
        address.map_or_else(String::new, |address| address.to_string())
    }

    fn key(&self) -> Option<SessionKey> {
        SessionCookie::sent(self.headers, self.client)
    }
}

impl Accounts {
    /// Begins a session for a user, and ends the one that the browser has had; nothing, if the user may not sign in.
    pub(crate) async fn begin(
        &self,
        user_id: i64,
        is_remembered: bool,
        browser: Browser<'_>,
        now: Timestamp,
    ) -> Result<Option<SessionCookie>> {
        let lifetime = match is_remembered {
            true => self.settings.remembered,
            false => self.settings.session,
        };
        let (user_agent, address) = (browser.user_agent(), browser.address());
        let old = browser.key();
        let begin = async move |tx: Transaction| -> Result<Option<SessionKey>> {
            if !User::signed_in(&tx, user_id, now).await? {
                return Ok(None);
            }
            if let Some(old) = old {
                Session::end(&tx, &old.digest()).await?;
            }
            let new = NewSession {
                user_id,
                expires_at: store::later(now, lifetime),
                is_remembered,
                user_agent: &user_agent,
                address: &address,
            };
            let (key, _) = Session::create(&tx, new, now).await?;
            Ok(Some(key))
        };
        let key = self.db.transaction(begin).await?;
        let max_age = is_remembered.then_some(lifetime);
        Ok(key.map(|key| SessionCookie::new(key, max_age, browser.client)))
    }

    /// Notes that whoever has a session has proved again who it is, and gives it another key; nothing, if it has ended or
    /// another request has done so.
    pub(crate) async fn renew(
        &self,
        session: &Session,
        client: &Client,
        now: Timestamp,
    ) -> Result<Option<SessionCookie>> {
        let key = session.rotate(&self.db, now).await?;
        Ok(key.map(|key| renewed(session, key, client, now)))
    }

    /// Changes the password of whoever has a session, ends all other sessions, and gives this one another key.
    pub(crate) async fn set_password(
        &self,
        session: &Session,
        hash: PasswordHash,
        client: &Client,
        now: Timestamp,
    ) -> Result<SessionCookie> {
        let of = session.clone();
        let change = async move |tx: Transaction| -> Result<SessionKey> {
            let key = of.rotate(&tx, now).await?;
            let key = key.ok_or_else(|| {
                Error::Conflict("you have signed in or out elsewhere meanwhile".to_owned())
            })?;
            User::set_password(&tx, of.user_id, Some(&hash)).await?;
            of.revoke_others(&tx).await?;
            Ok(key)
        };
        let key = self.db.transaction(change).await?;
        Ok(renewed(session, key, client, now))
    }

    /// Ends the session of a browser.
    pub(crate) async fn end(&self, browser: Browser<'_>) -> Result<SessionCookie> {
        if let Some(key) = browser.key() {
            Session::end(&self.db, &key.digest()).await?;
        }
        Ok(SessionCookie::cleared(browser.client))
    }
}

/// The cookie of a session with its new key: it is kept as long as the old one was.
fn renewed(session: &Session, key: SessionKey, client: &Client, now: Timestamp) -> SessionCookie {
    let left = || -> Duration { store::until(now, session.expires_at) };
    SessionCookie::new(key, session.is_remembered.then(left), client)
}
