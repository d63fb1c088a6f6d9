//! Who sends a request: by the cookie of a session, or by a token.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use umbel_data::actor::{self, Actor};
use umbel_data::database::BoxFuture;
use umbel_data::error::Result;
use umbel_data::values::Timestamp;
use umbel_web::http::{Client, Identify, Problem};

use super::{Accounts, SessionCookie};
use crate::store::{ApiToken, Session, User};
use crate::token::Token;

/// Who has signed in, and by which session: an extension of each of its requests.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub user: User,
}

impl Identify for Accounts {
    fn identify<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<Actor, Problem>> {
        Box::pin(async move {
            let actor = match bearer(request.headers())? {
                Some(token) => Some(self.of_token(&token).await?),
                None => self.of_session(request).await?,
            };
            let public = || Actor::Anonymous(Arc::clone(&self.settings.public));
            Ok(actor.map_or_else(public, Actor::User))
        })
    }
}

impl Accounts {
    /// Whoever has the session of a request; it is looked for with each, so that one that was ended counts no more.
    async fn of_session(&self, request: &mut Request) -> Result<Option<Arc<actor::User>>> {
        let client = request.extensions().get::<Client>();
        let client = client.cloned().unwrap_or_default();
        let Some(key) = SessionCookie::sent(request.headers(), &client) else {
            return Ok(None);
        };
        let now = Timestamp::now();
        let Some((session, user)) = Session::find(&self.db, &key.digest(), now).await? else {
            return Ok(None);
        };
        noted(session.touch(&self.db, now).await);
        let actor = self.actor(&user).await?;
        let signed_in = Arc::new(SignedIn { session, user });
        request.extensions_mut().insert(signed_in);
        Ok(Some(actor))
    }

    /// The owner of a token, with what the token is for of what its owner may.
    async fn of_token(&self, token: &Token) -> Result<Arc<actor::User>, Problem> {
        let now = Timestamp::now();
        let found = ApiToken::find(&self.db, token, now).await?;
        let (token, user) = found.ok_or_else(invalid_token)?;
        noted(token.touch(&self.db, now).await);
        let mut actor = self.actor(&user).await?;
        if !token.scopes.is_empty() {
            Arc::make_mut(&mut actor).permissions.narrow(&token.scopes);
        }
        Ok(actor)
    }

    async fn actor(&self, user: &User) -> Result<Arc<actor::User>> {
        let everyone = [&*self.settings.public, &*self.settings.signed_in];
        self.permissions.actor(&self.db, user, everyone).await
    }
}

/// The token of a request, if it sends one.
fn bearer(headers: &HeaderMap) -> Result<Option<Token>, Problem> {
    let lines = headers.get_all(header::AUTHORIZATION).into_iter();
    let lines = lines.map(|line| line.to_str().unwrap_or_default());
    let mut tokens = lines.filter_map(|line| {
        let (scheme, text) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        scheme.eq_ignore_ascii_case("bearer").then(|| text.trim())
    });
    match (tokens.next(), tokens.next()) {
        (None, _) => Ok(None),
        (Some(text), None) => Token::parse(text).map(Some).map_err(|_| invalid_token()),
        (Some(_), Some(_)) => Err(invalid_token()),
    }
}

fn invalid_token() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "The token is not good",
        "The token of this request is none, has expired or was revoked. Nothing was changed.",
        "Whoever looks after the program that has sent it can make another one.",
    )
}

/// That it is not noted when something was used keeps nobody from using it.
fn noted(touched: Result<bool>) {
    if let Err(error) = touched {
        tracing::warn!(%error, "it could not be noted when a session or a token was used");
    }
}
