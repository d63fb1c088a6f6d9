//! The database of an application, as its commands open it.

use umbel_accounts::start;
use umbel_data::database::{Database, Options};
use umbel_web::config::{self, Config};

use super::failure::{Failure, Fault, failure, fault};
use super::program;

/// What the settings say.
pub(super) fn settings() -> Result<Config, Failure> {
    config::read().map_err(|errors| {
        let hint = "docs/operations.md lists the settings, each with its meaning and its default";
        let faults = errors.into_iter().map(|error| fault(error, hint));
        faults.collect::<Vec<Fault>>().into()
    })
}

/// The database that the environment names.
pub(crate) async fn connect(options: &Options) -> Result<Database, Failure> {
    let url = config::variable("DATABASE_URL").ok_or_else(|| {
        failure(
            "DATABASE_URL is not set",
            "set it in the environment or in the file .env: DATABASE_URL=postgres://user:password@localhost/shop, or =sqlite:shop.db",
        )
    })?;
    let db = Database::connect_with(&url, options).await.map_err(|error| {
        failure(
            error.to_string(),
            "check DATABASE_URL (environment or .env), and that the server is running or the file is there",
        )
    })?;
    Ok(db)
}

/// The database, by what the settings say of it.
pub(super) async fn open() -> Result<Database, Failure> {
    connect(&settings()?.database).await
}

/// The database, with the own tables as this program needs them.
pub(super) async fn open_accounts() -> Result<Database, Failure> {
    let db = open().await?;
    match start::missing_tables(&db).await? {
        None => Ok(db),
        Some(missing) => Err(failure(missing.to_string(), missing.remedy(&program()))),
    }
}
