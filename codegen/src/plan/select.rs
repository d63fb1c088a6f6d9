//! Which relations the application includes: `--schema`, `--only`, `--except`.

use umbel_schema::model::{ObjectName, Relation, Schema};
use umbel_schema::sql::tools;

use super::{Kept, Options};

/// The choice of relations; patterns are globs over `schema.table` or `table`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Everything, where it is empty.
    pub(crate) only: Vec<String>,
    pub(crate) except: Vec<String>,
}

impl Selection {
    /// Whether the relation is chosen.
    pub(crate) fn includes(&self, name: &ObjectName) -> bool {
        let matches =
            |pattern: &String| glob(pattern, &name.name) || glob(pattern, &name.to_string());
        (self.only.is_empty() || self.only.iter().any(matches)) && !self.except.iter().any(matches)
    }

    /// Whether a pattern asks for the relation, among all that could be included.
    fn asks_for(&self, name: &ObjectName) -> bool {
        !self.only.is_empty() && self.includes(name)
    }

    /// The patterns that no relation of the schema matches: most likely slips of the pen.
    pub(crate) fn unmatched<'a>(&'a self, schema: &Schema) -> Vec<&'a str> {
        let names: Vec<&ObjectName> = schema
            .relations
            .iter()
            .map(|relation| &relation.name)
            .collect();
        let patterns = self.only.iter().chain(&self.except);
        patterns
            .filter(|pattern| {
                !names
                    .iter()
                    .any(|name| glob(pattern, &name.name) || glob(pattern, &name.to_string()))
            })
            .map(String::as_str)
            .collect()
    }
}

/// The tool of migrations that a table belongs to, which is why the application leaves it out; none of a table that it
/// had before, or that is asked for.
pub(super) fn tool_of(relation: &Relation, options: &Options, kept: &Kept) -> Option<&'static str> {
    let is_wanted =
        kept.tables.contains_key(&relation.name) || options.selection.asks_for(&relation.name);
    tools::owner(relation).filter(|_| !is_wanted)
}

/// Whether the pattern covers the whole text; `*` stands for any characters, `?` for one.
pub(crate) fn glob(pattern: &str, text: &str) -> bool {
    let mut characters = pattern.chars();
    match characters.next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = characters.as_str();
            let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            starts.into_iter().any(|at| glob(rest, &text[at..]))
        }
        Some('?') => {
            let mut text = text.chars();
            text.next().is_some() && glob(characters.as_str(), text.as_str())
        }
        Some(expected) => text
            .strip_prefix(expected)
            .is_some_and(|text| glob(characters.as_str(), text)),
    }
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[track_caller]
    fn check(pattern: &str, text: &str, expect: bool) {
        assert_eq!(glob(pattern, text), expect, "{pattern} over {text}");
    }

    #[test]
    fn globs() {
        check("film", "film", true);
        check("film", "film_actor", false);
        check("film*", "film_actor", true);
        check("*_actor", "film_actor", true);
        check("sales.*", "sales.order", true);
        check("f?lm", "film", true);
        check("", "film", false);
    }
}
