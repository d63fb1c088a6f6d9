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
        const LINK: &str = "/login/link/{key}";
        Routes::new()
            .with("/login", Access::Public, get(self, login::show))
            .with("/login", Access::Public, post(self, login::sign_in))
            .with(LINK, Access::Public, get(self, link::show))
            .with(LINK, Access::Public, post(self, link::sign_in))
            .route("/login/again", get(self, again::show))
            .route("/login/again", post(self, again::prove))
            // Whose session has ended meanwhile is signed out, too.
            .with("/logout", Access::Public, post(self, login::sign_out))
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
            .route("/account/tokens", get(self, tokens::list))
            .route("/account/tokens", post(self, tokens::create))
            .route("/account/tokens/revoke", post(self, tokens::revoke))
    }
}
