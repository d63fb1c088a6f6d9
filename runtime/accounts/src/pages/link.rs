//! Signing in by a link that is good for once.

use askama::Template;
use axum::http::StatusCode;
use umbel_data::error::Result;
use umbel_web::http::Problem;
use umbel_web::show::Page;

use super::ask::{Answer, Ask, redirect_with};
use crate::accounts::LINK;
use crate::session_key::SessionKey;
use crate::store::{State, User};

#[derive(Template)]
#[template(path = "accounts/link.html")]
struct LinkPage<'a> {
    called: &'a str,
    login: &'a str,
    path: &'a str,
}

impl Page for LinkPage<'_> {
    fn title(&self) -> String {
        "Sign in".to_owned()
    }

    fn here(&self) -> &'static str {
        "/login"
    }
}

/// Whose link it is. That is told to whoever has it; it is used by the button alone, since programs open links, too.
pub(super) async fn show(ask: Ask) -> Answer {
    let key = key(&ask)?;
    let state = State::find(&ask.accounts.db, LINK, &key, ask.now).await?;
    let user = owner(&ask, state).await?;
    let user = user.ok_or_else(spent)?;
    ask.show(&LinkPage {
        called: match user.name.as_str() {
            "" => &user.login,
            name => name,
        },
        login: &user.login,
        path: ask.uri.path(),
    })
}

/// Signs in, and spends the link.
pub(super) async fn sign_in(ask: Ask) -> Answer {
    let key = key(&ask)?;
    let state = State::take(&ask.accounts.db, LINK, &key, ask.now).await?;
    let user = owner(&ask, state).await?;
    let user = user.ok_or_else(spent)?;
    let begun = ask.accounts.begin(user.id, false, ask.browser(), ask.now);
    let cookie = begun.await?.ok_or_else(spent)?;
    Ok(redirect_with(&cookie, "/"))
}

/// The key in the address.
fn key(ask: &Ask) -> Result<SessionKey, Problem> {
    let (_, text) = ask.uri.path().rsplit_once('/').unwrap_or_default();
    SessionKey::parse(text).ok_or_else(spent)
}

/// Whose link it is, if it is one of somebody who may sign in.
async fn owner(ask: &Ask, state: Option<State>) -> Result<Option<User>> {
    let Some(id) = state.and_then(|state| state.user_id) else {
        return Ok(None);
    };
    let user = User::find(&ask.accounts.db, id).await?;
    Ok(user.filter(|user| user.is_active))
}

/// One that never was is answered as one that was used.
fn spent() -> Problem {
    Problem::new(
        StatusCode::GONE,
        "This link is no longer good",
        "The link was used already, or is too old, or is not whole.",
        "Ask for another one, or sign in with a password.",
    )
}
