//! The structure of a database as `pg_dump` says it, entry by entry: what nobody of this project wrote a reader for.

use std::collections::BTreeMap;
use std::fmt;

use crate::postgres;

/// The statements of a dump by what they make, whatever their order.
#[derive(Debug)]
pub struct Dump {
    entries: BTreeMap<String, Vec<String>>,
}

/// Something that two dumps say differently.
#[derive(Debug)]
pub struct Difference {
    /// `TABLE public.film`.
    pub entry: String,
    pub left: Vec<String>,
    pub right: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entry, left, right } = self;
        let shown = |side: &[String]| match side {
            [] => "nothing".to_owned(),
            texts => texts.join("\n"),
        };
        write!(f, "{entry}\n<<< {}\n>>> {}", shown(left), shown(right))
    }
}

impl Dump {
    /// The dump of a database, without owners and grants, which are of a server's roles.
    pub fn of(url: &str) -> Self {
        Self::parse(&postgres::dump_without_roles(url))
    }

    /// Every entry begins with a comment such as `-- Name: film; Type: TABLE; Schema: public; Owner: -`.
    fn parse(text: &str) -> Self {
        let mut entries: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for entry in text.split("\n-- Name: ").skip(1) {
            let (title, statements) = entry.split_once('\n').unwrap_or((entry, ""));
            let statements = without_settings(statements);
            if !statements.is_empty() {
                entries.entry(readable(title)).or_default().push(statements);
            }
        }
        for texts in entries.values_mut() {
            texts.sort();
        }
        Self { entries }
    }

    /// How many entries of a type there are, such as `TABLE`.
    pub fn count(&self, kind: &str) -> usize {
        let is_of_kind =
            |entry: &&String| entry.split_once(": ").is_some_and(|(own, _)| own == kind);
        self.entries.keys().filter(is_of_kind).count()
    }

    /// What the other dump says differently.
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let of = |dump: &Self, entry: &String| dump.entries.get(entry).cloned().unwrap_or_default();
        let own = self.entries.keys();
        let new = other
            .entries
            .keys()
            .filter(|entry| !self.entries.contains_key(*entry));
        own.chain(new)
            .map(|entry| Difference {
                entry: entry.clone(),
                left: of(self, entry),
                right: of(other, entry),
            })
            .filter(|difference| difference.left != difference.right)
            .collect()
    }
}

/// `film; Type: TABLE; Schema: public; Owner: -` → `TABLE: public.film`.
fn readable(title: &str) -> String {
    let mut parts = title.rsplitn(4, "; ");
    let (_owner, schema, kind, name) = (parts.next(), parts.next(), parts.next(), parts.next());
    let value = |part: Option<&str>| -> String {
        let part = part.unwrap_or_default();
        part.split_once(": ")
            .map_or(part, |(_, value)| value)
            .to_owned()
    };
    match value(schema).as_str() {
        "-" => format!("{}: {}", value(kind), name.unwrap_or_default()),
        schema => format!("{}: {schema}.{}", value(kind), name.unwrap_or_default()),
    }
}

/// The statements without comments, blank lines at the ends, and the settings that hold from here on.
fn without_settings(text: &str) -> String {
    let is_statement = |line: &&str| {
        let is_setting = line.starts_with("SET default_") || line.starts_with("\\unrestrict ");
        !is_setting && !line.starts_with("--")
    };
    let lines: Vec<_> = text.lines().filter(is_statement).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Dump;
    use crate::database::Database;

    #[test]
    fn same_in_another_order() {
        let left = Database::with("CREATE TABLE a (b int); CREATE TYPE c AS ENUM ('d')");
        let right = Database::with("CREATE TYPE c AS ENUM ('d'); CREATE TABLE a (b int)");
        let differences = Dump::of(&left.url).differences(&Dump::of(&right.url));
        assert!(differences.is_empty(), "{differences:?}");
    }

    #[test]
    fn every_difference() {
        let left = "CREATE TABLE a (b int DEFAULT 1, CHECK (b > 0)); CREATE INDEX d ON a (b);
                    COMMENT ON TABLE a IS 'A'; CREATE TABLE e ()";
        let right = "CREATE TABLE a (b int DEFAULT 2, CHECK (b > 0)); CREATE INDEX d ON a (b DESC);
                     COMMENT ON TABLE a IS 'B'; CREATE VIEW f AS SELECT 1";
        let left = Dump::of(&Database::with(left).url);
        let differences = left.differences(&Dump::of(&Database::with(right).url));
        let entries: Vec<_> = differences.iter().map(|item| item.entry.as_str()).collect();
        let expect = [
            "COMMENT: public.TABLE a",
            "INDEX: public.d",
            "TABLE: public.a",
            "TABLE: public.e",
            "VIEW: public.f",
        ];
        assert_eq!(entries, expect);
        assert_eq!(left.count("TABLE"), 2);
    }
}
