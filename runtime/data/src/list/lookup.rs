//! The search of a large table: by values that an index finds, by indexes into texts, and in the newest rows.

use super::newest::Newest;
use super::search::{equals, has_words, is_searched, listed};
use crate::catalog::{ColumnDef, Comparison, Table, Test, Tree, Words, escape_like};
use crate::database::{Lists, Storage, TextIndex};
use crate::query::{Plan, Way, Ways};
use crate::values::{Kind, Value};

/// How many rows each way finds at most.
pub(super) const FOUND: u64 = 1_000;
/// How many letters in a row an index of trigrams needs.
const TRIGRAM: usize = 3;

/// A large table, as a search finds it.
pub struct Ground<'a> {
    pub table: &'static Table,
    pub storage: &'a Storage,
    pub lists: Lists,
    /// What tells two rows apart; nothing, if nothing does.
    pub unique: Vec<&'static str>,
    /// Whether rows can be put in the order of their key.
    pub is_keyed: bool,
}

/// A search, and where it looks, in words.
pub struct Lookup {
    pub words: String,
    ways: Ways,
}

impl Lookup {
    /// The search for a text, among the rows that filters leave.
    pub fn new(ground: &Ground<'_>, text: &str, filters: &Tree) -> Self {
        let Ground { table, unique, .. } = ground;
        let mut search = Search {
            text: text.trim(),
            ground,
            filters,
            ways: Vec::new(),
            said: Vec::new(),
        };
        // Where nothing tells them apart, rows that two ways find cannot be told to be one.
        if !unique.is_empty() {
            search.by_values();
            search.by_words();
            search.by_texts();
        }
        search.in_recent();
        let others = unique.iter().copied();
        Self {
            words: format!("Looked for it {}.", search.said.join(", and ")),
            ways: Ways {
                ways: search.ways,
                others: others.filter(|name| table.column(name).is_none()).collect(),
                unique: unique.clone(),
            },
        }
    }

    /// The rows that it finds.
    pub fn plan(&self, table: &'static Table) -> Plan {
        let mut plan = Plan::new(table);
        plan.ways = Some(self.ways.clone());
        plan
    }
}

struct Search<'a> {
    text: &'a str,
    ground: &'a Ground<'a>,
    filters: &'a Tree,
    ways: Vec<Way>,
    said: Vec<String>,
}

impl Search<'_> {
    /// The rows with a value that is what was typed.
    fn by_values(&mut self) {
        let mut labels = Vec::new();
        for column in listed(self.ground.table) {
            let is_found = self.ground.storage.found.contains(column.name);
            if let Some(condition) = is_found.then(|| self.is_value(column)).flatten() {
                labels.push(column.label);
                self.add(condition);
            }
        }
        if !labels.is_empty() {
            self.said.push(format!("as {}", joined(&labels)));
        }
    }

    fn is_value(&self, column: &ColumnDef) -> Option<Tree> {
        let is_text = is_searched(self.ground.table, column) && matches!(column.kind, Kind::Text);
        let text = || {
            let text = Value::Text(self.text.to_owned().into());
            Tree::compare(column, Comparison::Equal, text)
        };
        equals(column, self.text).or_else(|| is_text.then(text))
    }

    /// The rows with these words, as an index of words has them.
    fn by_words(&mut self) {
        let mut is_asked = false;
        for index in &self.ground.storage.texts {
            if let TextIndex::Words {
                expression,
                language,
            } = index
            {
                is_asked = true;
                self.add(Tree::Words(Words {
                    expression: expression.clone(),
                    language: language.clone(),
                    text: self.text.to_owned(),
                }));
            }
        }
        if is_asked {
            self.said.push("by its words".to_owned());
        }
    }

    /// The rows with texts that hold it, or begin with it.
    fn by_texts(&mut self) {
        let within = self.texts(|search, column| search.has_trigrams(column));
        if !within.is_empty() {
            self.said.push(format!("in {}", labels(&within)));
            self.add(has_words(&within, self.text));
        }
        let begun = self.texts(|search, column| search.has_prefixes(column));
        for column in &begun {
            let test = Test::Like {
                pattern: format!("{}%", escape_like(self.text)),
                ignore_case: false,
            };
            self.add(Tree::test(column, test));
        }
        if !begun.is_empty() {
            self.said
                .push(format!("at the beginning of {}", labels(&begun)));
        }
    }

    /// The newest rows with texts that hold it, where no index finds it.
    fn in_recent(&mut self) {
        let texts = self.texts(|search, column| !search.has_trigrams(column));
        if texts.is_empty() {
            return;
        }
        let newest = Newest::of(self.ground);
        let texts_of = labels(&texts);
        self.said
            .push(format!("in {texts_of} of {} only", newest.words));
        self.ways.push(Way {
            filter: self.filters.clone().and(newest.rows),
            order: newest.order,
            limit: self.ground.lists.recent,
            among: Some((has_words(&texts, self.text), FOUND + 1)),
        });
    }

    fn texts(&self, which: impl Fn(&Self, &ColumnDef) -> bool) -> Vec<&'static ColumnDef> {
        listed(self.ground.table)
            .filter(|column| is_searched(self.ground.table, column) && which(self, column))
            .collect()
    }

    /// Whether an index finds it anywhere in a column.
    fn has_trigrams(&self, column: &ColumnDef) -> bool {
        let mut runs = self.text.split(|letter: char| !letter.is_alphanumeric());
        self.ground.storage.has_trigrams(column) && runs.any(|run| run.chars().count() >= TRIGRAM)
    }

    fn has_prefixes(&self, column: &ColumnDef) -> bool {
        let texts = &self.ground.storage.texts;
        texts.contains(&TextIndex::Prefixes(column.name)) && !self.has_trigrams(column)
    }

    /// A way to rows that meet a condition which an index serves.
    fn add(&mut self, condition: Tree) {
        self.ways.push(Way {
            filter: self.filters.clone().and(condition),
            order: Vec::new(),
            limit: FOUND + 1,
            among: None,
        });
    }
}

/// What people call some columns: `Title, Slug or Body`.
fn labels(columns: &[&ColumnDef]) -> String {
    let labels: Vec<_> = columns.iter().map(|column| column.label).collect();
    joined(&labels)
}

fn joined(labels: &[&str]) -> String {
    match labels.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => labels.concat(),
    }
}
