//! A schema as a Mermaid entity-relationship diagram.
//!
//! Mermaid's names are words of few characters; what does not fit is replaced and said in a comment.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::is_one_to_one;
use crate::model::{Column, ForeignKey, ObjectName, Relation, Schema};

/// The schema as the text of an `erDiagram`.
pub fn mermaid(schema: &Schema) -> String {
    let entities = Entities::new(schema);
    let mut out = "erDiagram\n".to_owned();
    for relation in &schema.relations {
        out.push_str(&format!("    {} {{\n", entities.name(&relation.name)));
        for column in &relation.columns {
            out.push_str(&format!("        {}\n", attribute(relation, column)));
        }
        out.push_str("    }\n");
    }
    for relation in &schema.relations {
        for key in &relation.foreign_keys {
            out.push_str(&format!(
                "    {} {}--{} {} : \"{}\"\n",
                entities.name(&relation.name),
                if is_one_to_one(relation, key) {
                    "|o"
                } else {
                    "}o"
                },
                if is_optional(relation, key) {
                    "o|"
                } else {
                    "||"
                },
                entities.name(&key.target),
                quotable(&key.columns.join(", "))
            ));
        }
    }
    out
}

/// The names of entities: with the database schema where there are several, and each once.
struct Entities<'a> {
    names: BTreeMap<&'a ObjectName, String>,
}

impl<'a> Entities<'a> {
    fn new(schema: &'a Schema) -> Self {
        let relations = schema.relations.iter();
        let own = relations.clone().map(|relation| &relation.name);
        let targets =
            relations.flat_map(|relation| relation.foreign_keys.iter().map(|key| &key.target));
        let all: Vec<&ObjectName> = own.chain(targets).collect();
        let several = all.iter().any(|name| name.schema != all[0].schema);
        let mut names: BTreeMap<&ObjectName, String> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for name in all {
            if names.contains_key(name) {
                continue;
            }
            let plain = if several {
                name.to_string()
            } else {
                name.name.clone()
            };
            let mut entity = quotable(&plain);
            // Two names may differ only in what Mermaid does not take.
            while taken.contains(&entity) {
                entity.push('\'');
            }
            taken.insert(entity.clone());
            names.insert(name, entity);
        }
        Self { names }
    }

    fn name(&self, name: &ObjectName) -> String {
        let known = self.names.get(name).map_or("", String::as_str);
        format!("\"{known}\"")
    }
}

/// `integer film_id PK, FK "comment"`.
fn attribute(relation: &Relation, column: &Column) -> String {
    let name = word(&column.name);
    let mut text = format!("{} {name}", word(&column.sql_type));
    let has = |columns: &[String]| columns.contains(&column.name);
    let marks = [
        (
            "PK",
            relation.primary_key.iter().any(|key| has(&key.columns)),
        ),
        (
            "FK",
            relation.foreign_keys.iter().any(|key| has(&key.columns)),
        ),
        (
            "UK",
            relation
                .uniques
                .iter()
                .any(|key| key.columns == [column.name.as_str()]),
        ),
    ];
    let marks: Vec<_> = marks
        .iter()
        .filter(|(_, is)| *is)
        .map(|(mark, _)| *mark)
        .collect();
    if !marks.is_empty() {
        text.push_str(&format!(" {}", marks.join(", ")));
    }
    if name != column.name {
        text.push_str(&format!(" \"{}\"", quotable(&column.name)));
    }
    text
}

fn is_optional(relation: &Relation, key: &ForeignKey) -> bool {
    let mut own = relation
        .columns
        .iter()
        .filter(|column| key.columns.contains(&column.name));
    own.any(|column| !column.not_null)
}

/// A word as Mermaid takes it for a type or an attribute: `numeric(4,2)` → `numeric(4_2)`.
fn word(text: &str) -> String {
    let keep = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '-' | '(' | ')' | '[' | ']')
            || ('\u{c0}'..='\u{ffff}').contains(&c) && c.is_alphanumeric()
    };
    let mut word: String = text
        .chars()
        .map(|c| if keep(c) { c } else { '_' })
        .collect();
    let begins = |c: char| c == '_' || c.is_alphabetic();
    if !word.starts_with(begins) {
        word.insert(0, '_');
    }
    // These are marks wherever they stand.
    if matches!(word.as_str(), "PK" | "FK" | "UK") {
        word.push('_');
    }
    word
}

/// Text that Mermaid takes between double quotes.
fn quotable(text: &str) -> String {
    let replaced = |c: char| match c {
        '"' => '\'',
        '%' | '\\' => '_',
        c if c.is_control() => ' ',
        c => c,
    };
    let text: String = text.chars().map(replaced).collect();
    if text.is_empty() {
        "_".to_owned()
    } else {
        text
    }
}
