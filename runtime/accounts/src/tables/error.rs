//! Why the own tables cannot be made, upgraded or used.

use umbel_data::error::Error;

/// Why the own tables cannot be made, upgraded or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrationError {
    /// A newer program has upgraded them.
    #[error(
        "the application's own tables are of version {found}, and this program knows no later one than {known}"
    )]
    Newer { found: u32, known: u32 },
    /// They were made by another file than the program's.
    #[error(
        "version {version} of the application's own tables was made by other statements than this program's: \
         its checksum in the ledger is another one"
    )]
    Changed { version: u32 },
    /// The ledger has a later version, and not this one.
    #[error(
        "the ledger of the application's own tables lacks version {version}, and has a later one"
    )]
    Missing { version: u32 },
    /// Somebody else's tables are where ours would be.
    #[error("{place} hold tables already that are none of the application's own")]
    Taken { place: &'static str },
    /// The role lacks a right: PostgreSQL's SQLSTATE 42501, and nothing else.
    #[error("the role `{role}` may not make the application's own tables: {reason}")]
    NotAllowed {
        role: String,
        reason: String,
        /// Who owns the schema, or the database where there is none yet.
        owner: String,
        /// What they run instead, rights for the role and rows of the ledger included.
        sql: String,
    },
    /// The database takes no changes, whoever asks for them.
    #[error("the application's own tables cannot be made here: {0}")]
    ReadOnly(String),
    #[error(transparent)]
    Database(#[from] Error),
}

impl MigrationError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Newer { .. } => {
                "run the newer program, or restore the database that this one had".to_owned()
            }
            Self::Changed { .. } | Self::Missing { .. } => {
                "run the program that made them, and upgrade it: no released version ever changes"
                    .to_owned()
            }
            Self::Taken { .. } => "rename them: the application has its accounts there".to_owned(),
            Self::NotAllowed { owner, .. } => format!(
                "give what `migrate --print` prints to `{owner}`, who owns the place, or to a superuser: \
                 it makes the tables and grants their use"
            ),
            Self::ReadOnly(_) => "ask the primary, or whoever may write to the file".to_owned(),
            Self::Database(_) => return None,
        })
    }
}
