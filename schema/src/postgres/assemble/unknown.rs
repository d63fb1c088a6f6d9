//! Letters of the catalog that are not known here: each is said, and read as the plainest of those that are.
//!
//! A newer server may have more of them.

use std::collections::BTreeMap;

use crate::model::{Note, ObjectName};
use crate::postgres::catalog::Catalog;

/// What a letter says, and the letters that are known.
const ACTIONS: &[&str] = &["a", "r", "c", "n", "d"];
const MATCHES: &[&str] = &["s", "f", "p"];
const IDENTITIES: &[&str] = &["", "a", "d"];
const GENERATED: &[&str] = &["", "s", "v"];
const PERSISTENCES: &[&str] = &["p", "u"];

pub(super) fn notes(catalog: &Catalog) -> Vec<Note> {
    let names: BTreeMap<u32, ObjectName> = catalog
        .relations
        .iter()
        .map(|row| (row.oid, ObjectName::new(&row.schema, &row.name)))
        .collect();
    let mut notes = Vec::new();
    let mut check = |relation: u32, part: Option<&str>, what: &str, known: &[&str], code: &str| {
        // Composite types have columns, too, and nothing of all this.
        let Some(name) = names.get(&relation) else {
            return;
        };
        if !known.contains(&code) {
            notes.push(Note {
                subject: part.map_or_else(|| name.to_string(), |part| format!("{name}.{part}")),
                message: format!("the {what} `{code}` is not known here, and left out"),
            });
        }
    };
    for row in &catalog.relations {
        check(row.oid, None, "persistence", PERSISTENCES, &row.persistence);
    }
    for row in &catalog.columns {
        let part = Some(row.name.as_str());
        check(
            row.relation,
            part,
            "kind of identity",
            IDENTITIES,
            &row.identity,
        );
        check(
            row.relation,
            part,
            "kind of generated column",
            GENERATED,
            &row.generated,
        );
    }
    for row in catalog.constraints.iter().filter(|row| row.kind == "f") {
        let part = Some(row.name.as_str());
        check(
            row.relation,
            part,
            "action ON DELETE",
            ACTIONS,
            &row.on_delete,
        );
        check(
            row.relation,
            part,
            "action ON UPDATE",
            ACTIONS,
            &row.on_update,
        );
        check(
            row.relation,
            part,
            "kind of MATCH",
            MATCHES,
            &row.match_type,
        );
    }
    notes
}
