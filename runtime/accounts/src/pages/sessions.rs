//! Where one is signed in, and signing out there.

use askama::Template;
use umbel_web::http::redirect;
use umbel_web::show::{Page, Show};

use super::ask::{Answer, Ask};
use super::device;
use crate::store::Session;

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage<'a> {
    sessions: &'a [Session],
    /// The number of the one that asks.
    this: i64,
}

impl Page for SessionsPage<'_> {
    fn title(&self) -> String {
        "Where you are signed in".to_owned()
    }

    fn here(&self) -> &'static str {
        "/account"
    }
}

/// All sessions of whoever it is.
pub(super) async fn list(ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    let sessions = Session::list(&ask.accounts.db, signed_in.user.id, ask.now).await?;
    ask.show(&SessionsPage {
        sessions: &sessions,
        this: signed_in.session.id,
    })
}

/// Ends one of them; one that is not there has ended already.
pub(super) async fn revoke(mut ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    if let Ok(id) = ask.typed("session").parse() {
        Session::revoke(&ask.accounts.db, signed_in.user.id, id).await?;
    }
    Ok(redirect("/account/sessions"))
}

/// Ends all of them but the one that asks.
pub(super) async fn revoke_others(ask: Ask) -> Answer {
    let signed_in = ask.signed_in()?;
    signed_in.session.revoke_others(&ask.accounts.db).await?;
    Ok(redirect("/account/sessions"))
}
