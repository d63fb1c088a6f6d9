//! The order in which people mean files that they have numbered.

use std::cmp::Ordering;

/// Compares paths part by part, and numbers within them as numbers: `2-b.sql` comes before `10-a.sql`, and `1.sql`
/// before `1.1.sql`.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        let order = match (left.next(), right.next()) {
            (Some(left), Some(right)) => name(left, right),
            (None, None) => return a.cmp(b),
            (left, right) => left.is_some().cmp(&right.is_some()),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn name(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (stem(a).as_bytes(), stem(b).as_bytes());
    loop {
        let (left, right) = (digits(a), digits(b));
        if left > 0 && right > 0 {
            let order = number(&a[..left], &b[..right]);
            if order.is_ne() {
                return order;
            }
            (a, b) = (&a[left..], &b[right..]);
            // `1.1` goes on where `1` has ended.
            let order = goes_on(a).cmp(&goes_on(b));
            if order.is_ne() {
                return order;
            }
            continue;
        }
        match (a.split_first(), b.split_first()) {
            (Some((left, rest)), Some((right, other))) => {
                let order = left.cmp(right);
                if order.is_ne() {
                    return order;
                }
                (a, b) = (rest, other);
            }
            (left, right) => return left.is_some().cmp(&right.is_some()),
        }
    }
}

/// Compares digits as a number, however long it is.
pub(super) fn number(a: &[u8], b: &[u8]) -> Ordering {
    let significant = |digits: &[u8]| {
        let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
        digits[zeros..].to_vec()
    };
    let (a, b) = (significant(a), significant(b));
    a.len().cmp(&b.len()).then_with(|| a.cmp(&b))
}

fn stem(name: &str) -> &str {
    let sql = name.len().checked_sub(".sql".len());
    let sql = sql.filter(|&at| {
        name.get(at..)
            .is_some_and(|end| end.eq_ignore_ascii_case(".sql"))
    });
    sql.map_or(name, |at| &name[..at])
}

pub(super) fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn goes_on(rest: &[u8]) -> bool {
    matches!(rest, [b'.', digit, ..] if digit.is_ascii_digit())
}

/// Whether a name begins with a number: `10-a.sql`, `v2.sql`.
pub(super) fn is_numbered(path: &str) -> bool {
    let name = super::folder::name(path);
    let name = name.strip_prefix(['v', 'V']).unwrap_or(name);
    name.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_numbered, natural};

    #[track_caller]
    fn check(expect: &[&str]) {
        let mut found = expect.to_vec();
        found.reverse();
        found.sort_by(|a, b| natural(a, b));
        assert_eq!(found, expect);
    }

    #[test]
    fn numbers_are_numbers() {
        check(&["1-a.sql", "2-b.sql", "10-a.sql"]);
        check(&["001.sql", "2.sql", "0010.sql"]);
        check(&["v1.2.sql", "v1.10.sql", "v2.sql"]);
        check(&["1_a.sql", "1.1_a.sql", "1.2_a.sql", "2_a.sql"]);
        check(&["a.sql", "a_b.sql", "b.sql"]);
        check(&["2/x.sql", "10/a.sql", "10/b.sql"]);
        check(&[
            "20230101000000_a.sql",
            "20230101000001_a.sql",
            "99999999999999999999999_z.sql",
        ]);
    }

    #[test]
    fn numbered() {
        assert!(is_numbered("db/10-a.sql") && is_numbered("v2.sql"));
        assert!(!is_numbered("1/a.sql") && !is_numbered("views.sql"));
    }
}
