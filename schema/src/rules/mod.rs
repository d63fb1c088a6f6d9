//! CHECK conditions as rules that a form can state and keep.
//!
//! A rule is never stricter than its condition: what is not understood is kept as text, for the database alone.

mod constant;
mod expression;
mod simplify;
#[cfg(test)]
mod tests;
mod words;

pub use words::in_words;

/// What a condition asks of the columns of a row.
///
/// As in SQL, a rule over a column that is NULL is neither kept nor violated (but `NotNull` and `Null` are), `Not` of
/// such a rule neither, and the database refuses a row only where the whole is violated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// `column > constant`.
    Compare {
        column: String,
        operator: Comparison,
        value: Literal,
    },
    /// `column BETWEEN low AND high`, both included.
    Between {
        column: String,
        low: Literal,
        high: Literal,
    },
    /// `column IN (…)`.
    OneOf {
        column: String,
        values: Vec<Literal>,
        /// Whether the condition compares `upper(column)` or `lower(column)`.
        ignore_case: bool,
    },
    /// How many characters the column has; bytes, where it is a `bytea`.
    Length {
        column: String,
        min: Option<u64>,
        max: Option<u64>,
    },
    /// Something besides blanks: `btrim(column) <> ''`.
    NotBlank {
        column: String,
    },
    /// `column ~ 'pattern'`; the pattern is PostgreSQL's.
    Matches {
        column: String,
        pattern: String,
        ignore_case: bool,
    },
    /// `column LIKE 'pattern'`.
    Like {
        column: String,
        pattern: String,
        ignore_case: bool,
    },
    NotNull {
        column: String,
    },
    Null {
        column: String,
    },
    /// `left < right`, both of them columns.
    CompareColumns {
        left: String,
        operator: Comparison,
        right: String,
    },
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
    /// A condition that is none of these, as SQL.
    Other(String),
}

/// An operator that orders two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A constant of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// As written: `-40`, `200.00`.
    Number(String),
    Text(String),
    Bool(bool),
    /// A date, a time or both, as written.
    Time(String),
    /// `CURRENT_DATE`.
    Today,
    /// `now()` and what else is the time of the transaction.
    Now,
}

impl Rule {
    /// Reads the condition of a table's CHECK, as PostgreSQL writes it or as a person did.
    pub fn parse(expression: &str) -> Rule {
        simplify::simplify(expression::parse(expression, None))
    }

    /// Reads the condition of a domain's CHECK, in which VALUE stands for the column.
    pub fn parse_domain(expression: &str, column: &str) -> Rule {
        simplify::simplify(expression::parse(expression, Some(column)))
    }

    /// The columns that the rule speaks of, in its order, each once; those of `Other` are unknown.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::new();
        self.visit(&mut |column| {
            if !columns.contains(&column) {
                columns.push(column);
            }
        });
        columns
    }

    /// Whether the whole condition is understood.
    pub fn is_complete(&self) -> bool {
        match self {
            Rule::Other(_) => false,
            Rule::All(rules) | Rule::Any(rules) => rules.iter().all(Rule::is_complete),
            Rule::Not(rule) => rule.is_complete(),
            _ => true,
        }
    }

    fn visit<'a>(&'a self, see: &mut impl FnMut(&'a str)) {
        match self {
            Rule::Compare { column, .. }
            | Rule::Between { column, .. }
            | Rule::OneOf { column, .. }
            | Rule::Length { column, .. }
            | Rule::NotBlank { column }
            | Rule::Matches { column, .. }
            | Rule::Like { column, .. }
            | Rule::NotNull { column }
            | Rule::Null { column } => see(column),
            Rule::CompareColumns { left, right, .. } => {
                see(left);
                see(right);
            }
            Rule::All(rules) | Rule::Any(rules) => {
                for rule in rules {
                    rule.visit(see);
                }
            }
            Rule::Not(rule) => rule.visit(see),
            Rule::Other(_) => {}
        }
    }
}

impl Comparison {
    /// The operator that says the same with the operands exchanged.
    pub fn flipped(self) -> Self {
        match self {
            Comparison::Less => Comparison::Greater,
            Comparison::LessOrEqual => Comparison::GreaterOrEqual,
            Comparison::Greater => Comparison::Less,
            Comparison::GreaterOrEqual => Comparison::LessOrEqual,
            same => same,
        }
    }
}
