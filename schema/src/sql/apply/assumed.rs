//! Types that no file makes: those of an extension that is there on the server, and those of another schema or tool.
//!
//! A server without them refuses the statement; here only what is not known of the type is lost.

use std::collections::BTreeSet;

use super::Applier;
use super::stub::quoted_name;
use crate::name::in_quotes;
use crate::sql::catalog::{Assumed, Catalog};
use crate::sql::diagnostic::{Problem, Severity};
use crate::sql::name::folded;

/// What the statements make, wherever they do: types and extensions by their names.
#[derive(Debug, Clone, Default)]
pub(super) struct Made {
    types: BTreeSet<String>,
    extensions: BTreeSet<String>,
}

impl Made {
    /// What a statement makes, also one that runs others: a DO block.
    pub(super) fn add(&mut self, text: &str) {
        let mut words = text
            .split(|c: char| c.is_whitespace() || matches!(c, ';' | '\'' | '('))
            .filter(|word| !word.is_empty());
        while let Some(word) = words.next() {
            if !word.eq_ignore_ascii_case("create") {
                continue;
            }
            let Some(kind) = words.next() else { return };
            let of = match kind.to_ascii_lowercase().as_str() {
                "type" | "domain" => &mut self.types,
                "extension" => &mut self.extensions,
                _ => continue,
            };
            let is_filler = |word: &&str| {
                let mut fillers = ["if", "not", "exists"].into_iter();
                fillers.any(|filler| word.eq_ignore_ascii_case(filler))
            };
            if let Some(name) = words.by_ref().find(|word| !is_filler(word)) {
                of.insert(folded(name.rsplit('.').next().unwrap_or(name)));
            }
        }
    }

    fn has(&self, assumed: &Assumed) -> bool {
        let extension = assumed.extension;
        self.types.contains(&assumed.name.name)
            || extension.is_some_and(|extension| self.extensions.contains(extension))
    }
}

impl Applier {
    /// Says which types the statement has taken for granted.
    pub(super) fn say_assumed(&mut self) {
        for assumed in std::mem::take(&mut self.catalog.assumed) {
            let written = &assumed.written;
            let (severity, message, hint) = match assumed.extension {
                // Another statement makes it, too late.
                _ if self.stubs.made_types.has(&assumed) => (
                    Severity::Refused,
                    format!("type `{written}` does not exist"),
                    "a statement further on makes it: psql needs that before this one".to_owned(),
                ),
                Some(extension) => (
                    Severity::Warning,
                    format!(
                        "type `{written}` is created by no file: it is taken for the one of the extension `{extension}`"
                    ),
                    format!(
                        "`CREATE EXTENSION \"{extension}\"`, in a file named before this one, makes it"
                    ),
                ),
                None => (
                    Severity::Refused,
                    format!(
                        "type `{written}` is created by no file: it is known by its name alone, and its values as text"
                    ),
                    "a file with its CREATE TYPE, named before this one, says what it is"
                        .to_owned(),
                ),
            };
            self.problems.push(Problem {
                severity,
                range: assumed.range.clone(),
                message,
                hint: Some(hint),
            });
            self.stub_type(&assumed);
        }
    }

    /// What would make it on a server, of which that fails which has been done before.
    fn stub_type(&mut self, assumed: &Assumed) {
        if self.stubs.made_types.has(assumed) {
            return;
        }
        let schema = &assumed.name.schema;
        let statements = &mut self.stubs.statements;
        if !self.stubs.schemas.contains(schema) {
            statements.push(format!("CREATE SCHEMA IF NOT EXISTS {}", in_quotes(schema)));
        }
        if let Some(extension) = assumed.extension {
            statements.push(format!(
                "CREATE EXTENSION IF NOT EXISTS {} SCHEMA {} CASCADE",
                in_quotes(extension),
                in_quotes(schema)
            ));
        }
        let name = quoted_name(&assumed.name);
        let input = quoted_name(&assumed.function("in"));
        let output = quoted_name(&assumed.function("out"));
        statements.extend([
            format!("CREATE TYPE {name}"),
            format!("CREATE FUNCTION {input}(cstring) RETURNS {name} AS 'textin' LANGUAGE internal IMMUTABLE STRICT"),
            format!("CREATE FUNCTION {output}({name}) RETURNS cstring AS 'textout' LANGUAGE internal IMMUTABLE STRICT"),
            format!("CREATE TYPE {name} (INPUT = {input}, OUTPUT = {output}, LIKE = text)"),
        ]);
    }

    /// Whether types were taken for granted since a state of the catalog.
    pub(super) fn has_assumed_since(&self, before: &Catalog) -> bool {
        let mut types = self.catalog.types.values();
        types.any(|ty| ty.assumed && !before.types.contains_key(&ty.oid))
    }
}
