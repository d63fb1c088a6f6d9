//! A condition without types: what `filter` and a list's URL become before they are SQL.

use super::{ColumnDef, Junction, On, Table};
use crate::error::{Error, Result};
use crate::values::Value;

/// What a policy leaves of the rows of a table, for whoever knows the table but not its model.
#[derive(Debug, Clone)]
pub struct Scope(pub Node);

/// A condition on the rows of a table.
#[derive(Debug, Clone)]
pub enum Node {
    /// All of them hold; true if there are none.
    All(Vec<Node>),
    /// One of them holds; false if there are none.
    Any(Vec<Node>),
    /// It does not hold.
    Not(Box<Node>),
    /// A test of a column.
    Test(ColumnDef, Test),
    /// Several columns, one after the other, compare so with values; none of them may be null.
    Tuple(Vec<ColumnDef>, Comparison, Vec<Value>),
    /// There is a related row that satisfies the condition.
    Exists(Hop, Box<Node>),
    /// What a policy says: what it asks of other tables is asked for nobody.
    Scope(Box<Node>),
    /// The words of a text are among those that an expression of PostgreSQL reads from the row, which it wrote itself.
    Words(Words),
    /// A junction table links the row with these values of the other side's columns.
    Linked(Junction, Vec<Value>),
}

/// What a column is tested for.
#[derive(Debug, Clone)]
pub enum Test {
    /// Compares with a value; neither holds for null.
    Compare(Comparison, Value),
    /// Compares a column of a key with a value, in the column's own type, as its index has it.
    Key(Comparison, Value),
    /// Compares with a text that is no UTF-8.
    Garbled(Comparison, Vec<u8>),
    /// Is the value; null is a value like any other.
    Same(Value),
    /// Is one of the values.
    In(Vec<Value>),
    /// Has no value.
    Null,
    /// Matches a LIKE pattern.
    Like { pattern: String, ignore_case: bool },
    /// An array holds the value.
    Has(Value),
}

/// Words that are looked for, and where.
#[derive(Debug, Clone)]
pub struct Words {
    /// What they are read from.
    pub expression: String,
    /// The configuration by which they are read; that of the session, if it is not known.
    pub language: Option<String>,
    /// What was typed.
    pub text: String,
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it asks for more or less.
    pub fn is_ordering(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// A step from a row to related rows.
#[derive(Debug, Clone, Copy)]
pub struct Hop {
    /// The table that the step leads to.
    pub table: &'static Table,
    /// How its rows are found.
    pub by: By,
}

/// How related rows are found.
#[derive(Debug, Clone, Copy)]
pub enum By {
    /// Pairs of (this table's column, the other table's column).
    Columns(On),
    /// Pairs of (the other table's column, this table's column).
    Reversed(On),
    /// A junction table.
    Junction(Junction),
}

impl Node {
    /// The condition behind some steps.
    pub fn behind(self, hops: &[Hop]) -> Self {
        hops.iter()
            .rev()
            .fold(self, |inner, hop| Self::Exists(*hop, Box::new(inner)))
    }

    /// Whether every row meets the condition, plainly.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::All(nodes) if nodes.is_empty())
    }

    /// Both conditions, without needless nesting.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All(mut nodes), Self::All(more)) => {
                nodes.extend(more);
                Self::All(nodes)
            }
            (Self::All(mut nodes), other) => {
                nodes.push(other);
                Self::All(nodes)
            }
            (node, other) => Self::All(vec![node, other]),
        }
    }

    /// A column compared with a value.
    pub fn compare(column: &ColumnDef, comparison: Comparison, value: Value) -> Self {
        Self::Test(*column, Test::Compare(comparison, value))
    }

    /// A column of a key compared with a value.
    pub fn key(column: &ColumnDef, comparison: Comparison, value: Value) -> Self {
        Self::Test(*column, Test::Key(comparison, value))
    }

    /// That columns of a key have these values.
    pub fn has_key<'a>(
        columns: impl IntoIterator<Item = &'a ColumnDef>,
        values: Vec<Value>,
    ) -> Self {
        let tests = columns.into_iter().zip(values);
        Self::All(
            tests
                .map(|(column, value)| Self::key(column, Comparison::Equal, value))
                .collect(),
        )
    }
}

/// That a row has the key; a row of a table without a key cannot be found.
pub fn has_key(table: &'static Table, key: Vec<Value>) -> Result<Node> {
    if table.key.is_empty() || table.key.len() != key.len() {
        return Err(Error::NotFound);
    }
    let columns = table
        .key
        .iter()
        .map(|name| table.column(name).ok_or(Error::NotFound));
    Ok(Node::has_key(columns.collect::<Result<Vec<_>>>()?, key))
}

/// That columns have one of these combinations of values; what has no Rust type is compared as text, which no typing
/// mistake can break.
pub fn has_one_of(columns: &[ColumnDef], rows: Vec<Vec<Value>>) -> Node {
    if let [column] = columns {
        return Node::Test(*column, Test::In(rows.into_iter().flatten().collect()));
    }
    let compare =
        |(column, value): (&ColumnDef, Value)| Node::compare(column, Comparison::Equal, value);
    let is = |values: Vec<Value>| Node::All(columns.iter().zip(values).map(compare).collect());
    Node::Any(rows.into_iter().map(is).collect())
}

/// A text as it stands in a LIKE pattern: `50%` → `50\%`.
pub fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
