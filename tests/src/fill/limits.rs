//! What the checks of a table leave open: of every alternative one is chosen, so that limits are per row.

use std::collections::BTreeMap;

use umbel_schema::model::{Column, DataType, Relation, Schema};
use umbel_schema::rules::{Comparison, Literal, Rule};

use super::types;
use crate::random::Random;

/// The bounds that stand for the present: rows are of the past, and what must lie in the future does so for long.
const PRESENT: &str = "2024-06-01";
const FUTURE: &str = "2124-06-01";

/// What one value must be like.
#[derive(Debug, Clone, Default)]
pub(super) struct Limit {
    /// Whether it must be NULL, or must not be.
    pub(super) null: Option<bool>,
    pub(super) choices: Option<Vec<String>>,
    pub(super) min: Option<String>,
    pub(super) max: Option<String>,
    pub(super) min_length: usize,
    pub(super) max_length: Option<usize>,
    pub(super) pattern: Option<String>,
}

/// What the values of one row must be like.
#[derive(Debug, Default)]
pub(super) struct Limits {
    columns: BTreeMap<String, Limit>,
    /// Pairs of columns of which the first must not be greater.
    pub(super) ascending: Vec<(String, String)>,
    pub(super) equal: Vec<(String, String)>,
}

impl Limits {
    pub(super) fn of(schema: &Schema, relation: &Relation, random: &mut Random) -> Self {
        let mut limits = Self::default();
        for check in &relation.checks {
            limits.add(&Rule::parse(&check.expression), random);
        }
        for column in &relation.columns {
            limits.add_domains(schema, column, random);
        }
        limits
    }

    /// The limits of a column, or of an attribute of a composite type, that come from its domain.
    pub(super) fn of_type(schema: &Schema, column: &Column, random: &mut Random) -> Limit {
        let mut limits = Self::default();
        limits.add_domains(schema, column, random);
        limits.column(&column.name)
    }

    /// An array of a domain keeps the rules of the domain in each element.
    fn add_domains(&mut self, schema: &Schema, column: &Column, random: &mut Random) {
        let mut data_type = &column.data_type;
        while let DataType::Array(of) = data_type {
            data_type = of;
        }
        for domain in types::domains(schema, data_type) {
            for check in &domain.checks {
                let rule = Rule::parse_domain(&check.expression, &column.name);
                self.add(&rule, random);
            }
        }
    }

    pub(super) fn column(&self, name: &str) -> Limit {
        self.columns.get(name).cloned().unwrap_or_default()
    }

    fn add(&mut self, rule: &Rule, random: &mut Random) {
        match rule {
            Rule::All(rules) => {
                for rule in rules {
                    self.add(rule, random);
                }
            }
            Rule::Any(rules) if !rules.is_empty() => {
                let chosen = &rules[random.below(rules.len())];
                self.add(chosen, random);
            }
            Rule::Compare {
                column,
                operator,
                value,
            } => self.compare(column, *operator, value),
            Rule::Between { column, low, high } => {
                self.compare(column, Comparison::GreaterOrEqual, low);
                self.compare(column, Comparison::LessOrEqual, high);
            }
            Rule::OneOf { column, values, .. } => {
                self.of_column(column).choices = Some(values.iter().map(constant).collect());
            }
            Rule::Length { column, min, max } => {
                let limit = self.of_column(column);
                let size = |length: &u64| usize::try_from(*length).unwrap_or(usize::MAX);
                limit.min_length = min.as_ref().map_or(limit.min_length, size);
                limit.max_length = max.as_ref().map(size).or(limit.max_length);
            }
            Rule::NotBlank { column } => self.of_column(column).min_length = 1,
            Rule::Matches {
                column, pattern, ..
            } => self.of_column(column).pattern = Some(pattern.clone()),
            Rule::Like {
                column, pattern, ..
            } => {
                let text = pattern.replace('%', "").replace('_', "a");
                self.of_column(column).choices = Some(vec![text]);
            }
            Rule::NotNull { column } => self.of_column(column).null = Some(false),
            Rule::Null { column } => self.of_column(column).null = Some(true),
            Rule::CompareColumns {
                left,
                operator,
                right,
            } => {
                let (left, right) = (left.clone(), right.clone());
                match operator {
                    Comparison::Equal => self.equal.push((left, right)),
                    Comparison::Less | Comparison::LessOrEqual => {
                        self.ascending.push((left, right))
                    }
                    Comparison::Greater | Comparison::GreaterOrEqual => {
                        self.ascending.push((right, left));
                    }
                    Comparison::NotEqual => {}
                }
            }
            Rule::Other(text) => {
                if let Some((column, length)) = exact_bytes(text) {
                    let limit = self.of_column(column);
                    limit.min_length = length;
                    limit.max_length = Some(length);
                }
            }
            // Met by chance, sooner or later.
            Rule::Any(_) | Rule::Not(_) => {}
        }
    }

    fn compare(&mut self, column: &str, operator: Comparison, value: &Literal) {
        let text = constant(value);
        let limit = self.of_column(column);
        match operator {
            Comparison::Equal => limit.choices = Some(vec![text]),
            Comparison::Less | Comparison::LessOrEqual => limit.max = Some(text),
            Comparison::Greater | Comparison::GreaterOrEqual => {
                limit.min = Some(match value {
                    Literal::Now | Literal::Today => FUTURE.to_owned(),
                    _ => text,
                });
            }
            Comparison::NotEqual => {}
        }
    }

    fn of_column(&mut self, column: &str) -> &mut Limit {
        self.columns.entry(column.to_owned()).or_default()
    }
}

/// `octet_length(digest) = 32`: of a text, a rule about characters would say something else.
fn exact_bytes(condition: &str) -> Option<(&str, usize)> {
    let (column, length) = condition
        .strip_prefix("octet_length(")?
        .split_once(") = ")?;
    Some((column, length.parse().ok()?))
}

fn constant(literal: &Literal) -> String {
    match literal {
        Literal::Number(text) | Literal::Text(text) | Literal::Time(text) => text.clone(),
        Literal::Bool(value) => value.to_string(),
        Literal::Now | Literal::Today => PRESENT.to_owned(),
    }
}
