//! What tells the rows of a view apart.

use super::key::unique_keys;
use crate::model::{ObjectName, Relation, Schema};

/// The columns of a view that tell its rows apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewKey {
    pub columns: Vec<String>,
    /// Whether no two rows can have the same key. Else it is the key of a table that the view shows,
    /// of which it may show a row more than once.
    pub certain: bool,
}

/// The key of a view, if its columns tell of one: that which it was given, a unique index of a materialized view
/// without NULL, else the whole primary key of the relation that it shows first.
pub fn view_key(schema: &Schema, relation: &Relation) -> Option<ViewKey> {
    let view = relation.view.as_ref()?;
    let is_whole = |name: &&str| {
        let mut columns = relation.columns.iter();
        columns.any(|column| column.name == *name && column.not_null)
    };
    let mut keys = unique_keys(relation).into_iter();
    if let Some(key) = keys.find(|key| key.iter().all(is_whole)) {
        return Some(ViewKey {
            columns: key.into_iter().map(str::to_owned).collect(),
            certain: true,
        });
    }
    let shown = view.columns.iter().flatten();
    let mut sources: Vec<&ObjectName> = Vec::new();
    for column in shown {
        if !sources.contains(&&column.relation) {
            sources.push(&column.relation);
        }
    }
    sources.into_iter().find_map(|source| {
        let source = schema
            .relations
            .iter()
            .find(|relation| relation.name == *source)?;
        let key = source.primary_key.as_ref()?;
        let columns = key
            .columns
            .iter()
            .map(|column| shown_as(relation, source, column));
        Some(ViewKey {
            columns: columns.collect::<Option<_>>()?,
            certain: view.simple,
        })
    })
}

/// The name under which a view shows a column, where it cannot be NULL.
fn shown_as(relation: &Relation, source: &Relation, column: &str) -> Option<String> {
    let view = relation.view.as_ref()?;
    let pairs = relation.columns.iter().zip(&view.columns);
    let mut same = pairs.filter(|(own, shown)| {
        own.not_null
            && shown
                .as_ref()
                .is_some_and(|shown| shown.relation == source.name && shown.column == column)
    });
    same.next().map(|(own, _)| own.name.clone())
}
