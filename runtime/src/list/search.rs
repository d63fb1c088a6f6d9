//! The search of a list: what the text may mean in which column.

use super::filter::day;
use crate::model::{ColumnDef, Table};
use crate::query::{Comparison, Node, Test, escape_like};
use crate::types::Kind;

/// How many words of a search are looked for.
const WORDS: usize = 6;

/// The rows that a search finds: by a value that equals the text, or with every word somewhere in their texts.
pub(crate) fn search(table: &'static Table, text: &str) -> Node {
    let text = text.trim();
    let columns = table.columns.iter().filter(|column| !column.hidden);
    let mut any: Vec<Node> = columns.filter_map(|column| equals(column, text)).collect();
    let texts: Vec<&ColumnDef> = table
        .columns
        .iter()
        .filter(|column| is_searched(table, column))
        .collect();
    if !texts.is_empty() {
        let words = text.split_whitespace().take(WORDS);
        any.push(Node::All(
            words.map(|word| has_word(&texts, word)).collect(),
        ));
    }
    Node::Any(any)
}

fn equals(column: &ColumnDef, text: &str) -> Option<Node> {
    use Kind::{Date, DateTime, Decimal, Int16, Int32, Int64, Numeric, Oid, Timestamp, Uuid};
    match column.kind {
        Int16 | Int32 | Int64 | Oid | Decimal | Numeric | Uuid | Date => {
            let value = column.kind.parse(text).ok()?;
            Some(Node::compare(column, Comparison::Equal, value))
        }
        DateTime | Timestamp => {
            let (start, end) = day(column, text)?;
            let from = Node::compare(column, Comparison::GreaterOrEqual, start);
            Some(from.and(Node::compare(column, Comparison::Less, end)))
        }
        _ => None,
    }
}

fn is_searched(table: &Table, column: &ColumnDef) -> bool {
    !column.hidden
        && (column.searchable
            || (matches!(column.kind, Kind::Text) && table.label.contains(&column.name)))
}

fn has_word(columns: &[&ColumnDef], word: &str) -> Node {
    let pattern = format!("%{}%", escape_like(word));
    let tests = columns.iter().map(|column| {
        let pattern = pattern.clone();
        Node::Test(
            **column,
            Test::Like {
                pattern,
                ignore_case: true,
            },
        )
    });
    Node::Any(tests.collect())
}
