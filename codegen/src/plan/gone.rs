//! What `umbel.toml` says about tables, columns and domains that the database had once and has no longer.

use std::collections::BTreeSet;
use std::fmt;

use umbel_schema::Schema;

use super::glob;
use super::options::{Options, Place, Said, TableOptions};

/// Something that means nothing any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gone {
    /// Where it stands; none of a pattern, which is found by itself.
    place: Option<Place>,
    /// `column film.rating`, as `umbel.toml` has the names.
    pub(crate) what: String,
}

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, name) = self.what.split_once(' ').unwrap_or_default();
        let place = self
            .place
            .map_or(String::new(), |place| format!(":{place}"));
        write!(
            f,
            "umbel.toml{place}: the {kind} `{name}` is gone, so that this says nothing any more"
        )
    }
}

/// What there was at the last sync.
pub(crate) struct Before<'a> {
    pub(crate) schema: &'a Schema,
    /// What was gone by then and is spoken of still.
    pub(crate) gone: &'a BTreeSet<String>,
}

impl Options {
    /// Takes out what is said about what has gone since; whatever never was stays, and is an error.
    pub(crate) fn take_gone(&mut self, now: &Schema, before: &Before<'_>) -> Vec<Gone> {
        let mut finder = Finder {
            now,
            before,
            gone: Vec::new(),
        };
        self.tables.retain(|table| {
            let is_table = |schema: &Schema| has_table(schema, &table.table);
            let what = format!("table {}", table.table.value);
            !finder.is_gone(Some(table.table.place), what, is_table)
        });
        for table in &mut self.tables {
            finder.columns(table);
        }
        self.types.retain(|(domain, _)| {
            let is_domain =
                |schema: &Schema| schema.domains.iter().any(|known| domain.names(&known.name));
            let what = format!("domain {}", domain.value);
            !finder.is_gone(Some(domain.place), what, is_domain)
        });
        finder.patterns(&mut self.selection.except);
        let mut only = self.selection.only.clone();
        let known = finder.gone.len();
        finder.patterns(&mut only);
        // Without any pattern left everything would be chosen.
        if only.is_empty() {
            finder.gone.truncate(known);
        } else {
            self.selection.only = only;
        }
        finder.gone
    }
}

struct Finder<'a> {
    now: &'a Schema,
    before: &'a Before<'a>,
    gone: Vec<Gone>,
}

impl Finder<'_> {
    /// Notes what is not there now and was there before.
    fn is_gone(
        &mut self,
        place: Option<Place>,
        what: String,
        is_in: impl Fn(&Schema) -> bool,
    ) -> bool {
        let was = is_in(self.before.schema) || self.before.gone.contains(&what);
        let is_gone = was && !is_in(self.now);
        if is_gone {
            self.gone.push(Gone { place, what });
        }
        is_gone
    }

    /// The patterns that choose tables.
    fn patterns(&mut self, patterns: &mut Vec<String>) {
        patterns.retain(|pattern| {
            let matches = |schema: &Schema| {
                let mut names = schema.relations.iter().map(|relation| &relation.name);
                names.any(|name| glob(pattern, &name.name) || glob(pattern, &name.to_string()))
            };
            !self.is_gone(None, format!("table {pattern}"), matches)
        });
    }

    /// The columns of a table, wherever they are named.
    fn columns(&mut self, options: &mut TableOptions) {
        let table = options.table.clone();
        let mut is_gone = |said: &Said<String>, name: &str| {
            let what = format!("column {}.{name}", table.value);
            self.is_gone(Some(said.place), what, |schema| {
                has_column(schema, &table, name)
            })
        };
        options
            .columns
            .retain(|column| !is_gone(&column.column, &column.column.value));
        options.order.retain(|said| !is_gone(said, &said.value));
        options.sort.retain(|said| {
            let column = said.value.strip_prefix('-').unwrap_or(&said.value);
            // A name may begin like that itself.
            !is_gone(said, &said.value) && !is_gone(said, column)
        });
        for list in [&mut options.label_columns, &mut options.list] {
            let Some(said) = list else { continue };
            said.retain(|said| !is_gone(said, &said.value));
            // Without any column left, it is as if nothing had been said.
            list.take_if(|said| said.is_empty());
        }
        // Fewer columns are another key.
        let gone: Vec<bool> = options
            .key
            .iter()
            .map(|said| is_gone(said, &said.value))
            .collect();
        if gone.contains(&true) {
            options.key.clear();
        }
    }
}

fn has_table(schema: &Schema, said: &Said<String>) -> bool {
    let mut relations = schema.relations.iter();
    relations.any(|relation| said.names(&relation.name))
}

fn has_column(schema: &Schema, table: &Said<String>, column: &str) -> bool {
    let mut relations = schema.relations.iter();
    relations.any(|relation| {
        let mut columns = relation.columns.iter();
        table.names(&relation.name) && columns.any(|known| known.name == column)
    })
}
