//! What a line for psql says: `\set`, `\if`, `\i`, and the values that they know.

use std::collections::BTreeMap;

/// The commands that read another file.
const INCLUDES: [&str; 4] = ["i", "ir", "include", "include_relative"];

/// The commands that may stand behind a statement on its line, and end it.
const ENDS: [&str; 8] = [
    "g",
    "gx",
    "gset",
    "gexec",
    "gdesc",
    "gr",
    "crosstabview",
    "watch",
];

/// A line for psql, cut into its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// Without its backslash: `ir`.
    pub(super) name: String,
    pub(super) arguments: Vec<String>,
}

impl Command {
    /// `\ir 'a file.sql'`
    pub(super) fn of(text: &str) -> Self {
        let text = text.trim().trim_start_matches('\\');
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        Self {
            name: text[..end].to_owned(),
            arguments: words(&text[end..]),
        }
    }

    /// The file that is read here, as it is named.
    pub(super) fn included(&self) -> Option<&str> {
        let file = self.arguments.first()?;
        INCLUDES
            .contains(&self.name.as_str())
            .then_some(file.as_str())
    }

    pub(super) fn includes(&self) -> bool {
        INCLUDES.contains(&self.name.as_str())
    }
}

/// Whether what follows a backslash within a line is a command that ends the statement before it.
pub(super) fn ends_statement(rest: &str) -> bool {
    let rest = rest.strip_prefix('\\').unwrap_or(rest);
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    ENDS.contains(&&rest[..end])
}

/// The words of a line, quotes taken off.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let mut word = String::new();
        let mut quote = None;
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (None, '\'' | '"') => quote = Some(c),
                (None, c) if c.is_whitespace() => {
                    end = at;
                    break;
                }
                (_, c) => word.push(c),
            }
        }
        words.push(word);
        rest = rest[end..].trim_start();
    }
    words
}

/// What `\set` has set so far.
#[derive(Debug, Default)]
pub(super) struct Variables(BTreeMap<String, String>);

impl Variables {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `\set name value`, `\unset name`; a value that only running something tells is unknown.
    pub(super) fn follow(&mut self, command: &Command) {
        let Some((name, values)) = command.arguments.split_first() else {
            return;
        };
        match command.name.as_str() {
            "set" => {
                let values: Option<Vec<String>> =
                    values.iter().map(|value| self.value(value)).collect();
                match values {
                    Some(values) => self.0.insert(name.clone(), values.concat()),
                    None => self.0.remove(name),
                };
            }
            "unset" => drop(self.0.remove(name)),
            _ => {}
        }
    }

    /// What a word of a line comes to: `:name` is what it was set to.
    fn value(&self, word: &str) -> Option<String> {
        match word.strip_prefix(':') {
            _ if word.contains('`') => None,
            Some(name) => self.0.get(name).cloned(),
            None => Some(word.to_owned()),
        }
    }

    /// Whether the condition of an `\if` holds, where that is known.
    pub(super) fn holds(&self, command: &Command) -> Option<bool> {
        let word = command.arguments.first()?;
        if let Some(name) = word
            .strip_prefix(":{?")
            .and_then(|rest| rest.strip_suffix('}'))
        {
            return Some(self.0.contains_key(name));
        }
        let value = self.value(word)?.to_ascii_lowercase();
        let is_start_of = |full: &str| !value.is_empty() && full.starts_with(&value);
        if is_start_of("true") || is_start_of("yes") || value == "on" || value == "1" {
            Some(true)
        } else {
            // What is no truth value is none to psql either, with an error.
            Some(false)
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Variables};

    fn variables(lines: &[&str]) -> Variables {
        let mut variables = Variables::default();
        for line in lines {
            variables.follow(&Command::of(line));
        }
        variables
    }

    #[test]
    fn files_that_are_included() {
        let check = |line: &str, expect: Option<&str>| {
            assert_eq!(Command::of(line).included(), expect, "{line}");
        };
        check("\\i a.sql", Some("a.sql"));
        check("\\ir 'a b.sql'\n", Some("a b.sql"));
        check("\\include_relative sub/a.sql", Some("sub/a.sql"));
        check("\\i", None);
        check("\\if true", None);
    }

    #[test]
    fn conditions() {
        let check = |lines: &[&str], condition: &str, expect: Option<bool>| {
            let command = Command::of(condition);
            assert_eq!(variables(lines).holds(&command), expect, "{condition}");
        };
        check(&[], "\\if true", Some(true));
        check(&[], "\\if off", Some(false));
        check(&[], "\\if :{?schema}", Some(false));
        check(&["\\set schema app"], "\\if :{?schema}", Some(true));
        check(&["\\set on yes"], "\\if :on", Some(true));
        check(&["\\set on yes", "\\unset on"], "\\if :on", None);
        check(&["\\set on `date`"], "\\if :on", None);
        check(&[], "\\if :is_new", None);
    }
}
