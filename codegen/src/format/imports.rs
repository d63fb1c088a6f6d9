//! The `use` items of an emitted file.

use std::collections::{BTreeMap, BTreeSet};

use syn::Ident;

use super::printer::UseTree;

/// The names that a file imports, by the module that they come from.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    modules: BTreeMap<Vec<String>, BTreeSet<String>>,
}

impl Imports {
    /// Imports a name by its path: `umbel::model::Column`.
    pub(crate) fn add(&mut self, path: &str) {
        let mut segments: Vec<String> = path.split("::").map(str::to_owned).collect();
        if let Some(name) = segments.pop() {
            self.insert(segments, name);
        }
    }

    /// Imports something under another name.
    pub(crate) fn add_as(&mut self, path: &str, name: &str) {
        self.add(&format!("{path} as {name}"));
    }

    /// Imports a name from a module.
    pub(crate) fn add_from(&mut self, module: &[Ident], name: &Ident) {
        let module = module.iter().map(Ident::to_string).collect();
        self.insert(module, name.to_string());
    }

    /// The `use` items in three groups: the standard library, other crates, this crate.
    pub(super) fn groups(&self) -> [Vec<UseTree<'_>>; 3] {
        let mut groups = [Vec::new(), Vec::new(), Vec::new()];
        for (module, names) in &self.modules {
            let group = match module.first().map(String::as_str) {
                Some("std") => 0,
                Some("crate" | "super" | "self") => 2,
                _ => 1,
            };
            groups[group].push(UseTree {
                visibility: "",
                path: module.iter().map(String::as_str).collect(),
                names: names.iter().map(String::as_str).collect(),
            });
        }
        groups
    }

    fn insert(&mut self, module: Vec<String>, name: String) {
        self.modules.entry(module).or_default().insert(name);
    }
}
