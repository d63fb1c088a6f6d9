//! What checks state about single columns, as limits that an input can show and keep.

use umbel_schema::model::{DataType, Domain, Relation, Schema};
use umbel_schema::rules::{Comparison, Literal, Rule};

use super::Field;
use super::value::Family;

/// The limits of one column's value.
#[derive(Debug, Clone, Default)]
pub(super) struct Limits {
    pub(super) min: Option<String>,
    pub(super) max: Option<String>,
    pub(super) min_length: Option<u32>,
    pub(super) max_length: Option<u32>,
    /// The values to choose from, where a check lists them.
    pub(super) options: Vec<String>,
    /// Whether a check refuses the empty text.
    pub(super) filled: bool,
}

/// What each check of a table says.
pub(super) fn rules(relation: &Relation) -> Vec<Rule> {
    let checks = relation.checks.iter();
    checks.map(|check| Rule::parse(&check.expression)).collect()
}

/// The limits of each field, as its table's checks and its domains state them.
pub(super) fn limits(
    schema: &Schema,
    relation: &Relation,
    checks: &[Rule],
    fields: &[Field],
) -> Vec<Limits> {
    fields
        .iter()
        .map(|field| {
            let mut limits = Limits::default();
            for check in checks {
                limits.narrow(check, field);
            }
            let column = relation
                .columns
                .iter()
                .find(|column| column.name == field.column);
            let domains = column
                .into_iter()
                .flat_map(|column| domains_of(schema, &column.data_type));
            for check in domains.flat_map(|domain| &domain.checks) {
                limits.narrow(&Rule::parse_domain(&check.expression, &field.column), field);
            }
            limits
        })
        .collect()
}

/// The domain of a type, the domain which that is made of, and so on.
pub(super) fn domains_of<'a>(
    schema: &'a Schema,
    data_type: &'a DataType,
) -> impl Iterator<Item = &'a Domain> {
    let find = |data_type: &DataType| match data_type {
        DataType::Domain(name) => schema.domains.iter().find(|domain| domain.name == *name),
        _ => None,
    };
    std::iter::successors(find(data_type), move |domain| find(&domain.base))
}

impl Limits {
    /// Takes over what a rule says of the field alone; never more than it says.
    fn narrow(&mut self, rule: &Rule, field: &Field) {
        let family = &field.value.family;
        match rule {
            Rule::All(rules) => rules.iter().for_each(|rule| self.narrow(rule, field)),
            Rule::NotBlank { column } if *column == field.column => self.filled = true,
            Rule::Compare {
                column,
                operator: Comparison::NotEqual,
                value: Literal::Text(text),
            } if *column == field.column => self.filled |= text.is_empty(),
            Rule::Compare {
                column,
                operator,
                value,
            } if *column == field.column => {
                self.compare(*operator, value, family);
            }
            Rule::Between { column, low, high } if *column == field.column => {
                self.compare(Comparison::GreaterOrEqual, low, family);
                self.compare(Comparison::LessOrEqual, high, family);
            }
            Rule::OneOf {
                column,
                values,
                ignore_case: false,
            } if *column == field.column => {
                if matches!(family, Family::Text { .. }) {
                    self.options = values.iter().filter_map(text).collect();
                }
            }
            Rule::Length { column, min, max } if *column == field.column => {
                self.filled |= min.is_some_and(|min| min > 0);
                if matches!(family, Family::Text { .. }) {
                    self.min_length = min.and_then(|min| u32::try_from(min).ok());
                    self.max_length = max.and_then(|max| u32::try_from(max).ok());
                }
            }
            _ => {}
        }
    }

    fn compare(&mut self, operator: Comparison, value: &Literal, family: &Family) {
        let Some(limit) = bound(value, family) else {
            return;
        };
        match operator {
            Comparison::GreaterOrEqual => self.min = Some(limit),
            Comparison::LessOrEqual => self.max = Some(limit),
            // What is next to a whole number is known; elsewhere the database refuses the limit itself.
            Comparison::Greater => self.min = Some(next(&limit, 1, family)),
            Comparison::Less => self.max = Some(next(&limit, -1, family)),
            Comparison::Equal | Comparison::NotEqual => {}
        }
    }
}

/// A constant as a limit of an input: of a number a number, of a date a date.
fn bound(value: &Literal, family: &Family) -> Option<String> {
    match (value, family) {
        (
            Literal::Number(number),
            Family::Integer | Family::Float | Family::Decimal { .. } | Family::Numeric,
        ) => Some(number.clone()),
        (Literal::Time(date), Family::Date) => Some(date.clone()),
        _ => None,
    }
}

fn next(limit: &str, step: i64, family: &Family) -> String {
    let whole = limit
        .parse::<i64>()
        .ok()
        .and_then(|whole| whole.checked_add(step));
    match (family, whole) {
        (Family::Integer, Some(next)) => next.to_string(),
        _ => limit.to_owned(),
    }
}

fn text(value: &Literal) -> Option<String> {
    match value {
        Literal::Text(text) => Some(text.clone()),
        _ => None,
    }
}
