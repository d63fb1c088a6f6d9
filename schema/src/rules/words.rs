//! Rules as English sentences for people.

use super::{Comparison, Literal, Rule};

/// Says what a rule asks: `release year is between 1901 and 2155`, `end is after start`.
/// `label` names a column as the person knows it.
pub fn in_words(rule: &Rule, label: &dyn Fn(&str) -> String) -> String {
    match rule {
        Rule::Compare {
            column,
            operator,
            value,
        } => compare(&label(column), *operator, value),
        Rule::Between { column, low, high } => {
            format!(
                "{} is between {} and {}",
                label(column),
                say(low),
                say(high)
            )
        }
        Rule::OneOf { column, values, .. } => {
            format!("{} is {}", label(column), one_of(values))
        }
        Rule::Length { column, min, max } => length(&label(column), *min, *max),
        Rule::NotBlank { column } => format!("{} is not blank", label(column)),
        Rule::Matches {
            column, pattern, ..
        } => format!("{} matches the pattern {pattern}", label(column)),
        Rule::Like {
            column, pattern, ..
        } => format!("{} {}", label(column), like(pattern)),
        Rule::NotNull { column } => format!("{} is given", label(column)),
        Rule::Null { column } => format!("{} is left empty", label(column)),
        Rule::CompareColumns {
            left,
            operator,
            right,
        } => {
            let operator = if is_time(left) || is_time(right) {
                in_time(*operator)
            } else {
                in_size(*operator)
            };
            format!("{} is {operator} {}", label(left), label(right))
        }
        Rule::All(rules) => joined(rules, " and ", label),
        Rule::Any(rules) => implied(rules, label).unwrap_or_else(|| joined(rules, " or ", label)),
        Rule::Not(rule) => not(rule, label),
        Rule::Other(text) => format!("the condition holds: {text}"),
    }
}

fn compare(label: &str, operator: Comparison, value: &Literal) -> String {
    match (operator, value) {
        (Comparison::Equal, Literal::Bool(true)) | (Comparison::NotEqual, Literal::Bool(false)) => {
            format!("{label} is set")
        }
        (Comparison::Equal, Literal::Bool(false)) | (Comparison::NotEqual, Literal::Bool(true)) => {
            format!("{label} is not set")
        }
        (Comparison::Less, Literal::Now) => format!("{label} is in the past"),
        (Comparison::LessOrEqual, Literal::Now) => format!("{label} is not in the future"),
        (Comparison::Greater, Literal::Now) => format!("{label} is in the future"),
        (Comparison::GreaterOrEqual, Literal::Now) => format!("{label} is not in the past"),
        (_, Literal::Time(_) | Literal::Today | Literal::Now) => {
            format!("{label} is {} {}", in_time(operator), say(value))
        }
        _ => format!("{label} is {} {}", in_size(operator), say(value)).replace("  ", " "),
    }
}

fn in_size(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "equal to",
        Comparison::NotEqual => "different from",
        Comparison::Less => "less than",
        Comparison::LessOrEqual => "at most",
        Comparison::Greater => "greater than",
        Comparison::GreaterOrEqual => "at least",
    }
}

fn in_time(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "equal to",
        Comparison::NotEqual => "different from",
        Comparison::Less => "before",
        Comparison::LessOrEqual => "not after",
        Comparison::Greater => "after",
        Comparison::GreaterOrEqual => "not before",
    }
}

/// Whether a column's name speaks of time, for its type is not known here.
fn is_time(column: &str) -> bool {
    let column = column.to_lowercase();
    let words = [
        "date",
        "time",
        "start",
        "end",
        "begin",
        "from",
        "until",
        "since",
        "birth",
        "arrival",
        "departure",
    ];
    words
        .iter()
        .any(|word| column.starts_with(word) || column.ends_with(word))
        || ["_at", "_on", "_to"]
            .iter()
            .any(|end| column.ends_with(end))
}

fn say(value: &Literal) -> String {
    match value {
        Literal::Text(text) if text.is_empty() => "empty".to_owned(),
        Literal::Number(text) | Literal::Text(text) | Literal::Time(text) => text.clone(),
        Literal::Bool(true) => "yes".to_owned(),
        Literal::Bool(false) => "no".to_owned(),
        Literal::Today => "today".to_owned(),
        Literal::Now => "now".to_owned(),
    }
}

/// `a`, `a or b`, `one of a, b or c`.
fn one_of(values: &[Literal]) -> String {
    let words: Vec<String> = values.iter().map(say).collect();
    match words.split_last() {
        None => "one of none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, [first])) => format!("{first} or {last}"),
        Some((last, rest)) => format!("one of {} or {last}", rest.join(", ")),
    }
}

fn length(label: &str, min: Option<u64>, max: Option<u64>) -> String {
    match (min, max) {
        (Some(1), None) => format!("{label} is not empty"),
        (Some(min), Some(max)) if min == max => format!("{label} has exactly {}", characters(min)),
        (Some(min), Some(max)) => format!("{label} has between {min} and {}", characters(max)),
        (Some(min), None) => format!("{label} has at least {}", characters(min)),
        (None, Some(max)) => format!("{label} has at most {}", characters(max)),
        (None, None) => format!("{label} has any length"),
    }
}

fn characters(count: u64) -> String {
    match count {
        1 => "1 character".to_owned(),
        count => format!("{count} characters"),
    }
}

fn like(pattern: &str) -> String {
    let plain = |text: &str| !text.is_empty() && !text.contains(['%', '_', '\\']);
    let inner = pattern.trim_matches('%');
    match (pattern.starts_with('%'), pattern.ends_with('%')) {
        (true, true) if plain(inner) => format!("contains {inner}"),
        (false, true) if plain(inner) => format!("begins with {inner}"),
        (true, false) if plain(inner) => format!("ends with {inner}"),
        _ => format!("is like {pattern}"),
    }
}

fn joined(rules: &[Rule], word: &str, label: &dyn Fn(&str) -> String) -> String {
    let say = |rule: &Rule| match rule {
        Rule::All(_) | Rule::Any(_) => format!("({})", in_words(rule, label)),
        _ => in_words(rule, label),
    };
    rules.iter().map(say).collect::<Vec<_>>().join(word)
}

/// What `NOT p OR q` asks is better said as `q when p`: `state <> 'published' OR published_at IS NOT NULL` as
/// `published at is required when state is published`.
fn implied(rules: &[Rule], label: &dyn Fn(&str) -> String) -> Option<String> {
    let mut premises = Vec::new();
    let mut conclusions = Vec::new();
    for rule in rules {
        match opposite(rule) {
            // Of denials alone, the last one is what is asked.
            Some(premise) if premises.len() + 1 < rules.len() => premises.push(premise),
            _ => conclusions.push(rule.clone()),
        }
    }
    if premises.is_empty() {
        return None;
    }
    let conclusion = match conclusions.as_slice() {
        [Rule::NotNull { column }] => format!("{} is required", label(column)),
        [Rule::All(parts)] => joined(parts, " and ", label),
        conclusions => joined(conclusions, " or ", label),
    };
    Some(format!(
        "{conclusion} when {}",
        joined(&premises, " and ", label)
    ))
}

/// What holds where a denial does not; nothing for a rule that denies nothing.
fn opposite(rule: &Rule) -> Option<Rule> {
    match rule {
        Rule::Compare {
            column,
            operator: Comparison::NotEqual,
            value: value @ (Literal::Number(_) | Literal::Text(_)),
        } => Some(Rule::OneOf {
            column: column.clone(),
            values: vec![value.clone()],
            ignore_case: false,
        }),
        Rule::Compare {
            column,
            operator: operator @ (Comparison::Equal | Comparison::NotEqual),
            value: Literal::Bool(value),
        } if (*operator == Comparison::Equal) != *value => Some(Rule::Compare {
            column: column.clone(),
            operator: Comparison::Equal,
            value: Literal::Bool(true),
        }),
        Rule::Null { column } => Some(Rule::NotNull {
            column: column.clone(),
        }),
        Rule::Not(rule) => Some((**rule).clone()),
        _ => None,
    }
}

fn not(rule: &Rule, label: &dyn Fn(&str) -> String) -> String {
    match rule {
        Rule::OneOf { column, values, .. } => {
            format!("{} is not {}", label(column), one_of(values))
        }
        Rule::Between { column, low, high } => {
            format!(
                "{} is not between {} and {}",
                label(column),
                say(low),
                say(high)
            )
        }
        Rule::Matches {
            column, pattern, ..
        } => format!("{} does not match the pattern {pattern}", label(column)),
        rule => format!("it is not so that {}", in_words(rule, label)),
    }
}
