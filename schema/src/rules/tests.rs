//! Conditions as PostgreSQL writes them, and what they become.

use super::{Rule, in_words};

/// The words of a condition with its columns as they are, `VALUE` as `it`.
fn check(condition: &str, expect: &str) {
    let label = |column: &str| column.replace('_', " ");
    let rule = match condition.contains("VALUE") {
        true => Rule::parse_domain(condition, "it"),
        false => Rule::parse(condition),
    };
    assert_eq!(in_words(&rule, &label), expect, "{condition}: {rule:?}");
}

#[test]
fn comparison_with_a_constant() {
    check("(length > 0)", "length is greater than 0");
    check("(\"group\" >= 0)", "group is at least 0");
    check("(0 < price)", "price is greater than 0");
    check("(price <> 13.5)", "price is different from 13.5");
    check("(hours >= '-40'::integer)", "hours is at least -40");
    check("(hours >= (- 40))", "hours is at least -40");
    check("(lod < (5)::numeric)", "lod is less than 5");
    check("((state)::text = 'open'::text)", "state is equal to open");
    check("(kind <> 'x'::public.kind)", "kind is different from x");
    check("active", "active is set");
    check("(NOT active)", "active is not set");
    check("(active = true)", "active is set");
}

#[test]
fn times() {
    check(
        "(birthdate >= '1930-01-01'::date)",
        "birthdate is not before 1930-01-01",
    );
    check("(born <= CURRENT_DATE)", "born is not after today");
    check("(born < now())", "born is in the past");
    check("(born <= CURRENT_TIMESTAMP)", "born is not in the future");
}

#[test]
fn between() {
    check(
        "((VALUE >= 1901) AND (VALUE <= 2155))",
        "it is between 1901 and 2155",
    );
    check(
        "((rate <= 200.00) AND (rate >= 6.50))",
        "rate is between 6.50 and 200.00",
    );
    check("rating BETWEEN 1 AND 5", "rating is between 1 and 5");
    check(
        "rating NOT BETWEEN 1 AND 5",
        "rating is not between 1 and 5",
    );
    check(
        "((a >= 1) AND (b <= 5))",
        "a is at least 1 and b is at most 5",
    );
}

#[test]
fn lists() {
    check(
        "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
        "status is a or b",
    );
    check("(n = ANY (ARRAY[1, 2, 3]))", "n is one of 1, 2 or 3");
    check("(s = ANY ('{new,old}'::text[]))", "s is new or old");
    check(
        "(s <> ALL (ARRAY['x'::text, 'y'::text]))",
        "s is not x or y",
    );
    check("s IN ('x')", "s is x");
    check("s NOT IN ('x', 'y', 'z')", "s is not one of x, y or z");
    check(
        "((upper((class)::text) = ANY (ARRAY['L'::text, 'M'::text])) OR (class IS NULL))",
        "class is L or M",
    );
}

#[test]
fn lengths() {
    check("(char_length(x) <= 10)", "x has at most 10 characters");
    check("(length((x)::text) > 0)", "x is not empty");
    check("(length(VALUE) = 2)", "it has exactly 2 characters");
    check(
        "((char_length(x) >= 3) AND (char_length(x) < 11))",
        "x has between 3 and 10 characters",
    );
    check("(x <> ''::text)", "x is not empty");
    check("(btrim(x) <> ''::text)", "x is not blank");
}

#[test]
fn patterns() {
    check("(x ~ '^[a-z]+$'::text)", "x matches the pattern ^[a-z]+$");
    check(
        "((VALUE)::text ~* '^.+@.+$'::text)",
        "it matches the pattern ^.+@.+$",
    );
    check("(x !~ '\\s'::text)", "x does not match the pattern \\s");
    check("(x ~~ 'http%'::text)", "x begins with http");
    check("(x ~~ '%@%'::text)", "x contains @");
}

#[test]
fn columns() {
    check(
        "(valid_end > valid_start)",
        "valid end is after valid start",
    );
    check("(max >= min)", "max is at least min");
    check("(\"Max\" = \"max\")", "Max is equal to max");
    check(
        "((shipdate >= orderdate) OR (shipdate IS NULL))",
        "shipdate is not before orderdate",
    );
    check(
        "((enddate >= startdate) OR (enddate IS NULL) OR (startdate IS NULL))",
        "enddate is not before startdate",
    );
}

#[test]
fn nulls() {
    check("(a IS NOT NULL)", "a is given");
    check(
        "((a IS NOT NULL) OR (b IS NOT NULL))",
        "a is given or b is given",
    );
    check("(NOT (a IS NULL))", "a is given");
    // `b` is no column of the rule beside it, so its NULL means something.
    check(
        "((a > 0) OR (b IS NULL))",
        "a is greater than 0 when b is given",
    );
}

#[test]
fn implications() {
    check(
        "(state <> 'published' OR published_at IS NOT NULL)",
        "published at is required when state is published",
    );
    check(
        "((NOT (kind = 'guest'::text)) OR (host IS NOT NULL) OR (sponsor IS NOT NULL))",
        "host is given or sponsor is given when kind is equal to guest",
    );
    check(
        "((NOT paid) OR ((amount > 0) AND (paid_at IS NOT NULL)))",
        "amount is greater than 0 and paid at is given when paid is set",
    );
    check(
        "((kind <> ALL (ARRAY['a'::text, 'b'::text])) OR (size <> 0) OR (note IS NULL))",
        "note is left empty when kind is a or b and size is 0",
    );
    check(
        "(a IS NULL OR b IS NULL)",
        "b is left empty when a is given",
    );
    check("(a = 1 OR b = 2)", "a is equal to 1 or b is equal to 2");
}

#[test]
fn combined() {
    check(
        "(((a IS NULL) AND (b = 0)) OR ((a IS NOT NULL) AND (b >= 1)))",
        "(a is left empty and b is equal to 0) or (a is given and b is at least 1)",
    );
    check("(NOT (a > b))", "it is not so that a is greater than b");
}

#[test]
fn what_is_not_understood_is_kept() {
    check("(f(x) > 3)", "the condition holds: f(x) > 3");
    check(
        "((x > 0) AND f(x))",
        "x is greater than 0 and the condition holds: f(x)",
    );
    check(
        "((VALUE).lines IS NULL)",
        "the condition holds: (VALUE).lines IS NULL",
    );
    check("(x = ANY (other))", "the condition holds: x = ANY(other)");
    check("this is ( no SQL", "the condition holds: this is ( no SQL");
    check("", "the condition holds: ");
}

#[test]
fn columns_of_a_rule() {
    let rule = Rule::parse("((a > 0) AND ((b < c) OR (a IS NULL)))");
    assert_eq!(rule.columns(), ["a", "b", "c"]);
    assert!(rule.is_complete());
    assert!(!Rule::parse("f(x)").is_complete());
}

#[test]
fn long_conditions() {
    for (part, end) in [
        ("(", ""),
        ("a + ", "a > 0"),
        ("a AND ", "a"),
        ("NOT ", "a"),
        ("a::", "text"),
        ("f(", ""),
    ] {
        for size in [8_000, 1_000_000] {
            let text = part.repeat(size / part.len()) + end;
            let rule = Rule::parse(&text);
            assert!(!in_words(&rule, &|column| column.to_owned()).is_empty());
        }
    }
}
