//! Users: who they are, what they sign in by, and what they may in general.

use std::fmt;

use umbel_data::database::{Executor, Failure, Row, Rule, run_one};
use umbel_data::error::{Error, FieldErrors, Result};
use umbel_data::values::Timestamp;

use super::{changes, first, id};
use crate::identifier::Identifier;
use crate::passkey::UserHandle;
use crate::tables::{Sql, values};

/// A user.
#[derive(Debug, Clone)]
pub struct User {
    pub id: i64,
    pub login: String,
    pub email: Option<String>,
    /// When its owner has shown that mail arrives there.
    pub email_confirmed_at: Option<Timestamp>,
    /// Nothing for whoever signs in without a password.
    pub password_hash: Option<PasswordHash>,
    pub name: String,
    /// Whether everything is allowed.
    pub is_superuser: bool,
    /// Whether the admin may be entered.
    pub is_staff: bool,
    /// Whether signing in is possible, and anything allowed.
    pub is_active: bool,
    pub last_sign_in_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// What passkeys call it.
    pub handle: UserHandle,
    /// The key of the row that it stands beside, in a table of users that the application brings along.
    pub source_key: Option<String>,
}

/// A user that is to be.
#[derive(Debug, Clone, Copy)]
pub struct NewUser<'a> {
    pub login: &'a Identifier,
    pub email: Option<&'a Identifier>,
    pub password_hash: Option<&'a PasswordHash>,
    pub name: &'a str,
    pub is_superuser: bool,
    pub is_staff: bool,
    pub source_key: Option<&'a str>,
}

/// The hash of a password, as [`password`](crate::password) makes it. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

/// What [`user`] reads, of the table with the alias `u`.
macro_rules! columns {
    () => {
        "u.id, u.login, u.email, u.email_confirmed_at, u.password_hash, u.name, u.is_superuser, u.is_staff, \
         u.is_active, u.last_sign_in_at, u.created_at, u.handle, u.source_key"
    };
}

pub(super) use columns;

/// Reads the [`columns`] of a user.
pub(super) fn user(row: &mut Row<'_>) -> Result<User> {
    Ok(User {
        id: row.get()?,
        login: row.get()?,
        email: row.get()?,
        email_confirmed_at: row.get()?,
        password_hash: row.get::<Option<String>>()?.map(PasswordHash),
        name: row.get()?,
        is_superuser: row.get()?,
        is_staff: row.get()?,
        is_active: row.get()?,
        last_sign_in_at: row.get()?,
        created_at: row.get()?,
        handle: {
            let bytes: Vec<u8> = row.get()?;
            let unread = || Error::Database("the stored handle of a user is none".to_owned());
            UserHandle::from_bytes(&bytes).ok_or_else(unread)?
        },
        source_key: row.get()?,
    })
}

static CREATE: Sql = Sql::new(
    "INSERT INTO umbel.user (
        login, login_key, email, email_key, password_hash, name, is_superuser, is_staff, created_at, handle, source_key
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT DO NOTHING
    RETURNING id",
);

static TAKEN: Sql = Sql::new(
    "SELECT
        max(CASE WHEN login_key = $1 THEN 1 ELSE 0 END),
        max(CASE WHEN email_key = $2 THEN 1 ELSE 0 END),
        max(CASE WHEN source_key = $3 THEN 1 ELSE 0 END)
    FROM umbel.user
    WHERE login_key = $1 OR email_key = $2 OR source_key = $3",
);

static FIND: Sql = Sql::new(concat!(
    "SELECT ",
    columns!(),
    " FROM umbel.user AS u WHERE u.id = $1"
));

static FIND_BY_LOGIN: Sql = Sql::new(concat!(
    "SELECT ",
    columns!(),
    " FROM umbel.user AS u WHERE u.login_key = $1"
));

static FIND_BY_EMAIL: Sql = Sql::new(concat!(
    "SELECT ",
    columns!(),
    " FROM umbel.user AS u WHERE u.email_key = $1"
));

static FIND_BY_SOURCE: Sql = Sql::new(concat!(
    "SELECT ",
    columns!(),
    " FROM umbel.user AS u WHERE u.source_key = $1"
));

static ANY: Sql = Sql::new("SELECT id FROM umbel.user LIMIT 1");

static ANY_SUPERUSER: Sql =
    Sql::new("SELECT id FROM umbel.user WHERE is_superuser AND is_active LIMIT 1");

static SET_LOGIN: Sql = Sql::new("UPDATE umbel.user SET login = $2, login_key = $3 WHERE id = $1");

static SET_NAME: Sql = Sql::new("UPDATE umbel.user SET name = $2 WHERE id = $1");

static SET_EMAIL: Sql = Sql::new(
    "UPDATE umbel.user SET email = $2, email_key = $3, email_confirmed_at = NULL WHERE id = $1",
);

static CONFIRM_EMAIL: Sql =
    Sql::new("UPDATE umbel.user SET email_confirmed_at = $3 WHERE id = $1 AND email_key = $2");

static SET_PASSWORD: Sql = Sql::new("UPDATE umbel.user SET password_hash = $2 WHERE id = $1");

static UPGRADE_PASSWORD: Sql =
    Sql::new("UPDATE umbel.user SET password_hash = $3 WHERE id = $1 AND password_hash = $2");

static SET_ACTIVE: Sql = Sql::new("UPDATE umbel.user SET is_active = $2 WHERE id = $1");

static SET_RANK: Sql =
    Sql::new("UPDATE umbel.user SET is_superuser = $2, is_staff = $3 WHERE id = $1");

static SIGNED_IN: Sql =
    Sql::new("UPDATE umbel.user SET last_sign_in_at = $2 WHERE id = $1 AND is_active");

static DELETE: Sql = Sql::new("DELETE FROM umbel.user WHERE id = $1");

impl User {
    /// Makes a user.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that somebody else has already: `login`, `email`, `source_key`. Of two that are
    /// made at once, the other one is told.
    pub async fn create(db: &dyn Executor, new: NewUser<'_>, now: Timestamp) -> Result<Self> {
        let NewUser { login, email, .. } = new;
        let email_text = email.map(|email| email.text.clone());
        let email_key = email.map(|email| email.key.clone());
        let source_key = new.source_key.map(str::to_owned);
        let handle = UserHandle::generate();
        let values = values![
            login.text.clone(),
            login.key.clone(),
            email_text.clone(),
            email_key.clone(),
            new.password_hash.map(|hash| hash.0.clone()),
            new.name.to_owned(),
            new.is_superuser,
            new.is_staff,
            now,
            handle.as_bytes().to_vec(),
            source_key.clone(),
        ];
        let Some(id) = first(db, &CREATE, values, id).await? else {
            let keys = values![login.key.clone(), email_key, source_key];
            return Err(taken(first(db, &TAKEN, keys, which).await?));
        };
        Ok(Self {
            id,
            login: login.text.clone(),
            email: email_text,
            email_confirmed_at: None,
            password_hash: new.password_hash.cloned(),
            name: new.name.to_owned(),
            is_superuser: new.is_superuser,
            is_staff: new.is_staff,
            is_active: true,
            last_sign_in_at: None,
            created_at: now,
            handle,
            source_key,
        })
    }

    /// The user of a number.
    pub async fn find(db: &dyn Executor, id: i64) -> Result<Option<Self>> {
        first(db, &FIND, values![id], user).await
    }

    /// The user of a login, by its [key](Identifier::key).
    pub async fn find_by_login(db: &dyn Executor, key: &str) -> Result<Option<Self>> {
        first(db, &FIND_BY_LOGIN, values![key.to_owned()], user).await
    }

    /// The user of an e-mail address, confirmed or not, by its [key](Identifier::key).
    pub async fn find_by_email(db: &dyn Executor, key: &str) -> Result<Option<Self>> {
        first(db, &FIND_BY_EMAIL, values![key.to_owned()], user).await
    }

    /// The user that stands beside a row of a table that the application brings along.
    pub async fn find_by_source(db: &dyn Executor, key: &str) -> Result<Option<Self>> {
        first(db, &FIND_BY_SOURCE, values![key.to_owned()], user).await
    }

    /// Whether there is anybody.
    pub async fn is_any(db: &dyn Executor) -> Result<bool> {
        Ok(first(db, &ANY, Vec::new(), id).await?.is_some())
    }

    /// Whether there is a superuser who can sign in.
    pub async fn is_any_superuser(db: &dyn Executor) -> Result<bool> {
        Ok(first(db, &ANY_SUPERUSER, Vec::new(), id).await?.is_some())
    }

    /// Changes the login; whether there is such a user.
    pub async fn set_login(db: &dyn Executor, id: i64, login: &Identifier) -> Result<bool> {
        let values = values![id, login.text.clone(), login.key.clone()];
        set_unique(db, &SET_LOGIN, values, "login").await
    }

    /// Changes what the user is called; whether there is such a user.
    pub async fn set_name(db: &dyn Executor, id: i64, name: &str) -> Result<bool> {
        changes(db, &SET_NAME, values![id, name.to_owned()]).await
    }

    /// Changes the e-mail address, which then is to be confirmed; whether there is such a user.
    pub async fn set_email(db: &dyn Executor, id: i64, email: Option<&Identifier>) -> Result<bool> {
        let text = email.map(|email| email.text.clone());
        let key = email.map(|email| email.key.clone());
        set_unique(db, &SET_EMAIL, values![id, text, key], "email").await
    }

    /// Notes that mail arrives at an address; whether the user still has it.
    pub async fn confirm_email(
        db: &dyn Executor,
        id: i64,
        key: &str,
        now: Timestamp,
    ) -> Result<bool> {
        changes(db, &CONFIRM_EMAIL, values![id, key.to_owned(), now]).await
    }

    /// Changes the password, or takes it away; whether there is such a user.
    pub async fn set_password(
        db: &dyn Executor,
        id: i64,
        hash: Option<&PasswordHash>,
    ) -> Result<bool> {
        let hash = hash.map(|hash| hash.0.clone());
        changes(db, &SET_PASSWORD, values![id, hash]).await
    }

    /// Stores the same password by a newer kind of hash, unless it was changed meanwhile.
    pub async fn upgrade_password(
        db: &dyn Executor,
        id: i64,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<bool> {
        let values = values![id, old.0.clone(), new.0.clone()];
        changes(db, &UPGRADE_PASSWORD, values).await
    }

    /// Says whether the user can sign in; whether there is such a user. The sessions of one who cannot are no longer found.
    pub async fn set_active(db: &dyn Executor, id: i64, is_active: bool) -> Result<bool> {
        changes(db, &SET_ACTIVE, values![id, is_active]).await
    }

    /// Says whether the user may everything, and enter the admin; whether there is such a user.
    pub async fn set_rank(
        db: &dyn Executor,
        id: i64,
        is_superuser: bool,
        is_staff: bool,
    ) -> Result<bool> {
        changes(db, &SET_RANK, values![id, is_superuser, is_staff]).await
    }

    /// Notes that the user has signed in; whether it may.
    pub async fn signed_in(db: &dyn Executor, id: i64, now: Timestamp) -> Result<bool> {
        changes(db, &SIGNED_IN, values![id, now]).await
    }

    /// Deletes the user with all that is its own, but for its history; whether there was one.
    pub async fn delete(db: &dyn Executor, id: i64) -> Result<bool> {
        changes(db, &DELETE, values![id]).await
    }
}

/// Changes what nobody else may have.
async fn set_unique(
    db: &dyn Executor,
    sql: &Sql,
    values: Vec<umbel_data::values::Value>,
    field: &'static str,
) -> Result<bool> {
    match run_one(db, sql.with(db.dialect(), values)).await {
        Ok(rows) => Ok(rows.affected > 0),
        Err(Failure::Refused(refusal)) if refusal.rule == Rule::Unique => {
            Err(FieldErrors::at(field, words(field)).into())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The fields that somebody has: login, e-mail, key of a source.
fn which(row: &mut Row<'_>) -> Result<[bool; 3]> {
    let mut next = || row.get::<Option<i64>>().map(|found| found == Some(1));
    Ok([next()?, next()?, next()?])
}

fn taken(found: Option<[bool; 3]>) -> Error {
    let mut errors = FieldErrors::default();
    let fields = ["login", "email", "source_key"].into_iter();
    for (field, is_taken) in fields.zip(found.unwrap_or_default()) {
        if is_taken {
            errors.add(field, words(field));
        }
    }
    match errors.is_empty() {
        // Whoever had it is gone again.
        true => {
            Error::Conflict("somebody else had the same name a moment ago: try again".to_owned())
        }
        false => errors.into(),
    }
}

fn words(field: &str) -> &'static str {
    match field {
        "login" => "another user has this name",
        "email" => "another user has this address",
        _ => "another user stands beside the same row",
    }
}
