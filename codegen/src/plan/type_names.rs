//! The names of types: those of tables and enums share a namespace, since files import both.

use umbel_schema::model::ObjectName;

use super::names::{Scope, camel, reserved};

/// The types of one application.
pub(super) struct TypeNames {
    scope: Scope,
}

impl TypeNames {
    /// Besides the names that are reserved, `kept` are taken from the start.
    pub(super) fn new<'a>(kept: impl IntoIterator<Item = &'a str>) -> Self {
        let mut scope = Scope::with(reserved::TYPES);
        scope.keep(kept);
        Self { scope }
    }

    /// A name made of the words; of two tables of the same name in two database schemas, the second is
    /// told apart by its schema's, and what is reserved by the suffix.
    pub(super) fn take(&mut self, name: &ObjectName, words: &[String], suffix: &str) -> String {
        let plain = camel(words);
        let qualified = camel(&[vec![name.schema.to_lowercase()], words.to_vec()].concat());
        let suffixed = format!("{plain}{suffix}");
        self.scope.take(&[plain, suffixed, qualified])
    }
}
