//! The accounts of an application, as its settings have them.

use std::sync::Arc;

use umbel_accounts::{Accounts, SecretKeys, Settings};
use umbel_data::actor::{Permission, Permissions};
use umbel_data::database::Database;
use umbel_web::config::Config;
use umbel_web::http::Site;

use super::failure::Failure;
use super::table_names;

/// The accounts of an application.
///
/// # Errors
/// If the settings open a table that the application does not have.
pub(super) fn of(
    site: &Site,
    db: &Database,
    config: &Config,
    keys: SecretKeys,
) -> Result<Accounts, Failure> {
    let settings = Settings {
        public: seen(site, &config.public)?,
        signed_in: seen(site, &config.signed_in)?,
        ..Settings::default()
    };
    Ok(Accounts::new(db.clone(), keys, settings, site.page))
}

/// That the tables among these names may be seen; the others are paths of pages.
fn seen(site: &Site, names: &[String]) -> Result<Arc<Permissions>, Failure> {
    let names = names.iter().map(String::as_str);
    let names = names.filter(|name| !name.starts_with('/'));
    let mut permissions = Permissions::default();
    for table in table_names::resolve(site, names)? {
        permissions.allow(Permission {
            schema: table.schema,
            table: table.name,
            action: "view",
        });
    }
    Ok(Arc::new(permissions))
}
