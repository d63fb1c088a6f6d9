//! Who has signed in.

use super::Permissions;

/// Somebody who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The number, which nobody else gets.
    pub id: i64,
    /// The name by which it signs in.
    pub login: String,
    /// What it is called; empty if it has not said.
    pub name: String,
    /// Whether it may enter the admin.
    pub is_staff: bool,
    /// What it may do.
    pub permissions: Permissions,
}

impl User {
    /// What others call it.
    pub fn called(&self) -> &str {
        match self.name.as_str() {
            "" => &self.login,
            name => name,
        }
    }
}
