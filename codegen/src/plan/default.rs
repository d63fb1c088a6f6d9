//! A column's default: a constant that a form can start with, or an expression.

/// The constant that a default's expression stands for, as a form shows it:
/// `'G'::public.mpaa_rating` → `G`, `4.99` → `4.99`, `true` → `true`; `now()` → nothing.
pub(super) fn constant(expression: &str) -> Option<String> {
    let expression = strip_parentheses(expression.trim());
    if let Some(rest) = expression.strip_prefix('\'') {
        return quoted(rest);
    }
    let number = strip_parentheses(expression.split("::").next()?.trim());
    let is_number = number.parse::<f64>().is_ok()
        && number.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    match number {
        "true" | "false" => Some(number.to_owned()),
        _ if is_number => Some(number.to_owned()),
        _ => None,
    }
}

/// The text of a literal whose opening quote has been read, unless something but a cast follows.
fn quoted(rest: &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = rest.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character != '\'' {
            text.push(character);
        } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
            text.push('\'');
        } else {
            let after = rest[at + 1..].trim_start();
            return is_cast(after).then_some(text);
        }
    }
    None
}

/// Nothing, or a cast such as `::character varying(10)`.
fn is_cast(after: &str) -> bool {
    after.is_empty()
        || after.strip_prefix("::").is_some_and(|cast| {
            cast.chars().all(|c| {
                c.is_alphanumeric()
                    || matches!(c, ' ' | '_' | '.' | '"' | '(' | ')' | ',' | '[' | ']')
            })
        })
}

fn strip_parentheses(expression: &str) -> &str {
    match expression
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
    {
        Some(inner) if !inner.contains(['(', ')']) => strip_parentheses(inner.trim()),
        _ => expression,
    }
}

#[cfg(test)]
mod tests {
    use super::constant;

    #[track_caller]
    fn check(expression: &str, expect: Option<&str>) {
        assert_eq!(constant(expression).as_deref(), expect);
    }

    #[test]
    fn constants() {
        check("3", Some("3"));
        check("4.99", Some("4.99"));
        check("(-1)", Some("-1"));
        check("'-1'::integer", Some("-1"));
        check("true", Some("true"));
        check("'G'::public.mpaa_rating", Some("G"));
        check("'it''s'::text", Some("it's"));
        check("'x'::character varying(10)", Some("x"));
        check("0.00::numeric(4,2)", Some("0.00"));
    }

    #[test]
    fn expressions() {
        check("now()", None);
        check("CURRENT_DATE", None);
        check("nextval('film_film_id_seq'::regclass)", None);
        check("('a'::text || 'b'::text)", None);
        check("NULL::character varying", None);
        check("infinity()", None);
    }
}
