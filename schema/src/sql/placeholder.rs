//! Placeholders, which a tool fills in before it runs a statement: `${SCHEMA}`, `:role`, `{{ owner }}`.

use std::borrow::Cow;
use std::ops::Range;

use super::psql::Variables;
use super::scan::{Lexeme, Scanner};

/// What to do about one.
pub(super) const HINT: &str =
    "fill it in and read the result, as with `envsubst < FILE | umbel … --sql -`";

/// The first placeholder of a statement, wherever it stands but in a comment or a function's body.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    places(text).into_iter().next()
}

/// A statement with the values of psql's variables, as far as they are known: `:name`, `:'name'`, `:"name"`.
pub(super) fn filled<'a>(text: &'a str, variables: &Variables) -> Cow<'a, str> {
    if variables.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut filled = String::new();
    let mut end = 0;
    for place in places(text) {
        let Some(name) = text[place.clone()].strip_prefix(':') else {
            continue;
        };
        let value = variables.get(name.trim_matches(['\'', '"']));
        let Some(value) = value else { continue };
        filled.push_str(&text[end..place.start]);
        match name.chars().next() {
            Some(quote @ ('\'' | '"')) => {
                filled.push(quote);
                filled.push_str(&value.replace(quote, &format!("{quote}{quote}")));
                filled.push(quote);
            }
            _ => filled.push_str(value),
        }
        end = place.end;
    }
    if end == 0 {
        return Cow::Borrowed(text);
    }
    filled.push_str(&text[end..]);
    Cow::Owned(filled)
}

/// The statement with a name in the place of each placeholder, where none of them says anything of the schema: who
/// owns a table, who may read it.
pub(super) fn without_meaning(text: &str) -> Option<String> {
    let places = places(text);
    if places.is_empty() || !places.iter().all(|place| means_nothing(text, place)) {
        return None;
    }
    let mut named = text.to_owned();
    for place in places.into_iter().rev() {
        let name = if text[place.clone()].starts_with(":'") {
            "''"
        } else {
            "placeholder"
        };
        named.replace_range(place, name);
    }
    Some(named)
}

fn means_nothing(text: &str, place: &Range<usize>) -> bool {
    let before = text[..place.start]
        .trim_end_matches(['"', '\''])
        .to_ascii_uppercase();
    let words: Vec<&str> = before.split_whitespace().collect();
    match words.as_slice() {
        ["SELECT" | "WITH" | "DO", ..] => true,
        [.., "RENAME", "TO"] => false,
        ["SET", _, "TO" | "="] | ["ALTER", "DATABASE"] => true,
        [.., "OWNER", "TO"] => true,
        [
            ..,
            "ROLE" | "USER" | "GROUP" | "AUTHORIZATION" | "TABLESPACE" | "PASSWORD",
        ] => true,
        ["GRANT" | "REVOKE" | "ALTER", .., "TO" | "FROM"] => true,
        [.., "PUBLIC,"] => true,
        _ => false,
    }
}

/// Where placeholders stand.
fn places(text: &str) -> Vec<Range<usize>> {
    // Most statements have none, and need not be looked through.
    if !text.contains(['$', ':', '{', '@', '<']) {
        return Vec::new();
    }
    let mut places = Vec::new();
    let mut scanner = Scanner::new(text);
    loop {
        let start = scanner.at;
        if let Some(length) = variable(text, start).or_else(|| braces(&text[start..])) {
            places.push(start..start + length);
            scanner.at += length;
            continue;
        }
        let Ok(Some(lexeme)) = scanner.pass() else {
            return places;
        };
        let passed = &text[start..scanner.at];
        // A tool fills in what stands in quotes as well.
        if matches!(lexeme, Lexeme::Name | Lexeme::Text) && !passed.starts_with('$') {
            let within = passed.char_indices();
            let within = within.filter_map(|(at, _)| Some((at, braces(&passed[at..])?)));
            places.extend(within.map(|(at, length)| start + at..start + at + length));
        }
    }
}

/// The length of `:name`, `:'name'` or `:"name"` at a place, which is neither a cast nor part of a slice.
fn variable(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix(':')?;
    let before = text[..at].chars().next_back();
    if before.is_some_and(|before| before == ':' || before.is_alphanumeric() || before == ']') {
        return None;
    }
    let quote = rest
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"'));
    let name = quote.map_or(rest, |_| &rest[1..]);
    let end = name
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(name.len());
    let starts_well = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let closes = quote.is_none_or(|quote| name[end..].starts_with(quote));
    let quotes = if quote.is_some() { 2 } else { 0 };
    (starts_well && closes).then_some(1 + end + quotes)
}

/// The length of `${name}`, `{{ name }}`, `%{name}`, `<%= name %>`, `$(name)` or `@name@` at the start of a text.
fn braces(text: &str) -> Option<usize> {
    const BRACES: [(&str, &str); 6] = [
        ("${", "}"),
        ("$(", ")"),
        ("{{", "}}"),
        ("%{", "}"),
        ("<%", "%>"),
        ("@", "@"),
    ];
    BRACES.iter().find_map(|(open, close)| {
        let within = text.strip_prefix(open)?;
        let end = within.find(close)?;
        let name = within[..end].trim_matches([' ', '=', '-', '.']);
        let is_name = |c: char| c.is_alphanumeric() || "_.:-? |\"()".contains(c);
        let is_plain = |c: char| c.is_alphanumeric() || c == '_';
        let fits = match *open {
            "@" => name.chars().all(is_plain),
            _ => name.chars().all(is_name),
        };
        let starts = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        (fits && starts).then_some(open.len() + end + close.len())
    })
}

#[cfg(test)]
mod tests {
    use super::{find, without_meaning};

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(find(text).map(|place| &text[place]), expect, "{text}");
    }

    #[test]
    fn placeholders() {
        check("CREATE TABLE ${SCHEMA}.t (a int)", Some("${SCHEMA}"));
        check("CREATE TABLE \"${schema}\".t (a int)", Some("${schema}"));
        check("CREATE TABLE :schema.t (a int)", Some(":schema"));
        check("ALTER TABLE t OWNER TO :\"role\"", Some(":\"role\""));
        check(
            "CREATE TABLE {{ .prefix }}_t (a int)",
            Some("{{ .prefix }}"),
        );
        check("CREATE TABLE @extschema@.t (a int)", Some("@extschema@"));
        check("CREATE TABLE <%= name %> (a int)", Some("<%= name %>"));
    }

    #[test]
    fn what_only_looks_like_one() {
        check("SELECT a::text, b[1:n], c[n:m], '{{1},{2}}', $1", None);
        check("SELECT a @> b, a <@ b, '12:30' -- ${x}", None);
        check("SELECT $$ ${x} :y $$", None);
    }

    #[test]
    fn of_no_meaning_for_the_schema() {
        let owner = without_meaning("ALTER TABLE t OWNER TO :role;");
        assert_eq!(
            owner.as_deref(),
            Some("ALTER TABLE t OWNER TO placeholder;")
        );
        assert!(without_meaning("CREATE ROLE ${USER} LOGIN PASSWORD '${PASSWORD}'").is_some());
        assert!(without_meaning("ALTER TABLE t RENAME TO :name").is_none());
        assert!(without_meaning("CREATE TABLE :name (a int)").is_none());
        assert!(without_meaning("CREATE TABLE t (a int)").is_none());
    }
}
