//! Proving once more who one is, before what changes how that is proved.

use askama::Template;
use axum::http::StatusCode;
use umbel_data::error::FieldErrors;
use umbel_web::http::redirect;
use umbel_web::show::Page;

use super::ask::{Answer, Ask, redirect_with};
use super::input::{self, Field};
use super::next::Next;
use crate::store::User;

const PASSWORD: Field =
    Field::new("password", "Password", "password").autocomplete("current-password");

#[derive(Template)]
#[template(path = "accounts/again.html")]
struct AgainPage<'a> {
    user: &'a User,
    next: &'a str,
    errors: &'a FieldErrors,
}

impl Page for AgainPage<'_> {
    fn title(&self) -> String {
        input::title("Is it you?", self.errors)
    }

    fn here(&self) -> &'static str {
        "/account"
    }
}

/// The page that asks for the password again.
pub(super) async fn show(ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    ask.show(&AgainPage {
        user: &signed_in.user,
        next: Next::of(&ask.uri).as_str(),
        errors: &FieldErrors::default(),
    })
}

/// Notes that it is the same person still, and gives the session another key.
pub(super) async fn prove(mut ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    let proof = ask.proof("password");
    let next = Next::read(&ask.typed("next"));
    if ask.accounts.proves(&signed_in.user, proof).await? {
        let renewed = ask
            .accounts
            .renew(&signed_in.session, ask.client(), ask.now);
        return Ok(match renewed.await? {
            Some(cookie) => redirect_with(&cookie, next.as_str()),
            // Another request has proved it, whose answer has the new key.
            None => redirect(next.as_str()),
        });
    }
    let page = AgainPage {
        user: &signed_in.user,
        next: next.as_str(),
        errors: &FieldErrors::at("password", "The password is wrong"),
    };
    ask.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
