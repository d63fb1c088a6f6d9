//! Names on the command line: of users and of groups.

use umbel_accounts::store::{Group, User};
use umbel_accounts::{Identifier, IdentifierError};
use umbel_data::database::{Database, Executor};

use super::failure::{Failure, failure};
use super::program;

/// Reads the name of a user.
pub(super) fn user_name(text: &str) -> Result<Identifier, Failure> {
    Identifier::user_name(text).map_err(|error| unread("user name", error))
}

/// Reads an e-mail address.
pub(super) fn email(text: &str) -> Result<Identifier, Failure> {
    Identifier::email(text).map_err(|error| unread("e-mail address", error))
}

/// Reads the name of a group.
pub(super) fn group_name(text: &str) -> Result<Identifier, Failure> {
    Identifier::user_name(text).map_err(|error| unread("name of a group", error))
}

fn unread(what: &str, error: IdentifierError) -> Failure {
    failure(format!("the {what} {error}"), "")
}

/// The user of a name.
pub(super) async fn user(db: &Database, name: &Identifier) -> Result<User, Failure> {
    let found = User::find_by_login(db, &name.key).await?;
    found.ok_or_else(|| {
        failure(
            format!("there is no user `{}`", name.text),
            format!("`{} createuser {}` makes it", program(), name.text),
        )
    })
}

/// The group of a name.
pub(super) async fn group(db: &dyn Executor, name: &Identifier) -> Result<Group, Failure> {
    if let Some(group) = Group::find(db, &name.key).await? {
        return Ok(group);
    }
    let groups = Group::list(db).await?;
    let names: Vec<String> = groups
        .iter()
        .map(|group| format!("`{}`", group.name))
        .collect();
    let known = match names.is_empty() {
        true => "there is none yet".to_owned(),
        false => format!("there are {}", names.join(", ")),
    };
    let (name, program) = (&name.text, program());
    Err(failure(
        format!("there is no group `{name}`; {known}"),
        format!("`{program} permit --group {name} view TABLE` makes it, with what it may do"),
    ))
}
