//! Whether a password is that of an account.

use std::fmt;
use std::net::IpAddr;

use axum::http::StatusCode;
use umbel_data::error::Result;
use umbel_data::values::Timestamp;
use umbel_web::http::Problem;

use super::Accounts;
use crate::identifier::Identifier;
use crate::password::{HasherError, Verified};
use crate::store::{PasswordHash, User};

/// What somebody shows to prove who it is.
#[derive(Debug)]
pub(crate) struct Proof {
    pub(crate) password: Password,
    /// Where it comes from, if that is known.
    pub(crate) address: Option<IpAddr>,
    pub(crate) now: Timestamp,
}

/// A password as it was typed. It is never printed.
pub(crate) struct Password(pub(crate) String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

impl Accounts {
    /// Whoever has this name or this e-mail address, and this password. Whatever else is sent takes as long and has the
    /// same answer, which is nothing.
    ///
    /// # Errors
    /// 429 if too many have failed; if the database, or the machine, cannot do it.
    pub(crate) async fn log_in(&self, login: &str, proof: Proof) -> Result<Option<User>, Problem> {
        let login = Identifier::user_name(login).map_err(|_| login);
        let account = login
            .as_ref()
            .map_or_else(|typed| *typed, |login| &login.key);
        let counted = self.count(proof.address, account, proof.now).await?;
        let user = match &login {
            Ok(login) => self.find(&login.key).await?,
            Err(_) => None,
        };
        let is_right = self.is_password(user.as_ref(), proof.password).await?;
        let user = user.filter(|user| user.is_active && is_right);
        if user.is_some() {
            self.succeeded(counted).await?;
        }
        Ok(user)
    }

    /// Whether a user who has signed in knows the password, too.
    ///
    /// # Errors
    /// 429 if too many have failed; if the database, or the machine, cannot do it.
    pub(crate) async fn proves(&self, user: &User, proof: Proof) -> Result<bool, Problem> {
        let account = format!("user {}", user.id);
        let counted = self.count(proof.address, &account, proof.now).await?;
        let is_right = self.is_password(Some(user), proof.password).await?;
        if is_right {
            self.succeeded(counted).await?;
        }
        Ok(is_right)
    }

    async fn find(&self, key: &str) -> Result<Option<User>> {
        match User::find_by_login(&self.db, key).await? {
            None if key.contains('@') => User::find_by_email(&self.db, key).await,
            found => Ok(found),
        }
    }

    /// Whether it is the password of a user. One whose hash is of an older kind gets a newer one.
    async fn is_password(&self, user: Option<&User>, password: Password) -> Result<bool, Problem> {
        let hash = user.and_then(|user| user.password_hash.as_ref());
        let Password(password) = password;
        let stored = hash.map(|hash| hash.0.clone());
        let verified = match self.hasher.verify(password.clone(), stored).await {
            Ok(verified) => verified,
            Err(HasherError::Hash(error)) => {
                let user = user.map(|user| user.id);
                tracing::error!(user, %error, "the stored hash of a password cannot be used");
                Verified::No
            }
            Err(error) => return Err(busy(&error)),
        };
        if let (Verified::Outdated, Some(user), Some(old)) = (verified, user, hash) {
            self.upgrade(user, old, password).await;
        }
        Ok(verified.is_yes())
    }

    /// Stores the same password by a newer kind of hash. If that fails, the next log-in does it.
    async fn upgrade(&self, user: &User, old: &PasswordHash, password: String) {
        let upgraded = match self.hasher.hash(password).await {
            Ok(new) => User::upgrade_password(&self.db, user.id, old, &PasswordHash(new))
                .await
                .map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = upgraded {
            tracing::warn!(error, "a password was not hashed anew");
        }
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// If the machine cannot make it.
    pub(crate) async fn hash(&self, password: Password) -> Result<PasswordHash, Problem> {
        let hashed = self.hasher.hash(password.0).await;
        hashed.map(PasswordHash).map_err(|error| busy(&error))
    }
}

fn busy(error: &HasherError) -> Problem {
    tracing::error!(%error, "a password could not be checked");
    Problem {
        retry_after: Some(5),
        ..Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Too busy",
            "Too many people sign in at the moment. Nothing was changed.",
            "Try again in a few seconds.",
        )
    }
}
