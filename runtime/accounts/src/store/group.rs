//! Groups of users, and who is in them.

use umbel_data::database::{Executor, Failure, Row, Rule, run_one};
use umbel_data::error::{Error, FieldErrors, Result};

use super::{all, changes, first, id};
use crate::identifier::Identifier;
use crate::tables::{Sql, values};

/// A group of users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: i64,
    pub name: String,
}

fn group(row: &mut Row<'_>) -> Result<Group> {
    Ok(Group {
        id: row.get()?,
        name: row.get()?,
    })
}

static CREATE: Sql = Sql::new(
    "INSERT INTO umbel.group (name, name_key) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id",
);

static FIND: Sql = Sql::new("SELECT g.id, g.name FROM umbel.group AS g WHERE g.name_key = $1");

static LIST: Sql = Sql::new("SELECT g.id, g.name FROM umbel.group AS g ORDER BY g.name_key");

static OF_USER: Sql = Sql::new(
    "SELECT g.id, g.name
    FROM umbel.membership AS m
    JOIN umbel.group AS g ON g.id = m.group_id
    WHERE m.user_id = $1
    ORDER BY g.name_key",
);

static RENAME: Sql = Sql::new("UPDATE umbel.group SET name = $2, name_key = $3 WHERE id = $1");

static DELETE: Sql = Sql::new("DELETE FROM umbel.group WHERE id = $1");

static MEMBERS: Sql = Sql::new(
    "SELECT m.user_id FROM umbel.membership AS m WHERE m.group_id = $1 ORDER BY m.user_id",
);

static ADD: Sql = Sql::new(
    "INSERT INTO umbel.membership (user_id, group_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
);

static REMOVE: Sql = Sql::new("DELETE FROM umbel.membership WHERE user_id = $1 AND group_id = $2");

impl Group {
    /// Makes a group.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `name`, where another group has it.
    pub async fn create(db: &dyn Executor, name: &Identifier) -> Result<Self> {
        let values = values![name.text.clone(), name.key.clone()];
        let made = first(db, &CREATE, values, id).await?;
        Ok(Self {
            id: made.ok_or_else(taken)?,
            name: name.text.clone(),
        })
    }

    /// The group of a name, by its [key](Identifier::key).
    pub async fn find(db: &dyn Executor, key: &str) -> Result<Option<Self>> {
        first(db, &FIND, values![key.to_owned()], group).await
    }

    /// All groups, by their names.
    pub async fn list(db: &dyn Executor) -> Result<Vec<Self>> {
        all(db, &LIST, Vec::new(), group).await
    }

    /// The groups of a user.
    pub async fn of_user(db: &dyn Executor, user_id: i64) -> Result<Vec<Self>> {
        all(db, &OF_USER, values![user_id], group).await
    }

    /// Changes the name; whether there is such a group.
    pub async fn rename(db: &dyn Executor, id: i64, name: &Identifier) -> Result<bool> {
        let values = values![id, name.text.clone(), name.key.clone()];
        match run_one(db, RENAME.with(db.dialect(), values)).await {
            Ok(rows) => Ok(rows.affected > 0),
            Err(Failure::Refused(refusal)) if refusal.rule == Rule::Unique => Err(taken()),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Deletes the group with its permissions; whether there was one. Its members stay.
    pub async fn delete(db: &dyn Executor, id: i64) -> Result<bool> {
        changes(db, &DELETE, values![id]).await
    }

    /// The numbers of its users.
    pub async fn members(db: &dyn Executor, id: i64) -> Result<Vec<i64>> {
        all(db, &MEMBERS, values![id], super::id).await
    }

    /// Adds a user; whether it was not in it before.
    pub async fn add(db: &dyn Executor, id: i64, user_id: i64) -> Result<bool> {
        changes(db, &ADD, values![user_id, id]).await
    }

    /// Takes a user out; whether it was in it.
    pub async fn remove(db: &dyn Executor, id: i64, user_id: i64) -> Result<bool> {
        changes(db, &REMOVE, values![user_id, id]).await
    }
}

fn taken() -> Error {
    FieldErrors::at("name", "another group has this name").into()
}
