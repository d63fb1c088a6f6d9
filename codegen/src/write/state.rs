//! `.umbel/`: what the next sync needs to know of this one.

use super::{CreateError, Draft};

impl Draft {
    /// Writes a file as it is emitted, and the base: its copy, against which a person's edits are recognised.
    pub(crate) fn add_emitted(&self, path: &str, content: &str) -> Result<(), CreateError> {
        self.add(path, content)?;
        self.add_base(path, content)
    }

    /// Keeps what is emitted, whatever the file itself holds.
    pub(crate) fn add_base(&self, path: &str, content: &str) -> Result<(), CreateError> {
        self.add(&format!(".umbel/base/{path}"), content)
    }

    /// Writes the lock.
    pub(crate) fn add_lock(&self, lock: &str) -> Result<(), CreateError> {
        self.add(".umbel/schema.lock", lock)?;
        self.add(".umbel/.gitignore", "/local/\n")
    }
}
