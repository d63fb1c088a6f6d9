//! What objects were called before, as the statements say that renamed them.

use super::ObjectName;

/// The former names of what the files make.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormerNames {
    /// In the order in which they were made, as the enums are.
    pub(crate) relations: Vec<FormerWhole>,
    pub(crate) enums: Vec<FormerWhole>,
}

/// A relation or an enum, with those of its columns or labels that were called otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormerWhole {
    pub(crate) name: ObjectName,
    /// The oldest first.
    pub(crate) before: Vec<ObjectName>,
    pub(crate) parts: Vec<FormerPart>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormerPart {
    pub(crate) name: String,
    pub(crate) before: Vec<String>,
}
