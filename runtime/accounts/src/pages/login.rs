//! Signing in by a password, and signing out.

use askama::Template;
use axum::http::StatusCode;
use umbel_data::error::FieldErrors;
use umbel_web::http::redirect;
use umbel_web::show::Page;

use super::ask::{Answer, Ask, redirect_with};
use super::input::{self, Field};
use super::next::Next;

const LOGIN: Field = Field::new("login", "Name or e-mail address", "text").autocomplete("username");
const PASSWORD: Field =
    Field::new("password", "Password", "password").autocomplete("current-password");

/// How long a name can be that is shown again, in bytes: no account has a longer one.
const MAX_LOGIN: usize = 254;
const DAY: u64 = 24 * 60 * 60;

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage<'a> {
    login: &'a str,
    is_remembered: bool,
    next: &'a str,
    /// How long a session holds that outlives the browser.
    days: u64,
    errors: &'a FieldErrors,
}

impl Page for LoginPage<'_> {
    fn title(&self) -> String {
        input::title("Sign in", self.errors)
    }

    fn here(&self) -> &'static str {
        "/login"
    }
}

impl Ask {
    fn remembered_days(&self) -> u64 {
        self.accounts.settings.remembered.as_secs() / DAY
    }
}

/// The page of log-in. Whoever has signed in is led on.
pub(super) async fn show(ask: Ask) -> Answer {
    let next = Next::of(&ask.uri);
    if ask.signed_in.is_some() {
        return Ok(redirect(next.as_str()));
    }
    ask.show(&LoginPage {
        login: "",
        is_remembered: false,
        next: next.as_str(),
        days: ask.remembered_days(),
        errors: &FieldErrors::default(),
    })
}

/// Signs in. Whatever is wrong, the same is said of it.
pub(super) async fn sign_in(mut ask: Ask) -> Answer {
    let (login, proof) = (ask.typed("login"), ask.proof("password"));
    let is_remembered = !ask.typed("remember").is_empty();
    let next = Next::read(&ask.typed("next"));
    let user = ask.accounts.log_in(&login, proof).await?;
    let cookie = match user {
        Some(user) => {
            let begun = ask
                .accounts
                .begin(user.id, is_remembered, ask.browser(), ask.now);
            begun.await?
        }
        None => None,
    };
    if let Some(cookie) = cookie {
        return Ok(redirect_with(&cookie, next.as_str()));
    }
    let is_shown = login.len() <= MAX_LOGIN && !login.contains(char::is_control);
    let page = LoginPage {
        login: if is_shown { &login } else { "" },
        is_remembered,
        next: next.as_str(),
        days: ask.remembered_days(),
        errors: &FieldErrors::at("login", "The name or the password is wrong"),
    };
    ask.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Signs out.
pub(super) async fn sign_out(ask: Ask) -> Answer {
    let cookie = ask.accounts.end(ask.browser()).await?;
    Ok(redirect_with(&cookie, "/login"))
}
