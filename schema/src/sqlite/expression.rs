//! Conditions and expressions as a person wrote them → the form that the rest of the program reads.

use super::token::{Kind, tokens};

/// An expression, and the columns that it mentions.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) text: String,
    pub(super) columns: Vec<String>,
}

/// Spells the columns of a table as the table does, quoted where they must be, and says `=` for `==`.
///
/// SQLite takes names in any case and in four kinds of quotes, and an unknown name in double quotes as a text:
/// of a column `Länge` it reads `[LÄNGE] == 1 OR film.Art = "x"` as `"Länge" = 1 OR "Art" = 'x'`.
pub(super) fn expression(sql: &str, table: &str, columns: &[&str]) -> Expression {
    let mut out = Expression::default();
    let all = tokens(sql);
    let mut end = 0;
    let mut at = 0;
    while let Some(token) = all.get(at) {
        let next = all.get(at + 1);
        if at > 0 && token.start > end {
            out.text.push(' ');
        }
        end = token.end();
        at += 1;
        let is_name = matches!(token.kind, Kind::Word | Kind::Quoted);
        if is_name && next.is_some_and(|next| next.is_symbol(".")) && same(&token.name(), table) {
            end = all[at].end();
            at += 1;
            continue;
        }
        let is_call = next.is_some_and(|next| next.is_symbol("("));
        let column = columns
            .iter()
            .find(|column| is_name && !is_call && same(column, &token.name()));
        match (column, token.kind) {
            (Some(column), _) => {
                out.text.push_str(&quoted(column));
                if !out.columns.iter().any(|known| known == column) {
                    out.columns.push((*column).to_owned());
                }
            }
            (None, Kind::Quoted) if token.text.starts_with('"') => {
                let text = token.name().replace('\'', "''");
                out.text.push_str(&format!("'{text}'"));
            }
            (None, Kind::Quoted) => out.text.push_str(&quoted(&token.name())),
            (None, _) if token.is_symbol("==") => out.text.push('='),
            (None, _) => out.text.push_str(token.text),
        }
    }
    out
}

/// Whether two names are the same to SQLite.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// A name as it stands in an expression: in quotes unless it is plain and in lower case.
fn quoted(name: &str) -> String {
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit());
    let keyword = [
        "check", "default", "end", "from", "group", "order", "to", "user", "when",
    ];
    match plain && !keyword.contains(&name) {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[track_caller]
    fn check(sql: &str, expect: &str) {
        let columns = ["Length", "title", "group"];
        assert_eq!(expression(sql, "film", &columns).text, expect);
    }

    #[test]
    fn columns_as_the_table_spells_them() {
        check("length>0", "\"Length\">0");
        check(
            "[LENGTH] == 1 OR `Title` = \"x\"",
            "\"Length\" = 1 OR title = 'x'",
        );
        check("film.title <> '' -- never", "title <> ''");
        check("length(title) > 2", "length(title) > 2");
        check("\"group\" IN (1, 2)", "\"group\" IN (1, 2)");
    }

    #[test]
    fn which_columns() {
        let found = expression("Title > title AND length", "film", &["Length", "title"]);
        assert_eq!(found.columns, ["title", "Length"]);
    }
}
