//! The names of types: those of tables and enums share a namespace, since files import both.

use std::collections::BTreeMap;

use umbel_schema::model::ObjectName;
use umbel_schema::name::{MAIN, PUBLIC};

use super::kept::Kept;
use super::names::{Scope, camel, reserved};

/// The types of one application.
pub(super) struct TypeNames<'a> {
    scope: Scope,
    models: BTreeMap<&'a ObjectName, &'a str>,
    enums: BTreeMap<&'a ObjectName, &'a str>,
}

impl<'a> TypeNames<'a> {
    /// What kept its name takes it from the start, as far as nothing else has it.
    pub(super) fn new(kept: &'a Kept) -> Self {
        let mut scope = Scope::of_types(reserved::TYPES);
        let models = kept.tables.iter();
        let models = models.filter_map(|(name, table)| Some((name, table.own.model.as_deref()?)));
        let models = models.filter(|(_, model)| claim_model(&mut scope, model));
        let models = models.collect();
        let enums = kept.enums.iter();
        let enums = enums.filter_map(|(name, item)| Some((name, item.model.as_deref()?)));
        let enums = enums.filter(|(_, model)| scope.claim(model)).collect();
        Self {
            scope,
            models,
            enums,
        }
    }

    /// The name of an enum.
    pub(super) fn enumeration(&mut self, name: &ObjectName, words: &[String]) -> String {
        match self.enums.get(name) {
            Some(kept) => (*kept).to_owned(),
            None => self.scope.take(&candidates(name, words, "Enum")),
        }
    }

    /// The name of a table's model; the types that are called after it are free, too.
    pub(super) fn model(&mut self, name: &ObjectName, words: &[String]) -> String {
        if let Some(kept) = self.models.get(name) {
            return (*kept).to_owned();
        }
        let mut candidates = candidates(name, words, "Record");
        let last = candidates.last().cloned().unwrap_or_default();
        candidates.extend(
            (2..)
                .map(|number| format!("{last}{number}"))
                .find(|model| is_free(&self.scope, model)),
        );
        let model = candidates
            .into_iter()
            .find(|model| claim_model(&mut self.scope, model));
        model.expect("the last one is free")
    }
}

/// Takes a model's name with those of the types that are called after it, if all of them are free.
fn claim_model(scope: &mut Scope, model: &str) -> bool {
    let is_free = is_free(scope, model);
    if is_free {
        scope.set_aside(all(model).iter().map(String::as_str));
    }
    is_free
}

fn is_free(scope: &Scope, model: &str) -> bool {
    all(model).iter().all(|name| !scope.has(name))
}

/// A name made of the words; of two tables of the same name in two database schemas, the second is
/// told apart by its schema's, and what is reserved by the suffix.
fn candidates(name: &ObjectName, words: &[String], suffix: &str) -> Vec<String> {
    let plain = camel(words);
    let qualified = camel(&[super::words(&name.schema), words.to_vec()].concat());
    // An underscore keeps `Self_` from the keyword; within a name, Rust's style has none.
    let suffixed = format!("{}{suffix}", plain.trim_end_matches('_'));
    // Of two tables in one schema, its name tells nothing apart; and it is nothing to those who have but one.
    let is_usual = [PUBLIC, MAIN].contains(&name.schema.as_str());
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

/// `FilmWithLabels`
pub(super) fn row(model: &str) -> String {
    format!("{model}WithLabels")
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
