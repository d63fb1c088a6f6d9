//! Renames in doubt as lines for `umbel.toml`, whatever it says under `[rename]` so far.

use std::collections::BTreeSet;
use std::fmt;

use toml_edit::{Document, Item, Key, TableLike};
use umbel_schema::diff::Candidate;

/// `[rename]` as it stands in `umbel.toml`.
pub(super) struct RenameTable {
    form: Form,
    /// The line on which it begins.
    line: usize,
    /// What is said already, and on which line.
    said: Vec<(String, usize)>,
}

/// How the table is written.
enum Form {
    None,
    /// `[rename]`
    Headed,
    /// `rename."film.length" = "duration"`
    Dotted,
    /// `rename = { … }`
    Inline,
}

impl RenameTable {
    pub(super) fn of(settings: &str) -> Self {
        let line = |at: usize| settings[..at].matches('\n').count() + 1;
        let document = Document::parse(settings).ok();
        let entry = document
            .as_ref()
            .and_then(|document| document.as_table().get_key_value("rename"));
        let Some((key, item)) = entry else {
            return Self {
                form: Form::None,
                line: 0,
                said: Vec::new(),
            };
        };
        let form = match item {
            Item::Table(table) if !table.is_dotted() => Form::Headed,
            Item::Table(_) => Form::Dotted,
            _ => Form::Inline,
        };
        let start = |key: &Key| key.span().map_or(0, |span| span.start);
        let members = item.as_table_like().into_iter().flat_map(TableLike::iter);
        let said = members.map(|(name, _)| {
            let key = item.as_table_like().and_then(|table| table.key(name));
            (name.to_owned(), line(key.map_or(0, start)))
        });
        Self {
            form,
            line: line(start(key)),
            said: said.collect(),
        }
    }

    /// What to do with the lines.
    pub(super) fn instruction(&self) -> String {
        let line = self.line;
        match self.form {
            Form::None => "Say it at the end of `umbel.toml`".to_owned(),
            Form::Headed => {
                format!("Say it in `umbel.toml` below `[rename]`, which is line {line}")
            }
            Form::Dotted => format!("Say it in `umbel.toml` beside line {line}"),
            Form::Inline => {
                format!("Say it in `umbel.toml` within the braces of `rename` on line {line}")
            }
        }
    }

    /// A line for each name that went: with the first name that it may have now, and the others beside it.
    pub(super) fn lines(&self, candidates: &[Candidate]) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let lines = candidates.iter().map(|candidate| {
            let owner = candidate
                .old
                .rsplit_once('.')
                .map_or("", |(owner, _)| owner);
            // No two things can have the same name now.
            let free = candidate.new.iter().find(|new| taken.insert((owner, *new)));
            let line = Line {
                key: quoted(&candidate.old),
                value: free.map_or("false".to_owned(), |new| quoted(new)),
            };
            (line, self.remarks(candidate, free))
        });
        let lines: Vec<(Line, String)> = lines.collect();
        match self.form {
            Form::None => ["[rename]".to_owned()]
                .into_iter()
                .chain(
                    lines
                        .iter()
                        .map(|(line, remarks)| format!("{line}{remarks}")),
                )
                .collect(),
            Form::Headed => {
                let lines = lines.iter();
                lines
                    .map(|(line, remarks)| format!("{line}{remarks}"))
                    .collect()
            }
            Form::Dotted => {
                let lines = lines.iter();
                lines
                    .map(|(line, remarks)| format!("rename.{line}{remarks}"))
                    .collect()
            }
            // There is no room for remarks, nor for a second line.
            Form::Inline => {
                let lines = lines.iter().map(|(line, _)| line.to_string());
                vec![lines.collect::<Vec<_>>().join(", ")]
            }
        }
    }

    /// What else the line may say, and what it stands for.
    fn remarks(&self, candidate: &Candidate, chosen: Option<&String>) -> String {
        let others = candidate.new.iter().filter(|new| Some(*new) != chosen);
        let others = others.map(|new| format!("or {}", quoted(new)));
        let said = self.said.iter().filter(|(old, _)| *old == candidate.old);
        let said = said.map(|(_, line)| format!("instead of line {line}"));
        let remarks: Vec<String> = others.chain(said).collect();
        match remarks.is_empty() {
            true => String::new(),
            false => format!(" # {}", remarks.join(", ")),
        }
    }
}

/// `"public.film.length" = "duration"`
struct Line {
    key: String,
    value: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.key, self.value)
    }
}

/// A name in quotes on one line, whatever characters it has: JSON escapes as TOML does, but for one character.
fn quoted(name: &str) -> String {
    serde_json::Value::from(name)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(old: &str, new: &[&str]) -> Candidate {
        Candidate {
            old: old.to_owned(),
            new: new.iter().map(|new| (*new).to_owned()).collect(),
        }
    }

    /// What stands in `umbel.toml`, where a line is put in, and what it says then.
    #[track_caller]
    fn check(before: &str, after: &str, instruction: &str, expect: &[(&str, &str)]) {
        let candidates = [
            candidate("public.film.length", &["duration", "minutes"]),
            candidate("public.film.width", &["duration"]),
            candidate("public.odd \"a\"\n\u{7f}.b\\", &["c'\t"]),
        ];
        let table = RenameTable::of(&format!("{before}{after}"));
        assert_eq!(table.instruction(), instruction);
        let text = format!("{before}{}\n{after}", table.lines(&candidates).join("\n"));
        let text = text.replace("\n}", "}");
        let document: toml_edit::DocumentMut = text
            .parse()
            .unwrap_or_else(|error| panic!("{error}: {text}"));
        for (old, new) in expect {
            assert_eq!(document["rename"][old].as_str(), Some(*new), "{text}");
        }
        assert_eq!(
            document["rename"]["public.film.width"].as_bool(),
            Some(false)
        );
        assert_eq!(
            document["rename"]["public.odd \"a\"\n\u{7f}.b\\"].as_str(),
            Some("c'\t")
        );
    }

    #[test]
    fn lines_are_pasted_as_they_are() {
        let new = [("public.film.length", "duration")];
        check(
            "[app]\nname = \"a\"\n",
            "",
            "Say it at the end of `umbel.toml`",
            &new,
        );
        check(
            "[rename]\nfilm = \"movie\"\n",
            "\n[app]\n",
            "Say it in `umbel.toml` below `[rename]`, which is line 1",
            &[("film", "movie"), new[0]],
        );
        check(
            "rename.film = \"movie\"\n",
            "[app]\n",
            "Say it in `umbel.toml` beside line 1",
            &[("film", "movie"), new[0]],
        );
        check(
            "app = {}\nrename = {",
            "}\n",
            "Say it in `umbel.toml` within the braces of `rename` on line 2",
            &new,
        );
    }

    #[test]
    fn what_is_said_already_is_said_once() {
        let table = RenameTable::of("[rename]\n\"a.b\" = \"c\"\n");
        let lines = table.lines(&[candidate("a.b", &["d"])]);
        assert_eq!(lines, ["\"a.b\" = \"d\" # instead of line 2"]);
    }
}
