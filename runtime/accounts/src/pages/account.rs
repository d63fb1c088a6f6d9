//! Who one is, and the forms that change that.

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use umbel_data::error::{Error, FieldErrors};
use umbel_web::http::{Problem, redirect};
use umbel_web::show::Page;

use super::ask::{Answer, Ask};
use super::input::{self, Field};
use crate::accounts::SignedIn;
use crate::store::User;

pub(super) const NAME: Field = Field::new("name", "Name", "text")
    .autocomplete("name")
    .help("What others call you. Left empty, it is the name by which you sign in.")
    .optional();
pub(super) const EMAIL: Field = Field::new("email", "E-mail address", "email")
    .autocomplete("email")
    .optional();
pub(super) const CURRENT: Field =
    Field::new("current_password", "Current password", "password").autocomplete("current-password");
pub(super) const NEW: Field =
    Field::new("new_password", "New password", "password").autocomplete("new-password");

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage<'a> {
    user: &'a User,
    name: &'a str,
    email: &'a str,
    is_proved: bool,
    notice: &'static str,
    errors: &'a FieldErrors,
}

impl Page for AccountPage<'_> {
    fn title(&self) -> String {
        input::title("Your account", self.errors)
    }

    fn here(&self) -> &'static str {
        "/account"
    }
}

/// What was changed, as the address of the page says it: `/account?changed=name`.
const CHANGED: [(&str, &str); 3] = [
    ("name", "Your name is changed."),
    ("email", "Your e-mail address is changed."),
    (
        "password",
        "Your password is changed, and all other browsers are signed out.",
    ),
];

/// Who one is.
pub(super) async fn show(ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    let user = &signed_in.user;
    let query = ask
        .uri
        .query()
        .and_then(|query| query.strip_prefix("changed="));
    let mut changed = CHANGED.iter();
    let notice = changed.find(|(what, _)| Some(*what) == query);
    ask.show(&AccountPage {
        user,
        name: &user.name,
        email: user.email.as_deref().unwrap_or_default(),
        is_proved: ask.is_proved(&signed_in),
        notice: notice.map_or("", |(_, notice)| notice),
        errors: &FieldErrors::default(),
    })
}

/// The page with a form that was not taken: what was typed into it, if that may be shown, and what is wrong.
pub(super) fn refused(
    ask: &Ask,
    signed_in: &SignedIn,
    [name, email]: [Option<&str>; 2],
    errors: &FieldErrors,
) -> Answer {
    let user = &signed_in.user;
    let page = AccountPage {
        user,
        name: name.unwrap_or(&user.name),
        email: email.unwrap_or(user.email.as_deref().unwrap_or_default()),
        is_proved: ask.is_proved(signed_in),
        notice: "",
        errors,
    };
    ask.show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Leads to the page, which says what was changed.
pub(super) fn changed(what: &'static str) -> String {
    format!("/account?changed={what}")
}

/// The answer to a change by the database: it is done, or something is wrong, or there is no such account any more.
pub(super) fn changed_or(
    outcome: Result<bool, Error>,
    what: &'static str,
    refused: impl FnOnce(&FieldErrors) -> Answer,
) -> Answer {
    match outcome {
        Ok(true) => Ok(redirect(&changed(what))),
        Ok(false) => Ok(redirect("/login")),
        Err(Error::Invalid(errors)) => refused(&errors),
        Err(error) => Ok(Problem::from(error).into_response()),
    }
}
