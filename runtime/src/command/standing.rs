//! How the application starts, and what is said of that.

use umbel_accounts::start::{self, KeyTexts, Setup, Standing, StartError};
use umbel_data::database::Database;
use umbel_web::config::{self, Config};

use super::failure::{Failure, Fault, fault};
use super::program;

/// Decides how the application starts.
pub(super) async fn standing(db: &Database, config: &Config) -> Result<Standing, Failure> {
    let standing = start::standing(db, setup(config)).await;
    standing.map_err(|error| {
        let mut faults = vec![fault(error.to_string(), "")];
        faults.extend(missing(&error));
        faults.into()
    })
}

fn missing(error: &StartError) -> impl Iterator<Item = Fault> {
    let missing = error.missing().iter();
    missing.map(|missing| fault(missing.to_string(), missing.remedy(&program())))
}

/// What the settings and the environment say.
pub(super) fn setup(config: &Config) -> Setup {
    let fallbacks = config::variable("SECRET_KEY_FALLBACKS").unwrap_or_default();
    let fallbacks = fallbacks.split(',').map(str::trim);
    let fallbacks = fallbacks.filter(|key| !key.is_empty());
    Setup {
        reachable_addrs: config.reachable_addrs().collect(),
        has_host: config.said_hosts().next().is_some(),
        keys: KeyTexts {
            current: config::variable("SECRET_KEY"),
            fallbacks: fallbacks.map(str::to_owned).collect(),
        },
    }
}

/// What whoever starts it is told, in a line.
pub(super) fn notice(standing: &Standing, config: &Config) -> Option<String> {
    let program = program();
    let owners = match config.said_hosts().next() {
        None => "Whoever uses this machine",
        Some(_) => "Whoever uses this machine, or is let in by a proxy on it,",
    };
    match standing {
        Standing::LocalOwner => Some(format!(
            "{owners} may do everything, for there is nobody to sign in as: `{program} migrate` and \
             `{program} createuser NAME --superuser` change that"
        )),
        Standing::Accounts(keys) if keys.is_temporary() => Some(format!(
            "SECRET_KEY is not set: links that are signed hold until this process ends; `{program} check --deploy` \
             prints a line for .env"
        )),
        Standing::Accounts(_) => None,
    }
}
