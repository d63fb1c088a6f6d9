//! Merges that people do, and the laws of merging over generated ones.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use super::tokens::same;
use super::{Language, Merged, Versions, merge, tokens};
use crate::emit::{Content, emit};
use crate::generate;

fn merged(path: &str, base: &str, ours: &str, theirs: &str) -> Merged {
    let versions = Versions { base, ours, theirs };
    merge(Language::of(path), versions)
}

#[track_caller]
fn check(path: &str, [base, ours, theirs]: [&str; 3], expect: &str) {
    assert_eq!(
        merged(path, base, ours, theirs),
        Merged::Clean(expect.to_owned())
    );
}

#[track_caller]
fn check_conflict(path: &str, [base, ours, theirs]: [&str; 3], expect: &str) {
    assert_eq!(
        merged(path, base, ours, theirs),
        Merged::Conflict(expect.to_owned())
    );
}

#[test]
fn method_and_column_in_one_impl() {
    check(
        "a.rs",
        [
            "struct Film {\n    id: i32,\n}\n\nimpl Film {\n    const ID: i32 = 1;\n}\n",
            "struct Film {\n    id: i32,\n}\n\nimpl Film {\n    const ID: i32 = 1;\n\n    // Mine.\n    fn long(&self) {}\n}\n",
            "struct Film {\n    id: i32,\n    title: String,\n}\n\nimpl Film {\n    const ID: i32 = 1;\n    const TITLE: i32 = 2;\n}\n",
        ],
        "struct Film {\n    id: i32,\n    title: String,\n}\n\nimpl Film {\n    const ID: i32 = 1;\n\n    // Mine.\n    fn long(&self) {}\n\n    const TITLE: i32 = 2;\n}\n",
    );
}

#[test]
fn fields_added_on_both_sides() {
    check(
        "a.rs",
        [
            "struct Film {\n    id: i32,\n}\n",
            "struct Film {\n    id: i32,\n    mine: bool\n}\n",
            "struct Film {\n    id: i32,\n    title: String,\n}\n",
        ],
        "struct Film {\n    id: i32,\n    mine: bool,\n    title: String,\n}\n",
    );
}

#[test]
fn imports_are_sets() {
    check(
        "a.rs",
        [
            "use a::{B, C};\n\nfn f() {}\n",
            "use a::{B, C, Mine};\n\nfn f() {}\n",
            "use a::{B, D};\nuse e::F;\n\nfn f() {}\n",
        ],
        "use a::{B, D, Mine};\nuse e::F;\n\nfn f() {}\n",
    );
}

#[test]
fn an_import_that_a_person_uses_stays() {
    check(
        "a.rs",
        [
            "use a::B;\n\nfn f() {\n    B::x()\n}\n",
            "use a::B;\n\nfn f() {\n    B::x()\n}\n\nfn mine() {\n    B::y()\n}\n",
            "fn f() {}\n",
        ],
        "use a::B;\n\nfn f() {}\n\nfn mine() {\n    B::y()\n}\n",
    );
}

#[test]
fn an_import_without_a_name_goes_with_what_needed_it() {
    check(
        "a.rs",
        [
            "use a::Form as _;\n\nfn f() {}\n",
            "use a::Form as _;\n\nfn f() {}\n\nfn mine() {\n    let _ = 1;\n}\n",
            "fn f() {}\n",
        ],
        "fn f() {}\n\nfn mine() {\n    let _ = 1;\n}\n",
    );
}

#[test]
fn derives_are_sets() {
    check(
        "a.rs",
        [
            "/// A film.\n#[derive(Debug, Clone)]\nstruct Film {\n    id: i32,\n}\n",
            "/// A film.\n#[derive(Debug, Clone, Hash)]\nstruct Film {\n    id: i32,\n}\n",
            "/// A film.\n#[derive(Debug, Clone, Copy)]\nstruct Film {\n    id: i64,\n}\n",
        ],
        "/// A film.\n#[derive(Debug, Clone, Hash, Copy)]\nstruct Film {\n    id: i64,\n}\n",
    );
}

#[test]
fn a_link_of_a_chain_on_both_sides() {
    check(
        "a.rs",
        [
            "fn routes() -> R {\n    R::new()\n        .merge(film())\n}\n",
            "fn routes() -> R {\n    R::new()\n        .merge(film())\n        .route(\"/mine\", get(mine))\n}\n",
            "fn routes() -> R {\n    R::new()\n        .merge(film())\n        .merge(genre())\n}\n",
        ],
        "fn routes() -> R {\n    R::new()\n        .merge(film())\n        .route(\"/mine\", get(mine))\n        .merge(genre())\n}\n",
    );
}

#[test]
fn statements_at_one_place_are_a_conflict() {
    check_conflict(
        "a.rs",
        [
            "fn f() {\n    a();\n}\n",
            "fn f() {\n    a();\n    mine();\n}\n",
            "fn f() {\n    a();\n    b();\n}\n",
        ],
        "fn f() {\n    a();\n<<<<<<< ours\n    mine();\n||||||| base\n=======\n    b();\n>>>>>>> theirs\n}\n",
    );
}

#[test]
fn a_field_that_both_changed() {
    check_conflict(
        "a.rs",
        [
            "struct Film {\n    id: i32,\n    title: A,\n}\n",
            "struct Film {\n    id: i32,\n    title: Mine,\n}\n",
            "struct Film {\n    id: i32,\n    title: B,\n}\n",
        ],
        "struct Film {\n    id: i32,\n<<<<<<< ours\n    title: Mine,\n||||||| base\n    title: A,\n=======\n    title: B,\n>>>>>>> theirs\n}\n",
    );
}

#[test]
fn changed_here_and_deleted_there() {
    check_conflict(
        "a.rs",
        [
            "fn f() {}\n\nfn g() {}\n",
            "fn f() {}\n\nfn g() {\n    mine();\n}\n",
            "fn f() {}\n",
        ],
        "fn f() {}\n<<<<<<< ours\n\nfn g() {\n    mine();\n}\n||||||| base\n\nfn g() {}\n=======\n>>>>>>> theirs\n",
    );
}

#[test]
fn layout_is_no_change() {
    check(
        "a.rs",
        [
            "fn f(a: A, b: B) {}\n\nfn g() {}\n",
            "fn f(\n    a: A,\n    b: B,\n) {\n}\n\n// Mine.\nfn g() {}\n",
            "fn f(a: A, b: B, c: C) {}\n\nfn g() {}\n",
        ],
        "fn f(a: A, b: B, c: C) {}\n\n// Mine.\nfn g() {}\n",
    );
}

#[test]
fn another_impl_of_the_same_type() {
    check(
        "a.rs",
        [
            "impl Film {\n    const A: i32 = 1;\n}\n",
            "impl Film {\n    fn mine() {}\n}\n\nimpl Film {\n    const A: i32 = 1;\n}\n",
            "impl Film {\n    const A: i32 = 1;\n    const B: i32 = 2;\n}\n",
        ],
        "impl Film {\n    fn mine() {}\n}\n\nimpl Film {\n    const A: i32 = 1;\n    const B: i32 = 2;\n}\n",
    );
}

#[test]
fn reordered_by_a_person() {
    check(
        "a.rs",
        [
            "fn a() {}\n\nfn b() {}\n",
            "fn b() {}\n\nfn a() {}\n",
            "fn a() {}\n\nfn b() {}\n\nfn c() {}\n",
        ],
        "fn b() {}\n\nfn c() {}\n\nfn a() {}\n",
    );
}

#[test]
fn what_does_not_parse_is_merged_by_lines() {
    check(
        "a.rs",
        [
            "fn a() {}\n\nfn b() {}\n\nfn c() {}\n",
            "fn a( {}\n\nfn b() {}\n\nfn c() {}\n",
            "fn a() {}\n\nfn b() {}\n\nfn d() {}\n",
        ],
        "fn a( {}\n\nfn b() {}\n\nfn d() {}\n",
    );
}

#[test]
fn keys_of_toml() {
    check(
        "Cargo.toml",
        [
            "[dependencies]\naskama = \"0.15\"\ntokio = { version = \"1\", features = [\"macros\"] }\n",
            "# Mine.\n[dependencies]\naskama = \"0.15\" # pinned\nanyhow = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"fs\"] }\n",
            "[dependencies]\naskama = \"0.16\"\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n",
        ],
        "# Mine.\n[dependencies]\naskama = \"0.16\" # pinned\nanyhow = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"fs\", \"rt\"] }\n",
    );
}

#[test]
fn a_key_that_both_changed() {
    check_conflict(
        "Cargo.toml",
        ["a = 1\n", "a = 2\n", "a = 3\n"],
        "<<<<<<< ours\na = 2\n||||||| base\na = 1\n=======\na = 3\n>>>>>>> theirs\n",
    );
}

#[test]
fn tokens_together_are_the_text() {
    let text = "r#\"a\"b\"# 'a' '\\'' 'static b\"\\\"\" /* /* */ */ r#type 1.5e3 0..x // end";
    let all: String = tokens(text).iter().map(|token| token.text).collect();
    assert_eq!(all, text);
    let kinds = tokens(text);
    assert_eq!(
        kinds
            .iter()
            .filter(|token| token.text == "r#\"a\"b\"#")
            .count(),
        1
    );
    assert_eq!(
        kinds.iter().filter(|token| token.text == "'static").count(),
        1
    );
}

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
    #![proptest_config(ProptestConfig::with_cases(150))]

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
        Merged::Conflict(attempt) => {
            let kept = mine(attempt);
            prop_assert!(mine(ours).iter().all(|line| kept.contains(line)));
        }
    }
    Ok(())
}
