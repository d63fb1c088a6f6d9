//! What the sources of the workspace must never do.

use std::fs;

use umbel_tests::{tree, workspace};

/// A server speaks the language of whoever set it up: what it means is told by codes and fields, never by its words.
#[test]
fn nothing_is_decided_by_the_words_of_a_server() {
    const QUESTIONS: [&str; 8] = [
        "contains(",
        "starts_with(",
        "ends_with(",
        "strip_prefix(",
        "strip_suffix(",
        "split_once(",
        "find(",
        "matches(",
    ];
    let folders = [
        "runtime/src",
        "runtime/connect/src",
        "runtime/data/src",
        "runtime/web/src",
        "schema/src/postgres",
        "schema/src/sql",
        "codegen/src/cli",
    ];
    let files = folders.map(|folder| tree::files(&workspace::root().join(folder)));
    let mut asked = Vec::new();
    let mut read = 0;
    // SQLite always speaks the same language, and has no code for some of what it says.
    let sources = files.iter().flatten().filter(|file| {
        file.extension().is_some_and(|extension| extension == "rs")
            && !file.ends_with("database/sqlite/error.rs")
    });
    for file in sources {
        let text = fs::read_to_string(file).expect("a source is UTF-8");
        let text: String = text.split_whitespace().collect();
        read += text.matches("message()").count();
        for words in ["message()", "hint()", ".message", "describe(&error)"] {
            for (at, _) in text.match_indices(words) {
                let rest = &text[at + words.len()..];
                let is_asked = rest.starts_with("==") || rest.starts_with("!=");
                let question = rest.strip_prefix('.').is_some_and(|call| {
                    QUESTIONS.iter().any(|question| call.starts_with(question))
                });
                if is_asked || question {
                    asked.push(format!("{}: {words}{:.40}", file.display(), rest));
                }
            }
        }
    }
    assert!(read > 0, "the sources that read messages were found");
    assert!(asked.is_empty(), "{asked:#?}");
}
