//! The search of a list: what the text may mean in which column.

use super::filter::day;
use crate::catalog::{ColumnDef, Comparison, Table, Test, Tree, escape_like};
use crate::values::Kind;

/// How many words of a search are looked for.
const WORDS: usize = 6;

/// The rows that a search finds: by a value that equals the text, or with every word somewhere in their texts.
pub fn search(table: &'static Table, text: &str) -> Tree {
    let text = text.trim();
    let columns = listed(table);
    let mut any: Vec<Tree> = columns.filter_map(|column| equals(column, text)).collect();
    let texts: Vec<&ColumnDef> = listed(table)
        .filter(|column| is_searched(table, column))
        .collect();
    if !texts.is_empty() {
        any.push(has_words(&texts, text));
    }
    Tree::Any(any)
}

/// The columns that lists are asked about.
pub(super) fn listed(table: &'static Table) -> impl Iterator<Item = &'static ColumnDef> {
    table.columns.iter().filter(|column| !column.hidden)
}

/// That a column has the value that a text says, if it says one.
pub(super) fn equals(column: &ColumnDef, text: &str) -> Option<Tree> {
    use Kind::{Date, DateTime, Decimal, Int16, Int32, Int64, Numeric, Oid, Timestamp, Uuid};
    match column.kind {
        Int16 | Int32 | Int64 | Oid | Decimal | Numeric | Uuid | Date => {
            let value = column.kind.parse(text).ok()?;
            Some(Tree::compare(column, Comparison::Equal, value))
        }
        DateTime | Timestamp => {
            let (start, end) = day(column, text)?;
            let from = Tree::compare(column, Comparison::GreaterOrEqual, start);
            Some(from.and(Tree::compare(column, Comparison::Less, end)))
        }
        _ => None,
    }
}

/// Whether texts of a column are searched.
pub(super) fn is_searched(table: &Table, column: &ColumnDef) -> bool {
    !column.hidden
        && (column.searchable
            || (matches!(column.kind, Kind::Text) && table.label.contains(&column.name)))
}

/// That every word of a text is somewhere in the columns.
pub(super) fn has_words(columns: &[&ColumnDef], text: &str) -> Tree {
    let words = text.split_whitespace().take(WORDS);
    Tree::All(words.map(|word| has_word(columns, word)).collect())
}

fn has_word(columns: &[&ColumnDef], word: &str) -> Tree {
    let pattern = format!("%{}%", escape_like(word));
    let tests = columns.iter().map(|column| {
        let pattern = pattern.clone();
        Tree::test(
            column,
            Test::Like {
                pattern,
                ignore_case: true,
            },
        )
    });
    Tree::Any(tests.collect())
}
