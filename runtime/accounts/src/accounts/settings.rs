//! How accounts work: how long what holds, and how often something may be tried.

use std::sync::Arc;
use std::time::Duration;

use umbel_data::actor::Permissions;

use crate::password::{self, Rules};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// How accounts work.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What passwords are hashed with.
    pub password: password::Settings,
    /// What a new password must be.
    pub rules: Rules,
    /// What everyone may, also those who have not signed in.
    pub public: Arc<Permissions>,
    /// What whoever has signed in may besides.
    pub signed_in: Arc<Permissions>,
    /// How long a session holds that ends with the browser.
    pub session: Duration,
    /// How long a session holds that outlives the browser.
    pub remembered: Duration,
    /// How long it counts that somebody has proved who it is, for whatever changes how that is proved.
    pub proof: Duration,
    /// How long it is believed what a user may, unless this process changes it.
    pub permissions_for: Duration,
    /// How many log-ins may fail that come from one address.
    pub failures_of_address: Limit,
    /// How many log-ins may fail that are to one account.
    pub failures_of_account: Limit,
}

/// How often something may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How often.
    pub count: u32,
    /// Within how long, from the first time.
    pub within: Duration,
}

/// The limits are those of django-allauth.
impl Default for Settings {
    fn default() -> Self {
        Self {
            password: password::Settings::default(),
            rules: Rules::default(),
            public: Arc::default(),
            signed_in: Arc::default(),
            session: 12 * HOUR,
            remembered: 30 * 24 * HOUR,
            proof: 5 * MINUTE,
            permissions_for: Duration::from_secs(5),
            failures_of_address: Limit {
                count: 10,
                within: MINUTE,
            },
            failures_of_account: Limit {
                count: 5,
                within: 5 * MINUTE,
            },
        }
    }
}
