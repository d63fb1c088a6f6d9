//! The accounts of an application that runs: who sends a request, who may sign in, and whose session ends.

mod cookie;
mod identify;
mod log_in;
mod permission_cache;
mod session;
mod settings;
mod throttle;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use umbel_data::database::Database;
use umbel_data::error::Result;
use umbel_data::values::Timestamp;
use umbel_web::http::Html;
use umbel_web::show::Page;

use crate::password::Hasher;
use crate::secret_key::SecretKeys;
use crate::store::{self, NewState, State};

pub(crate) use cookie::SessionCookie;
pub use identify::SignedIn;
pub(crate) use log_in::{Password, Proof};
pub(crate) use session::Browser;
pub use settings::{Limit, Settings};

use permission_cache::PermissionCache;

/// Puts what surrounds every page around one.
pub type PageAround = fn(&dyn Page) -> Result<Html>;

/// What a link that signs in is kept for.
pub(crate) const LINK: &str = "sign-in";

/// The accounts of an application. A clone is cheap, and of the same ones.
#[derive(Clone)]
pub struct Accounts {
    pub(crate) db: Database,
    pub(crate) settings: Arc<Settings>,
    pub(crate) hasher: Hasher,
    page: PageAround,
    keys: SecretKeys,
    permissions: Arc<PermissionCache>,
}

impl Accounts {
    /// The accounts of a database, whose pages look as `page` makes them.
    pub fn new(db: Database, keys: SecretKeys, settings: Settings, page: PageAround) -> Self {
        Self {
            db,
            hasher: Hasher::new(settings.password.clone()),
            permissions: Arc::new(PermissionCache::new(settings.permissions_for)),
            settings: Arc::new(settings),
            page,
            keys,
        }
    }

    /// Makes a link by which a user signs in, once and within so long: its path.
    ///
    /// # Errors
    /// If the database refuses, as it does where there is no such user.
    pub async fn sign_in_link(&self, user_id: i64, lifetime: Duration) -> Result<String> {
        let new = NewState {
            purpose: LINK,
            payload: "",
            user_id: Some(user_id),
            expires_at: store::later(Timestamp::now(), lifetime),
        };
        let key = State::keep(&self.db, new).await?;
        Ok(format!("/login/link/{}", key.to_text()))
    }

    /// Forgets what users may, since some of it was changed: with the next request, the database is asked again.
    pub fn forget_permissions(&self) {
        self.permissions.clear();
    }

    /// A page with what surrounds it.
    pub(crate) fn render(&self, page: &dyn Page) -> Result<Html> {
        (self.page)(page)
    }
}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accounts")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
