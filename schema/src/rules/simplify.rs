//! The same rule in fewer terms.

use super::{Comparison, Literal, Rule};

/// Flattens, joins bounds of one column, and leaves out what CHECK implies.
pub(super) fn simplify(rule: Rule) -> Rule {
    without_null(joined(rule))
}

/// `(a AND b) AND c` → `a AND b AND c`; `x >= 1 AND x <= 10` → `x BETWEEN 1 AND 10`.
fn joined(rule: Rule) -> Rule {
    match rule {
        Rule::All(rules) => {
            let mut all = Vec::new();
            for rule in rules.into_iter().map(joined) {
                match rule {
                    Rule::All(inner) => all.extend(inner),
                    rule => all.push(rule),
                }
            }
            one_or(join_bounds(all), Rule::All)
        }
        Rule::Any(rules) => {
            let mut any = Vec::new();
            for rule in rules.into_iter().map(joined) {
                match rule {
                    Rule::Any(inner) => any.extend(inner),
                    rule => any.push(rule),
                }
            }
            one_or(any, Rule::Any)
        }
        Rule::Not(rule) => negated(joined(*rule)),
        rule => rule,
    }
}

/// `end > start OR end IS NULL` → `end > start`, for a row is kept where the condition is NULL.
/// Beneath a NOT it would count otherwise: nothing is left out there.
fn without_null(rule: Rule) -> Rule {
    match rule {
        Rule::All(rules) => Rule::All(rules.into_iter().map(without_null).collect()),
        Rule::Any(rules) => {
            let rules = rules.into_iter().map(without_null).collect();
            one_or(drop_null(rules), Rule::Any)
        }
        rule => rule,
    }
}

fn one_or(mut rules: Vec<Rule>, join: impl Fn(Vec<Rule>) -> Rule) -> Rule {
    match rules.pop() {
        Some(rule) if rules.is_empty() => rule,
        Some(rule) => {
            rules.push(rule);
            join(rules)
        }
        None => join(rules),
    }
}

fn negated(rule: Rule) -> Rule {
    match rule {
        Rule::NotNull { column } => Rule::Null { column },
        Rule::Null { column } => Rule::NotNull { column },
        Rule::Compare {
            column,
            operator: Comparison::Equal,
            value: Literal::Bool(value),
        } => Rule::Compare {
            column,
            operator: Comparison::Equal,
            value: Literal::Bool(!value),
        },
        Rule::Not(rule) => *rule,
        rule => Rule::Not(Box::new(rule)),
    }
}

/// `x >= 1`, `x <= 10` → `x BETWEEN 1 AND 10`, and lengths likewise.
fn join_bounds(rules: Vec<Rule>) -> Vec<Rule> {
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        let found = joined.iter_mut().find_map(|known| {
            let between = join(known, &rule)?;
            *known = between;
            Some(())
        });
        if found.is_none() {
            joined.push(rule);
        }
    }
    joined
}

fn join(a: &Rule, b: &Rule) -> Option<Rule> {
    match (a, b) {
        (
            Rule::Compare {
                column,
                operator: Comparison::GreaterOrEqual,
                value: low,
            },
            Rule::Compare {
                column: same,
                operator: Comparison::LessOrEqual,
                value: high,
            },
        )
        | (
            Rule::Compare {
                column,
                operator: Comparison::LessOrEqual,
                value: high,
            },
            Rule::Compare {
                column: same,
                operator: Comparison::GreaterOrEqual,
                value: low,
            },
        ) if column == same => Some(Rule::Between {
            column: column.clone(),
            low: low.clone(),
            high: high.clone(),
        }),
        (
            Rule::Length {
                column,
                min: Some(min),
                max: None,
            },
            Rule::Length {
                column: same,
                min: None,
                max: Some(max),
            },
        )
        | (
            Rule::Length {
                column,
                min: None,
                max: Some(max),
            },
            Rule::Length {
                column: same,
                min: Some(min),
                max: None,
            },
        ) if column == same => Some(Rule::Length {
            column: column.clone(),
            min: Some(*min),
            max: Some(*max),
        }),
        _ => None,
    }
}

/// Leaves out `column IS NULL` beside the only other rule, where that is NULL too for such a column.
fn drop_null(rules: Vec<Rule>) -> Vec<Rule> {
    let others: Vec<&Rule> = rules
        .iter()
        .filter(|rule| !matches!(rule, Rule::Null { .. }))
        .collect();
    let [other] = others.as_slice() else {
        return rules;
    };
    if !is_strict(other) {
        return rules;
    }
    let known = other.columns();
    let all = rules.iter().all(|rule| match rule {
        Rule::Null { column } => known.contains(&column.as_str()),
        _ => true,
    });
    if !all {
        return rules;
    }
    let keep = |rule: &Rule| !matches!(rule, Rule::Null { .. });
    rules.into_iter().filter(keep).collect()
}

/// Whether the rule is NULL as soon as one of its columns is.
fn is_strict(rule: &Rule) -> bool {
    match rule {
        Rule::NotNull { .. } | Rule::Null { .. } | Rule::Other(_) => false,
        // One part that is false makes the whole false, whatever is NULL in another: only of one column.
        Rule::All(rules) | Rule::Any(rules) => {
            rules.iter().all(is_strict) && rule.columns().len() == 1
        }
        Rule::Not(rule) => is_strict(rule),
        _ => true,
    }
}
