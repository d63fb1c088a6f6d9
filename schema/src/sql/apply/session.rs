//! The session that statements run in: its search path, its transactions, what it has for itself.

use super::Applier;
use crate::sql::catalog::{Catalog, Object};
use crate::sql::name::folded;

/// A transaction that is open, with what can be gone back to.
#[derive(Debug, Clone)]
pub(super) struct Transaction {
    /// The catalog when it began; none as long as nothing was changed since.
    before: Option<Box<Catalog>>,
    savepoints: Vec<(String, Box<Catalog>)>,
}

impl Applier {
    /// A session begins: each file has one of its own, as psql gives it.
    pub(in crate::sql) fn begin_session(&mut self) {
        self.commit();
        self.catalog.remove_temporary();
        self.catalog.search_path.clone_from(&self.path);
    }

    /// Follows what begins and ends transactions, and what sets the session back.
    pub(super) fn follow(&mut self, text: &str) {
        let written: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || c == ';')
            .filter(|word| !word.is_empty())
            .take(6)
            .collect();
        let words: Vec<String> = written
            .iter()
            .map(|word| word.to_ascii_uppercase())
            .filter(|word| !matches!(word.as_str(), "WORK" | "TRANSACTION"))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // A name stands at the end.
        let name = || written.last().map_or_else(String::new, |name| folded(name));
        match words.as_slice() {
            ["BEGIN" | "START", ..] => self.begin(),
            // What two phases commit is committed by another session.
            ["COMMIT" | "ROLLBACK", "PREPARED", ..] => {}
            ["COMMIT" | "END", rest @ ..] => {
                self.commit();
                self.chain(rest);
            }
            ["PREPARE", ..]
                if written
                    .get(1)
                    .is_some_and(|word| word.eq_ignore_ascii_case("transaction")) =>
            {
                self.commit();
            }
            ["ROLLBACK" | "ABORT", "TO", ..] => self.roll_back_to(&name()),
            ["ROLLBACK" | "ABORT", rest @ ..] => {
                self.roll_back();
                self.chain(rest);
            }
            ["SAVEPOINT", _] => {
                let catalog = Box::new(self.catalog.clone());
                if let Some(transaction) = &mut self.transaction {
                    transaction.savepoints.push((name(), catalog));
                }
            }
            ["RELEASE", ..] => {
                if let Some(transaction) = &mut self.transaction {
                    transaction.forget(&name());
                }
            }
            ["RESET", "ALL" | "SEARCH_PATH"] => self.set_path(self.path.clone(), false),
            ["DISCARD", "ALL"] => {
                self.catalog.remove_temporary();
                self.set_path(self.path.clone(), false);
            }
            ["ALTER", "DATABASE", _, "SET", ..] => {
                if let Some(path) = path_of_database(text) {
                    self.path = path;
                }
            }
            ["DISCARD", "TEMP" | "TEMPORARY"] => self.catalog.remove_temporary(),
            _ => {}
        }
    }

    /// Sets the search path: for good, or until the transaction ends.
    pub(super) fn set_path(&mut self, path: Vec<String>, local: bool) {
        let catalog = &mut self.catalog;
        match (local, &self.transaction) {
            // Outside of a transaction it holds for no statement.
            (true, None) => {}
            (true, Some(_)) => {
                let old = std::mem::replace(&mut catalog.search_path, path);
                catalog.path_after.get_or_insert(old);
            }
            (false, _) => {
                catalog.search_path = path;
                catalog.path_after = None;
            }
        }
    }

    /// Keeps the catalog as it is before the first change of a transaction.
    pub(super) fn remember(&mut self) {
        if let Some(transaction) = &mut self.transaction {
            let catalog = &self.catalog;
            transaction
                .before
                .get_or_insert_with(|| Box::new(catalog.clone()));
        }
    }

    /// Tables of `ON COMMIT DROP`, where a transaction ends or none is open.
    pub(super) fn end_of_passing(&mut self) {
        if !std::mem::take(&mut self.catalog.has_passing) {
            return;
        }
        let passing = self.catalog.tables.values().filter(|table| table.passes);
        let passing: Vec<_> = passing.map(|table| Object::Table(table.oid)).collect();
        if !passing.is_empty()
            && let Ok(doomed) = self.catalog.doomed(&passing, true)
        {
            self.catalog.remove(doomed);
        }
    }

    pub(super) fn is_in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    fn begin(&mut self) {
        self.transaction.get_or_insert(Transaction {
            before: None,
            savepoints: Vec::new(),
        });
    }

    fn commit(&mut self) {
        self.transaction = None;
        self.end_of_passing();
        self.end_of_local_path();
    }

    fn roll_back(&mut self) {
        if let Some(before) = self.transaction.take().and_then(|own| own.before) {
            self.catalog = *before;
        }
        self.end_of_local_path();
    }

    fn end_of_local_path(&mut self) {
        if let Some(path) = self.catalog.path_after.take() {
            self.catalog.search_path = path;
        }
    }

    /// The savepoint stays; those after it are gone.
    fn roll_back_to(&mut self, name: &str) {
        let Some(transaction) = &mut self.transaction else {
            return;
        };
        let place = transaction
            .savepoints
            .iter()
            .rposition(|(own, _)| own == name);
        if let Some(place) = place {
            transaction.savepoints.truncate(place + 1);
            self.catalog = *transaction.savepoints[place].1.clone();
        }
    }

    /// `COMMIT AND CHAIN`
    fn chain(&mut self, rest: &[&str]) {
        if rest == ["AND", "CHAIN"] {
            self.begin();
        }
    }
}

/// `ALTER DATABASE shop SET search_path TO app, public`
fn path_of_database(text: &str) -> Option<Vec<String>> {
    let setting = text.to_ascii_lowercase().find("search_path")? + "search_path".len();
    let rest = text[setting..].trim_start();
    let names = match rest.strip_prefix('=') {
        Some(names) => names,
        None => rest
            .get(2..)
            .filter(|_| rest[..2].eq_ignore_ascii_case("to"))?,
    };
    let names = names.trim_end_matches(';').split(',');
    Some(
        names
            .map(|name| folded(name.trim().trim_matches('\'')))
            .collect(),
    )
}

impl Transaction {
    /// A savepoint is released, with those after it.
    fn forget(&mut self, name: &str) {
        if let Some(place) = self.savepoints.iter().rposition(|(own, _)| own == name) {
            self.savepoints.truncate(place);
        }
    }
}
