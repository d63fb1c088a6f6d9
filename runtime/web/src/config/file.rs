//! `umbel.toml`, as far as it says how the application runs.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::variable;

/// The variable that names another file.
const FILE: &str = "UMBEL_CONFIG";
/// The file, in this folder or one above it.
const NAME: &str = "umbel.toml";

/// The sections of a file.
#[derive(Debug, Default)]
pub(super) struct File {
    /// What the file is called in errors.
    pub(super) name: String,
    sections: Map<String, Value>,
}

/// A key of a section, with its texts; none, if its value is nothing that a setting says.
pub(super) type Entry = (String, Option<Vec<String>>);

impl File {
    /// The file that the environment names, or else the one in this folder or above it; an empty one where there is none.
    ///
    /// # Errors
    /// If it cannot be read, in a sentence.
    pub(super) fn find() -> Result<Self, String> {
        let named = variable(FILE).map(PathBuf::from);
        let Some(path) = named.or_else(nearest) else {
            return Ok(Self::default());
        };
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        Self::parse(&path, &text)
    }

    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, String> {
        let name = path.display().to_string();
        let sections = basic_toml::from_str(text)
            .map_err(|error| format!("{name} cannot be read: {error}"))?;
        Ok(Self { name, sections })
    }

    /// What a section says.
    ///
    /// # Errors
    /// If it is no section, in a sentence.
    pub(super) fn section(&self, name: &str) -> Result<Vec<Entry>, String> {
        match self.sections.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Object(section)) => Ok(section
                .iter()
                .map(|(key, value)| (key.clone(), texts(value)))
                .collect()),
            Some(_) => Err(format!(
                "{}: `{name}` must be a section, [{name}]",
                self.name
            )),
        }
    }
}

fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut files = here.ancestors().map(|folder| folder.join(NAME));
    files.find(|file| file.is_file())
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        value => Some(vec![text(value)?]),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
