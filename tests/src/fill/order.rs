//! In which order tables are filled: what a row needs comes first.

use std::collections::BTreeMap;

use umbel_schema::model::{ForeignKey, ObjectName, Relation};

/// The tables in an order in which no row needs one that comes later, but for those of one group, which need each other.
pub(super) fn groups<'a>(tables: &[&'a Relation]) -> Vec<Vec<&'a Relation>> {
    let index: BTreeMap<&ObjectName, usize> = tables
        .iter()
        .enumerate()
        .map(|(at, table)| (&table.name, at))
        .collect();
    let needs = |required: bool| -> Vec<Vec<usize>> {
        let of = |table: &&Relation| {
            let keys = table.foreign_keys.iter();
            let keys = keys.filter(|key| is_required(table, key) == required);
            keys.filter_map(|key| index.get(&key.target).copied())
                .collect()
        };
        tables.iter().map(of).collect()
    };
    let (must, may) = (needs(true), needs(false));
    let reached: Vec<Vec<bool>> = (0..tables.len()).map(|from| reach(&must, from)).collect();
    let mut left: Vec<usize> = (0..tables.len()).collect();
    let mut done = vec![false; tables.len()];
    let mut groups = Vec::new();
    while !left.is_empty() {
        // Every table needs only what is done, or what needs it in turn.
        let ready = |&&at: &&usize| {
            (0..tables.len()).all(|other| !reached[at][other] || done[other] || reached[other][at])
        };
        let waits = |&&at: &&usize| {
            may[at]
                .iter()
                .filter(|&&other| other != at && !done[other])
                .count()
        };
        let next = left.iter().filter(ready).min_by_key(waits).or(left.first());
        let Some(&next) = next else { break };
        let group: Vec<usize> = left
            .iter()
            .copied()
            .filter(|&at| at == next || (reached[next][at] && reached[at][next]))
            .collect();
        group.iter().for_each(|&at| done[at] = true);
        left.retain(|at| !group.contains(at));
        groups.push(group.into_iter().map(|at| tables[at]).collect());
    }
    groups
}

/// Whether a row cannot be without the row that it refers to.
pub(super) fn is_required(table: &Relation, key: &ForeignKey) -> bool {
    key.columns.iter().all(|name| {
        let column = table.columns.iter().find(|column| column.name == *name);
        column.is_some_and(|column| column.not_null)
    })
}

fn reach(edges: &[Vec<usize>], from: usize) -> Vec<bool> {
    let mut reached = vec![false; edges.len()];
    let mut next: Vec<usize> = edges[from].clone();
    while let Some(at) = next.pop() {
        if !reached[at] {
            reached[at] = true;
            next.extend(&edges[at]);
        }
    }
    reached
}
