//! What a client was told of the rows that it has sent, and whether the database agrees.

use std::collections::BTreeMap;

/// A row that a client has sent.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// What no other row has, and is never changed.
    pub(super) label: String,
    /// The path of its page, once it is known.
    pub(super) path: Option<String>,
    /// What it may hold: one text, or more where it is not known whether a change was saved.
    pub(super) texts: Vec<String>,
    pub(super) fate: Fate,
}

/// What was said of a row when it was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Saved,
    Refused,
    /// The answer never came, or said that it is not known.
    Unknown,
}

/// What the database and the answers disagree about.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub(super) lost: Vec<String>,
    pub(super) wrong: Vec<String>,
}

impl Row {
    /// Whether its text is known.
    pub(super) fn is_settled(&self) -> bool {
        self.fate == Fate::Saved && self.texts.len() == 1
    }
}

/// Compares rows with what the database holds, a line `label|text` for each row.
pub(super) fn compare<'a>(rows: impl Iterator<Item = &'a Row>, held: &str) -> Verdict {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in held.lines() {
        let (label, text) = line.split_once('|').expect("two columns");
        found.entry(label).or_default().push(text);
    }
    let mut verdict = Verdict::default();
    for row in rows {
        let texts = found.remove(row.label.as_str()).unwrap_or_default();
        let is_known = |text: &&str| row.texts.iter().any(|known| known == text);
        match (row.fate, texts.as_slice()) {
            (Fate::Saved, []) => verdict.lost.push(format!("{row:?}")),
            (Fate::Saved, [text]) if !is_known(text) => {
                verdict.lost.push(format!("{row:?}: {text}"))
            }
            (Fate::Saved, [_]) | (Fate::Refused | Fate::Unknown, []) => {}
            (Fate::Unknown, [text]) if is_known(text) => {}
            (_, texts) => verdict.wrong.push(format!("{row:?}: {texts:?}")),
        }
    }
    let others = found
        .keys()
        .map(|label| format!("nobody has sent `{label}`"));
    verdict.wrong.extend(others);
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fate: Fate, texts: &[&str], held: &str, lost: usize, wrong: usize) {
        let row = Row {
            label: "a".to_owned(),
            path: None,
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
            fate,
        };
        let verdict = compare([&row].into_iter(), held);
        assert_eq!(
            (verdict.lost.len(), verdict.wrong.len()),
            (lost, wrong),
            "{verdict:?}"
        );
    }

    #[test]
    fn what_was_said_and_what_is_there() {
        check(Fate::Saved, &["1"], "a|1", 0, 0);
        check(Fate::Saved, &["1"], "", 1, 0);
        check(Fate::Saved, &["2"], "a|1", 1, 0);
        check(Fate::Saved, &["1", "2"], "a|1", 0, 0);
        check(Fate::Saved, &["1"], "a|1\na|1", 0, 1);
        check(Fate::Refused, &["1"], "", 0, 0);
        check(Fate::Refused, &["1"], "a|1", 0, 1);
        check(Fate::Unknown, &["1"], "", 0, 0);
        check(Fate::Unknown, &["1"], "a|1", 0, 0);
        check(Fate::Unknown, &["1"], "a|1\na|1", 0, 1);
        check(Fate::Saved, &["1"], "a|1\nb|1", 0, 1);
    }
}
