//! How an application starts: for whoever uses this machine, or with accounts. Where others reach it, never without.

use std::fmt;
use std::net::SocketAddr;

use umbel_data::database::Database;
use umbel_data::error::{Error, Result};

use crate::secret_key::{self, SecretKeys, WeakKey};
use crate::store::User;
use crate::tables::{MigrationError, Migrations};

/// For whom an application answers.
#[derive(Debug, Clone)]
pub enum Standing {
    /// For whoever uses this machine, who may do everything: there is nobody who could sign in.
    LocalOwner,
    /// For whoever has signed in, and as far as that person may: there are users.
    Accounts(SecretKeys),
}

/// What an application is told before it starts.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The addresses to listen on that others than this machine reach.
    pub reachable_addrs: Vec<SocketAddr>,
    /// Whether the settings say a host beside the names of this machine for itself.
    pub has_host: bool,
    /// `SECRET_KEY`, and `SECRET_KEY_FALLBACKS`.
    pub keys: KeyTexts,
}

/// The texts of the secret keys, none of which was looked at. They are never printed.
#[derive(Clone, Default)]
pub struct KeyTexts {
    /// Nothing, if it is not set.
    pub current: Option<String>,
    /// The newest first.
    pub fallbacks: Vec<String>,
}

impl fmt::Debug for KeyTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

/// Why an application does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Others would reach it.
    #[error(
        "refusing to listen on {}: anyone on the network could change the database",
        listed(addrs)
    )]
    Reachable {
        addrs: Vec<SocketAddr>,
        missing: Vec<Missing>,
    },
    /// There are accounts, and they cannot be used.
    #[error("the accounts of the application cannot be used")]
    Unusable(Missing),
    #[error(transparent)]
    Database(#[from] Error),
}

impl StartError {
    /// All that has to be there first.
    pub fn missing(&self) -> &[Missing] {
        match self {
            Self::Reachable { missing, .. } => missing,
            Self::Unusable(missing) => std::slice::from_ref(missing),
            Self::Database(_) => &[],
        }
    }
}

/// Something without which nobody else may reach an application.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Missing {
    #[error("SECRET_KEY is not set")]
    SecretKey,
    #[error("SECRET_KEY keeps nothing secret: {0}")]
    WeakKey(WeakKey),
    #[error("one of SECRET_KEY_FALLBACKS keeps nothing secret: {0}")]
    WeakFallback(WeakKey),
    #[error("no host is named by which others may ask for the application")]
    Host,
    #[error("the application's own tables are not there")]
    Tables,
    #[error("the application's own tables are of an older version than this program needs")]
    OldTables,
    #[error(transparent)]
    UnusableTables(MigrationError),
    #[error("no active superuser is there")]
    Superuser,
}

impl Missing {
    /// What to do about it: the exact command, or the exact line of a file.
    pub fn remedy(&self, program: &str) -> String {
        let key = || format!("SECRET_KEY={}", secret_key::generate());
        match self {
            Self::SecretKey => format!("add this line to the file .env: {}", key()),
            Self::WeakKey(_) => format!("put this line in its place: {}", key()),
            Self::WeakFallback(_) => {
                "take it out: what it has signed is worth nothing to anybody".to_owned()
            }
            Self::Host => {
                "name it in [server] of umbel.toml: hosts = [\"shop.example\"]".to_owned()
            }
            Self::Tables | Self::OldTables => format!("`{program} migrate`"),
            Self::UnusableTables(error) => error.hint().unwrap_or_default(),
            Self::Superuser => format!("`{program} createuser NAME --superuser`"),
        }
    }
}

/// Decides how an application starts.
///
/// Where this machine alone reaches it, it is for whoever uses that until there is a user; from then on for
/// its accounts, if need be with a key that ends with the process. Where others reach it, it starts with all that accounts
/// need, or not at all.
pub async fn standing(db: &Database, setup: Setup) -> Result<Standing, StartError> {
    let Setup {
        reachable_addrs: addrs,
        keys,
        ..
    } = &setup;
    if !addrs.is_empty() {
        let missing = missing(db, &setup).await?;
        if !missing.is_empty() {
            let addrs = addrs.clone();
            return Err(StartError::Reachable { addrs, missing });
        }
    }
    match missing_tables(db).await? {
        None => {}
        Some(Missing::Tables) => return Ok(Standing::LocalOwner),
        Some(missing) => return Err(StartError::Unusable(missing)),
    }
    // Where others reach it there is somebody, or was a moment ago.
    if addrs.is_empty() && !User::is_any(db).await? {
        return Ok(Standing::LocalOwner);
    }
    let keys = match &keys.current {
        None => Ok(SecretKeys::temporary()),
        Some(current) => match weak_keys(keys).into_iter().next() {
            Some(missing) => Err(missing),
            None => {
                SecretKeys::new(current.clone(), keys.fallbacks.clone()).map_err(Missing::WeakKey)
            }
        },
    };
    keys.map(Standing::Accounts).map_err(StartError::Unusable)
}

/// All that an application lacks before others may reach it.
pub async fn missing(db: &Database, setup: &Setup) -> Result<Vec<Missing>> {
    let mut missing = weak_keys(&setup.keys);
    if setup.keys.current.is_none() {
        missing.insert(0, Missing::SecretKey);
    }
    if !setup.has_host {
        missing.push(Missing::Host);
    }
    match missing_tables(db).await? {
        None => {
            if !User::is_any_superuser(db).await? {
                missing.push(Missing::Superuser);
            }
        }
        Some(tables @ Missing::Tables) => missing.extend([tables, Missing::Superuser]),
        // Whether there is one cannot be asked.
        Some(tables) => missing.push(tables),
    }
    Ok(missing)
}

/// What is wrong with the own tables: that they are not there, are old, or cannot be used.
pub async fn missing_tables(db: &Database) -> Result<Option<Missing>> {
    match Migrations::pending(db).await {
        Ok(pending) => Ok(match pending.first() {
            None => None,
            Some(1) => Some(Missing::Tables),
            Some(_) => Some(Missing::OldTables),
        }),
        Err(MigrationError::Database(error)) => Err(error),
        Err(error) => Ok(Some(Missing::UnusableTables(error))),
    }
}

fn weak_keys(keys: &KeyTexts) -> Vec<Missing> {
    let current = keys.current.iter().map(|key| (key, true));
    let fallbacks = keys.fallbacks.iter().map(|key| (key, false));
    let weak = current.chain(fallbacks).filter_map(|(key, is_current)| {
        let weak = secret_key::check(key).err()?;
        Some(match is_current {
            true => Missing::WeakKey(weak),
            false => Missing::WeakFallback(weak),
        })
    });
    weak.collect()
}

fn listed(addrs: &[SocketAddr]) -> String {
    let addrs: Vec<String> = addrs.iter().map(ToString::to_string).collect();
    addrs.join(" and ")
}
