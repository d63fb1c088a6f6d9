//! The layout of a file that a person may have edited.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::merge::{TokenKind, tokens};

/// The text as rustfmt lays it out without a configuration; `None` where it does not parse.
pub(crate) fn rustfmt(text: &str) -> Option<String> {
    let (inline, modules) = inline_modules(text);
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
        // Settings that lie above the working directory would be used otherwise.
        .current_dir(Path::new("/"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let writer = std::thread::spawn(move || stdin.write_all(inline.as_bytes()));
    let output = child.wait_with_output().ok()?;
    let written = writer.join().is_ok_and(|result| result.is_ok());
    if !output.status.success() || !written {
        return None;
    }
    let formatted = String::from_utf8(output.stdout).ok()?;
    Some(outline_modules(&formatted, &modules))
}

/// `mod film;` → `mod film {}`, for which rustfmt looks for no file, and the names of these modules.
fn inline_modules(text: &str) -> (String, Vec<&str>) {
    let mut inline = String::with_capacity(text.len() + 64);
    let mut modules = Vec::new();
    let mut last = ["", ""];
    for token in tokens(text) {
        if token.text == ";" && last[0] == "mod" {
            inline.push_str(" {}");
            modules.push(last[1]);
        } else {
            inline.push_str(token.text);
        }
        if !matches!(token.kind, TokenKind::Space | TokenKind::Comment) {
            last = [last[1], token.text];
        }
    }
    (inline, modules)
}

/// `mod film {}` → `mod film;`, where it was that before.
fn outline_modules(text: &str, modules: &[&str]) -> String {
    let mut outlined = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let module = line.trim_end().strip_suffix(" {}").and_then(|start| {
            let (before, name) = start.rsplit_once(' ')?;
            let is_module = before == "mod" || before.ends_with(" mod");
            (is_module && modules.contains(&name)).then_some(start)
        });
        match module {
            Some(start) => outlined.extend([start, ";\n"]),
            None => outlined.push_str(line),
        }
    }
    outlined
}

#[cfg(test)]
mod tests {
    use super::rustfmt;

    #[test]
    fn modules_in_other_files() {
        assert_eq!(
            rustfmt("pub mod b ;\nmod a;\nmod c { }\nfn f ( ) { }\n").unwrap(),
            "pub mod b;\nmod a;\nmod c {}\nfn f() {}\n"
        );
        assert_eq!(rustfmt("fn f( {}"), None);
    }
}
