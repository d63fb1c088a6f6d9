//! The tokens by which programs do what one may.

use std::time::Duration;

use askama::Template;
use axum::http::StatusCode;
use umbel_data::error::FieldErrors;
use umbel_data::values::Timestamp;
use umbel_web::http::redirect;
use umbel_web::show::{Page, Show};

use super::ask::{Answer, Ask};
use super::input::{self, Field};
use crate::accounts::SignedIn;
use crate::identifier::Identifier;
use crate::store::{self, ApiToken, NewApiToken};

const NAME: Field = Field::new("name", "Name", "text").help("What the token is for.");
const DAYS: Field = Field::new("days", "Days until it ends", "number")
    .help("Left empty, it holds until it is revoked.")
    .optional();
const SCOPE: &str = "scope";

/// What a token can be for, and what a person calls that.
const SCOPES: [(&str, &str); 4] = [
    ("view", "See rows"),
    ("add", "Add rows"),
    ("change", "Change rows"),
    ("delete", "Delete rows"),
];

const DAY: u64 = 24 * 60 * 60;
const MAX_DAYS: u64 = 3_650;

/// A token that is to be, as it is typed.
#[derive(Default)]
struct Typed {
    name: String,
    scopes: Vec<String>,
    days: String,
}

/// The same, when nothing is wrong with it.
struct Checked {
    name: String,
    scopes: Vec<&'static str>,
    lifetime: Option<Duration>,
}

#[derive(Template)]
#[template(path = "accounts/tokens.html")]
struct TokensPage<'a> {
    tokens: &'a [ApiToken],
    /// The text of the one that was just made.
    made: Option<&'a str>,
    is_proved: bool,
    now: Timestamp,
    name: &'a str,
    scopes: &'a [String],
    scope_errors: Vec<&'a str>,
    days: &'a str,
    errors: &'a FieldErrors,
}

impl TokensPage<'_> {
    fn is_ticked(&self, word: &str) -> bool {
        self.scopes.iter().any(|scope| scope == word)
    }
}

impl Page for TokensPage<'_> {
    fn title(&self) -> String {
        input::title("Tokens for programs", self.errors)
    }

    fn here(&self) -> &'static str {
        "/account"
    }
}

/// All tokens of whoever it is.
pub(super) async fn list(ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    let typed = Typed {
        days: "90".to_owned(),
        ..Typed::default()
    };
    page(&ask, &signed_in, None, &typed, &FieldErrors::default()).await
}

/// Makes a token, and shows its text.
pub(super) async fn create(mut ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    if !ask.is_proved(&signed_in) {
        return ask.prove_again("/account/tokens");
    }
    let typed = Typed {
        name: ask.typed(NAME.name),
        scopes: ask.form.list(SCOPE),
        days: ask.typed(DAYS.name),
    };
    let checked = match typed.check() {
        Ok(checked) => checked,
        Err(errors) => return page(&ask, &signed_in, None, &typed, &errors).await,
    };
    let new = NewApiToken {
        user_id: signed_in.user.id,
        name: &checked.name,
        scopes: &checked.scopes,
        expires_at: checked
            .lifetime
            .map(|lifetime| store::later(ask.now, lifetime)),
    };
    let (text, _) = ApiToken::create(&ask.accounts.db, new, ask.now).await?;
    let (blank, errors) = (Typed::default(), FieldErrors::default());
    page(&ask, &signed_in, Some(&text), &blank, &errors).await
}

/// Revokes a token; one that is not there was revoked already.
pub(super) async fn revoke(mut ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    if let Ok(id) = ask.typed("token").parse() {
        ApiToken::revoke(&ask.accounts.db, signed_in.user.id, id).await?;
    }
    Ok(redirect("/account/tokens"))
}

async fn page(
    ask: &Ask,
    signed_in: &SignedIn,
    made: Option<&str>,
    typed: &Typed,
    errors: &FieldErrors,
) -> Answer {
    let tokens = ApiToken::list(&ask.accounts.db, signed_in.user.id).await?;
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = TokensPage {
        tokens: &tokens,
        made,
        is_proved: ask.is_proved(signed_in),
        now: ask.now,
        name: &typed.name,
        scopes: &typed.scopes,
        scope_errors: input::at(errors, SCOPE),
        days: &typed.days,
        errors,
    };
    ask.show_with(status, &page)
}

impl Typed {
    fn check(&self) -> Result<Checked, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = Identifier::user_name(&self.name);
        let name = name.map(|name| name.text).unwrap_or_else(|error| {
            errors.add(NAME.name, format!("{} {error}", NAME.label));
            String::new()
        });
        let known = |scope: &String| SCOPES.iter().find(|(word, _)| word == scope);
        let scopes: Vec<_> = self.scopes.iter().filter_map(known).collect();
        if scopes.len() < self.scopes.len() {
            errors.add(SCOPE, "What it may do must be some of these");
        }
        let lifetime = self.lifetime().unwrap_or_else(|| {
            let words = format!("{} must be a number from 1 to {MAX_DAYS}", DAYS.label);
            errors.add(DAYS.name, words);
            None
        });
        match errors.is_empty() {
            true => Ok(Checked {
                name,
                scopes: scopes.into_iter().map(|(word, _)| *word).collect(),
                lifetime,
            }),
            false => Err(errors),
        }
    }

    /// How long it is to hold; nothing within for one that does not end, nothing at all if it is no number of days.
    fn lifetime(&self) -> Option<Option<Duration>> {
        let text = self.days.trim();
        if text.is_empty() {
            return Some(None);
        }
        let days = text.parse().ok();
        let days = days.filter(|days| (1..=MAX_DAYS).contains(days))?;
        Some(Some(Duration::from_secs(days * DAY)))
    }
}
