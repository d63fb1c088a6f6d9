//! For whom something is done, what that is, and what it may do.

mod permissions;
mod user;

use std::sync::Arc;

pub use permissions::{ColumnRule, Permission, Permissions};
pub use user::User;

/// For whom the rows of a database are read and written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Actor {
    /// Whoever uses an application that has no accounts.
    Owner,
    /// Somebody who has signed in.
    User(Arc<User>),
    /// Somebody who has not, with what everyone may.
    Anonymous(Arc<Permissions>),
    /// The application itself: the name of a job or of a command.
    System(&'static str),
}

impl Actor {
    /// Somebody who has not signed in and may nothing.
    pub fn nobody() -> Self {
        Self::Anonymous(Arc::default())
    }

    /// Who has signed in, if somebody has.
    pub fn user(&self) -> Option<&User> {
        match self {
            Self::User(user) => Some(user),
            _ => None,
        }
    }

    /// Whether something is allowed.
    pub fn is_allowed(&self, permission: Permission<'_>) -> bool {
        match self {
            Self::Owner | Self::System(_) => true,
            Self::User(user) => user.permissions.may(permission),
            Self::Anonymous(permissions) => permissions.may(permission),
        }
    }

    /// The same, for whom the application's own code does something: it may what its author has it do.
    pub(crate) fn waived(&self) -> Self {
        match self {
            Self::User(user) => Self::User(Arc::new(User {
                permissions: user.permissions.waived(),
                ..User::clone(user)
            })),
            Self::Anonymous(permissions) => Self::Anonymous(Arc::new(permissions.waived())),
            Self::Owner | Self::System(_) => self.clone(),
        }
    }

    /// Whether whoever it is has signed in to a group of this name.
    pub fn is_in(&self, group: &str) -> bool {
        let user = self.user();
        user.is_some_and(|user| user.permissions.groups.contains(group))
    }
}

/// What is done with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is read.
    View,
    /// It is inserted.
    Add,
    /// It is updated.
    Change,
    /// It is deleted.
    Delete,
}

impl Action {
    /// The word that permissions have for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Add => "add",
            Self::Change => "change",
            Self::Delete => "delete",
        }
    }
}
