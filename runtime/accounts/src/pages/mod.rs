//! The pages of accounts: signing in and out, and what people see and change of their own account.

mod account;
mod again;
mod ask;
mod device;
mod email;
mod input;
mod link;
mod login;
mod name;
mod next;
mod password;
mod sessions;
mod tokens;

use umbel_web::http::Routes;
use umbel_web::visit::Access;

use crate::accounts::Accounts;
use ask::{get, post};

impl Accounts {
    /// The addresses by which people sign in and out, and look after their own accounts.
    pub fn routes(&self) -> Routes {
        let sign_in = get(self, login::show).merge(post(self, login::sign_in));
        let link = get(self, link::show).merge(post(self, link::sign_in));
        let again = get(self, again::show).merge(post(self, again::prove));
        let tokens = get(self, tokens::list).merge(post(self, tokens::create));
        Routes::new()
            .with("/login", Access::Public, sign_in)
            .with("/login/link/{key}", Access::Public, link)
            .route("/login/again", again)
            .route("/logout", post(self, login::sign_out))
            .route("/account", get(self, account::show))
            .route("/account/name", post(self, name::change))
            .route("/account/email", post(self, email::change))
            .route("/account/password", post(self, password::change))
            .route("/account/sessions", get(self, sessions::list))
            .route("/account/sessions/revoke", post(self, sessions::revoke))
            .route(
                "/account/sessions/revoke-others",
                post(self, sessions::revoke_others),
            )
            .route("/account/tokens", tokens)
            .route("/account/tokens/revoke", post(self, tokens::revoke))
    }
}
