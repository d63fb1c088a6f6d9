//! A filter of a list, as its URL has it: `length.min=90`.

use crate::catalog::{ColumnDef, Comparison, Table, Test, Tree, escape_like};
use crate::error::{Error, Result};
use crate::text::{of_column, part};
use crate::values::{Date, DateTime, Kind, ParseError, Timestamp, Value};

/// A filter of a list: a column, what is asked of it, and the value.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The column.
    pub column: &'static ColumnDef,
    /// What is asked of it.
    pub operator: Operator,
    /// The value, as it was typed.
    pub text: String,
    pub(crate) condition: Tree,
}

/// What a filter asks of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Is the value.
    Is,
    /// Is not the value.
    Not,
    /// Has the text, or the element, somewhere within.
    Has,
    /// Begins with the text.
    Starts,
    /// Is the value or more.
    Min,
    /// Is the value or less.
    Max,
    /// Has no value (`1`), or has one (`0`).
    Null,
    /// Has a value that is empty (`1`), or one that is not (`0`): a text without characters.
    Empty,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 8] = [
        Self::Is,
        Self::Not,
        Self::Has,
        Self::Starts,
        Self::Min,
        Self::Max,
        Self::Null,
        Self::Empty,
    ];

    /// Its name in a URL.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::Not => "not",
            Self::Has => "has",
            Self::Starts => "starts",
            Self::Min => "min",
            Self::Max => "max",
            Self::Null => "null",
            Self::Empty => "empty",
        }
    }

    /// What a person calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::Not => "is not",
            Self::Has => "contains",
            Self::Starts => "starts with",
            Self::Min => "at least",
            Self::Max => "at most",
            Self::Null => "is empty",
            Self::Empty => "is an empty text",
        }
    }

    /// Whether it can be asked of a column.
    pub fn suits(self, column: &ColumnDef) -> bool {
        use Kind::{Array, Bytes, Json, Range, Raw, Text};
        let kind = &column.kind;
        match self {
            Self::Is | Self::Not => match kind {
                Array(of) => !matches!(of, Raw | Json),
                kind => !matches!(kind, Json),
            },
            Self::Has => match kind {
                Array(of) => !matches!(of, Raw | Json | Bytes),
                kind => matches!(kind, Text | Raw | Json | Range(_)),
            },
            Self::Starts => matches!(kind, Text),
            Self::Min | Self::Max => column.ordered || kind.is_measured(),
            Self::Null => column.nullable,
            Self::Empty => matches!(kind, Text | Bytes),
        }
    }

    /// Whether a person is offered to ask it of a column, and not by links alone.
    pub(super) fn is_offered(self, column: &ColumnDef) -> bool {
        match self {
            Self::Is | Self::Not | Self::Empty => !matches!(column.kind, Kind::Bytes),
            _ => true,
        }
    }
}

impl Filter {
    /// Reads a filter from its name and value in a URL.
    pub(crate) fn parse(table: &'static Table, name: &str, text: &str) -> Result<Self> {
        let (column_name, operator_name) = name.rsplit_once('.').ok_or_else(|| {
            bad(format!(
                "`{name}` is no part of the address of a list; a filter looks like `name.is`"
            ))
        })?;
        let column = column(table, column_name)
            .ok_or_else(|| bad(format!("{} have no column `{column_name}`", table.plural)))?;
        let operator = Operator::ALL
            .into_iter()
            .find(|operator| operator.name() == operator_name)
            .ok_or_else(|| {
                bad(format!(
                    "`{operator_name}` is no operator; known are {}",
                    known(column)
                ))
            })?;
        if !operator.suits(column) {
            return Err(bad(format!(
                "`{operator_name}` cannot be asked of `{column_name}`; known are {}",
                known(column)
            )));
        }
        let condition = condition(column, operator, text).map_err(|error| {
            bad(format!(
                "`{text}` cannot be read as {}: {error}",
                column.label
            ))
        })?;
        Ok(Self {
            column,
            operator,
            text: text.to_owned(),
            condition,
        })
    }

    /// The filter's name in a URL: `length.min`.
    pub fn name(&self) -> String {
        name(self.column, self.operator)
    }

    /// Whether it asks for values from one to another.
    pub(super) fn is_range(&self) -> bool {
        match self.operator {
            Operator::Min | Operator::Max => true,
            Operator::Is => day(self.column, &self.text).is_some(),
            _ => false,
        }
    }

    /// What a person reads: `Length at least 90`.
    pub fn words(&self) -> String {
        let label = self.column.label;
        match (self.operator, self.text.as_str()) {
            (Operator::Null, "0") => format!("{label} is not empty"),
            (Operator::Null, _) => format!("{label} is empty"),
            (Operator::Empty, "0") => format!("{label} is not an empty text"),
            (Operator::Empty, _) => format!("{label} is an empty text"),
            (operator, text) => format!("{label} {} {text}", operator.words()),
        }
    }
}

/// The name of a filter in a URL: the column as forms send it, since forms send filters, and the operator.
pub(crate) fn name(column: &ColumnDef, operator: Operator) -> String {
    part(column.name, operator.name())
}

/// The column of a name in a URL; one that a person has typed may stand as it is called.
fn column(table: &'static Table, name: &str) -> Option<&'static ColumnDef> {
    let mut listed = table.columns.iter().filter(|column| !column.hidden);
    let sent = listed.find(|column| of_column(column.name) == name);
    sent.or_else(|| table.listed(name))
}

fn condition(column: &ColumnDef, operator: Operator, text: &str) -> Result<Tree, ParseError> {
    let value = || column.kind.parse(text);
    let test = |test| Tree::test(column, test);
    let like = |pattern| {
        test(Test::Like {
            pattern,
            ignore_case: true,
        })
    };
    Ok(match operator {
        Operator::Is => match day(column, text) {
            Some((start, end)) => {
                let from = Tree::compare(column, Comparison::GreaterOrEqual, start);
                from.and(Tree::compare(column, Comparison::Less, end))
            }
            None => Tree::compare(column, Comparison::Equal, value()?),
        },
        Operator::Not => Tree::Not(Box::new(test(Test::Same(value()?)))),
        Operator::Has => match column.kind {
            Kind::Array(of) | Kind::Range(of) => test(Test::Has(of.parse(text)?)),
            _ => {
                Kind::Text.parse(text)?;
                like(format!("%{}%", escape_like(text)))
            }
        },
        Operator::Starts => {
            value()?;
            like(format!("{}%", escape_like(text)))
        }
        Operator::Min => Tree::compare(column, Comparison::GreaterOrEqual, value()?),
        Operator::Max => match day(column, text) {
            Some((_, end)) => Tree::compare(column, Comparison::Less, end),
            None => Tree::compare(column, Comparison::LessOrEqual, value()?),
        },
        Operator::Null => yes_or_no(test(Test::Null), text)?,
        Operator::Empty => {
            let empty = Tree::compare(column, Comparison::Equal, column.kind.parse("")?);
            yes_or_no(empty, text)?
        }
    })
}

/// What `1` asks, and `0` the contrary of.
fn yes_or_no(condition: Tree, text: &str) -> Result<Tree, ParseError> {
    match text {
        "1" => Ok(condition),
        "0" => Ok(Tree::Not(Box::new(condition))),
        _ => Err(ParseError("1 or 0")),
    }
}

/// Where only a day is given for an instant, its start and the start of the next.
pub(crate) fn day(column: &ColumnDef, text: &str) -> Option<(Value, Value)> {
    const DAY: i64 = 86_400_000_000;
    let date: Date = text.parse().ok()?;
    if !date.is_finite() {
        return None;
    }
    let start = i64::from(date.days_since_2000()).checked_mul(DAY)?;
    let end = start.checked_add(DAY)?;
    match column.kind {
        Kind::DateTime => {
            let value = |micros| Value::DateTime(DateTime::from_micros_since_2000(micros));
            Some((value(start), value(end)))
        }
        Kind::Timestamp => {
            let value = |micros| Value::Timestamp(Timestamp::from_micros_since_2000(micros));
            Some((value(start), value(end)))
        }
        _ => None,
    }
}

fn known(column: &ColumnDef) -> String {
    let names = Operator::ALL
        .into_iter()
        .filter(|operator| operator.suits(column));
    names
        .map(|operator| format!("`{}`", operator.name()))
        .collect::<Vec<_>>()
        .join(", ")
}

pub(super) fn bad(message: String) -> Error {
    Error::BadRequest(message)
}
