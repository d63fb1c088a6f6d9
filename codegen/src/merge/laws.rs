//! The laws of merging, over edits and changes of the schema that are made up at random.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use super::Merged;
use super::tests::merged;
use super::tokens::same;
use crate::cases::cases;
use crate::emit::{Content, emit};
use crate::generate;

/// One edit of a person; each leaves a word of its own in the text.
#[derive(Debug, Clone)]
enum Edit {
    Comment(Index),
    Function(Index),
    Method(Index),
    Field(Index),
    Statement(Index),
    Line(Index),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (0..6_u8, any::<Index>()).prop_map(|(kind, at)| match kind {
        0 => Edit::Comment(at),
        1 => Edit::Function(at),
        2 => Edit::Method(at),
        3 => Edit::Field(at),
        4 => Edit::Statement(at),
        _ => Edit::Line(at),
    });
    prop::collection::vec(edit, 1..4)
}

/// The text with the edits; every line that they add holds the word `mine`.
fn edit(path: &str, text: &str, edits: &[Edit]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (number, edit) in edits.iter().enumerate() {
        let places = |is_place: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let all = lines.iter().enumerate();
            all.filter(|(_, line)| is_place(line))
                .map(|(at, _)| at + 1)
                .collect()
        };
        let is_rust = path.ends_with(".rs");
        let (at, places, line) = match edit {
            Edit::Comment(at) if is_rust => {
                (at, places(&|line| line == "}"), format!("// mine {number}"))
            }
            Edit::Function(at) if is_rust => (
                at,
                places(&|line| line == "}"),
                format!("fn mine_{number}() {{}}"),
            ),
            Edit::Method(at) if is_rust => (
                at,
                places(&|line| line.starts_with("impl") && line.ends_with(" {")),
                format!("    fn mine_{number}() {{}}"),
            ),
            Edit::Field(at) if is_rust => (
                at,
                places(&|line| line.starts_with("pub struct") && line.ends_with(" {")),
                format!("    pub mine_{number}: bool,"),
            ),
            Edit::Statement(at) if is_rust => (
                at,
                places(&|line| line.contains("async fn ") && line.ends_with(" {")),
                format!("    let mine_{number} = 1;"),
            ),
            Edit::Line(at)
            | Edit::Comment(at)
            | Edit::Function(at)
            | Edit::Method(at)
            | Edit::Field(at)
            | Edit::Statement(at)
                if !is_rust =>
            {
                (at, places(&|_| true), format!("<p>mine {number}</p>"))
            }
            _ => continue,
        };
        if !places.is_empty() {
            lines.insert(places[at.index(places.len())], line);
        }
    }
    lines.join("\n") + "\n"
}

/// Files as they are emitted for a schema and for what became of it: those that differ.
fn versions() -> impl Strategy<Value = Vec<(String, String, String)>> {
    let schemas = generate::schema()
        .prop_flat_map(|schema| (Just(schema.clone()), generate::changed(schema)));
    schemas.prop_map(|(before, after)| {
        let (before, after) = (texts(&before), texts(&after));
        let changed = before.into_iter().filter_map(|(path, text)| {
            let now = after.get(&path)?;
            (*now != text).then(|| (path, text, now.clone()))
        });
        changed.collect()
    })
}

fn texts(schema: &umbel_schema::Schema) -> BTreeMap<String, String> {
    let files = emit(&generate::app(schema)).into_iter();
    files
        .map(|file| match file.content {
            Content::Rust(text) | Content::Text(text) => (file.path, text),
        })
        .filter(|(path, _)| path.starts_with("src/") || path.starts_with("templates/"))
        .collect()
}

fn mine(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("mine"))
        .collect();
    lines.sort_unstable();
    lines
}

fn without_mine(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.contains("mine"));
    lines.map(|line| format!("{line}\n")).collect()
}

proptest! {
    // Each case is a merge of every file that the change of the schema touches: about ten.
    #![proptest_config(cases(150))]

    #[test]
    fn laws(versions in versions(), edits in edits()) {
        for (path, base, theirs) in &versions {
            let ours = &edit(path, base, &edits);
            let clean = |text: &String| Merged::Clean(text.clone());
            prop_assert_eq!(merged(path, base, base, theirs), clean(theirs));
            prop_assert_eq!(merged(path, base, ours, base), clean(ours));
            prop_assert_eq!(merged(path, base, ours, ours), clean(ours));
            let merged_once = merged(path, base, ours, theirs);
            check_nothing_lost(path, ours, theirs, &merged_once)?;
            if let Merged::Clean(text) = merged_once {
                prop_assert_eq!(merged(path, theirs, &text, theirs), clean(&text));
            }
        }
    }
}

/// Nothing of a person is lost, and nothing that is emitted is missing.
fn check_nothing_lost(
    path: &str,
    ours: &str,
    theirs: &str,
    merged: &Merged,
) -> Result<(), TestCaseError> {
    match merged {
        Merged::Clean(text) => {
            prop_assert_eq!(mine(ours), mine(text), "{}: {}", path, text);
            // Only lines were added: without them there is what is emitted now.
            let rest = without_mine(text);
            if path.ends_with(".rs") {
                prop_assert!(syn::parse_file(text).is_ok(), "{}: {}", path, text);
                prop_assert!(same(&rest, theirs), "{}: {}\n=== {}", path, rest, theirs);
            } else {
                prop_assert_eq!(&rest, theirs);
            }
        }
        Merged::Conflict(conflict) => {
            let kept = mine(&conflict.attempt);
            prop_assert!(mine(ours).iter().all(|line| kept.contains(line)));
        }
    }
    Ok(())
}
