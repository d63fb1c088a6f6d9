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
        let mut scope = Scope::of_types(reserved::TYPES);
        for name in kept {
            scope.keep(all(name).iter().map(String::as_str));
        }
        Self { scope }
    }

    /// A name for an enum.
    pub(super) fn take_enum(&mut self, name: &ObjectName, words: &[String]) -> String {
        self.scope.take(&candidates(name, words, "Enum"))
    }

    /// A name for a table's model; the types that are called after it must be free, too.
    pub(super) fn take_model(&mut self, name: &ObjectName, words: &[String]) -> String {
        let is_free = |model: &String| all(model).iter().all(|name| !self.scope.has(name));
        let mut candidates = candidates(name, words, "Record");
        let last = candidates.last().cloned().unwrap_or_default();
        candidates.extend((2..).map(|number| format!("{last}{number}")).find(is_free));
        candidates.retain(is_free);
        let model = self.scope.take(&candidates);
        for name in derived(&model) {
            self.scope.take(&[name]);
        }
        model
    }
}

/// A name made of the words; of two tables of the same name in two database schemas, the second is
/// told apart by its schema's, and what is reserved by the suffix.
fn candidates(name: &ObjectName, words: &[String], suffix: &str) -> Vec<String> {
    let plain = camel(words);
    let qualified = camel(&[super::words(&name.schema), words.to_vec()].concat());
    // An underscore keeps `Self_` from the keyword; within a name, Rust's style has none.
    let suffixed = format!("{}{suffix}", plain.trim_end_matches('_'));
    // Of two tables in one schema, its name tells nothing apart; and it is nothing to those who have but one.
    let is_usual = ["public", "main"].contains(&name.schema.as_str());
    if is_usual || reserved::TYPES.contains(&plain.as_str()) {
        vec![plain, suffixed, qualified]
    } else {
        vec![plain, qualified, suffixed]
    }
}

/// A model's name, and those of the types that are called after it.
pub(super) fn all(model: &str) -> [String; 5] {
    let [row, new, patch, form] = derived(model);
    [model.to_owned(), row, new, patch, form]
}

/// The types that are called after a model.
fn derived(model: &str) -> [String; 4] {
    [row(model), new(model), patch(model), form(model)]
}

/// `FilmRow`
pub(super) fn row(model: &str) -> String {
    format!("{model}Row")
}

/// `NewFilm`
pub(super) fn new(model: &str) -> String {
    format!("New{model}")
}

/// `FilmPatch`
pub(super) fn patch(model: &str) -> String {
    format!("{model}Patch")
}

/// `FilmForm`
pub(super) fn form(model: &str) -> String {
    format!("{model}Form")
}
