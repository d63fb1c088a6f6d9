//! Reads TOML and collects what is wrong in it, each with its place and what may have been meant.

use toml_edit::{Item, TableLike, Value};

use crate::plan::{Place, Said, SettingError, suggestion};

/// A key with its value.
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) item: &'t Item,
    /// Where the key stands, by bytes.
    at: usize,
}

/// Collects errors on the way through a document.
pub(super) struct Reader<'t> {
    text: &'t str,
    errors: Vec<SettingError>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            errors: Vec::new(),
        }
    }

    /// The entries of a table, of which only some keys mean something.
    pub(super) fn table(&mut self, table: &'t dyn TableLike, known: &[&str]) -> Vec<Entry<'t>> {
        let mut entries = self.all(table);
        entries.retain(|entry| {
            let is_known = known.contains(&entry.key);
            if !is_known {
                self.unknown(entry, known);
            }
            is_known
        });
        entries
    }

    /// The entries of a value that must be a table.
    pub(super) fn entries(&mut self, entry: &Entry<'t>, known: &[&str]) -> Vec<Entry<'t>> {
        match self.as_table(entry) {
            Some(table) => self.table(table, known),
            None => Vec::new(),
        }
    }

    /// Likewise, where every key may mean something.
    pub(super) fn any_entries(&mut self, entry: &Entry<'t>) -> Vec<Entry<'t>> {
        let table = self.as_table(entry);
        table.map_or_else(Vec::new, |table| self.all(table))
    }

    pub(super) fn string(&mut self, entry: &Entry<'_>) -> Option<String> {
        let string = entry.item.as_str().map(str::to_owned);
        self.expect(entry, string, "a string")
    }

    /// What people read on a page, in a line.
    pub(super) fn label(&mut self, entry: &Entry<'_>) -> Option<String> {
        let text = self.string(entry)?;
        let is_odd = |letter: char| letter.is_control() || matches!(letter, '{' | '}');
        let plain = (!text.trim().is_empty() && !text.contains(is_odd)).then_some(text);
        self.expect(entry, plain, "a text in a line, without braces")
    }

    pub(super) fn truth(&mut self, entry: &Entry<'_>) -> bool {
        self.expect(entry, entry.item.as_bool(), "true or false")
            .unwrap_or_default()
    }

    /// The name of an entry.
    pub(super) fn key(&self, entry: &Entry<'_>) -> Said<String> {
        self.said(entry.key.to_owned(), entry.at)
    }

    pub(super) fn said_string(&mut self, entry: &Entry<'_>) -> Option<Said<String>> {
        let string = self.string(entry)?;
        Some(self.said(string, entry.at))
    }

    pub(super) fn said_truth(&mut self, entry: &Entry<'_>) -> Said<bool> {
        let truth = self.truth(entry);
        self.said(truth, entry.at)
    }

    pub(super) fn strings(&mut self, entry: &Entry<'_>) -> Vec<String> {
        let strings = self.said_strings(entry).into_iter();
        strings.map(|said| said.value).collect()
    }

    pub(super) fn said_strings(&mut self, entry: &Entry<'_>) -> Vec<Said<String>> {
        let strings = entry.item.as_array().and_then(|array| {
            let items = array.iter().map(|value| match value {
                Value::String(text) => {
                    let at = value.span().map_or(entry.at, |span| span.start);
                    Some(self.said(text.value().clone(), at))
                }
                _ => None,
            });
            items.collect::<Option<Vec<_>>>()
        });
        self.expect(entry, strings, "a list of strings")
            .unwrap_or_default()
    }

    /// Ends with all that was wrong.
    pub(super) fn finish(mut self) -> Result<(), Vec<SettingError>> {
        if self.errors.is_empty() {
            return Ok(());
        }
        self.errors.sort();
        Err(self.errors)
    }

    fn said<T>(&self, value: T, at: usize) -> Said<T> {
        Said {
            value,
            place: place(self.text, at),
        }
    }

    fn as_table(&mut self, entry: &Entry<'t>) -> Option<&'t dyn TableLike> {
        let table = entry.item.as_table_like();
        self.expect(entry, table, "a table")
    }

    fn all(&self, table: &'t dyn TableLike) -> Vec<Entry<'t>> {
        let entries = table.iter().map(|(key, item)| {
            let span = table.key(key).and_then(toml_edit::Key::span);
            Entry {
                key,
                item,
                at: span.or_else(|| item.span()).map_or(0, |span| span.start),
            }
        });
        entries.collect()
    }

    pub(super) fn expect<T>(
        &mut self,
        entry: &Entry<'_>,
        found: Option<T>,
        what: &str,
    ) -> Option<T> {
        if found.is_none() {
            let reason = format!("`{}` must be {what}", entry.key);
            self.errors.push(error(self.text, entry.at, reason));
        }
        found
    }

    fn unknown(&mut self, entry: &Entry<'_>, known: &[&str]) {
        let meant = suggestion(entry.key, known.iter().copied());
        let meant = meant.unwrap_or_else(|| format!("; there are {}", list(known)));
        let reason = format!("unknown key `{}`{meant}", entry.key);
        self.errors.push(error(self.text, entry.at, reason));
    }
}

fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// What is wrong at a byte of the text.
pub(super) fn error(text: &str, at: usize, reason: String) -> SettingError {
    SettingError {
        place: place(text, at),
        reason,
    }
}

fn place(text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default();
    Place {
        line,
        column: column.chars().count() + 1,
    }
}
