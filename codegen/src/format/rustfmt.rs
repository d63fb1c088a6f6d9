//! Runs rustfmt over emitted files.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;

/// Why the emitted files could not be formatted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FormatError {
    #[error("cannot run `rustfmt`: {0}")]
    Missing(std::io::Error),
    #[error("`rustfmt` failed: {0}")]
    Failed(String),
}

/// Stands between two files that pass through one rustfmt: an item that it leaves as it is.
const SEPARATOR: &str = "const UMBEL_FILE_ENDS: () = ();";

/// Formats files of Rust, each as rustfmt would alone.
///
/// Starting a process costs more than formatting a file, so a process takes half of them, one after the
/// other on its standard input. A file's `//!` lines must stand at its top, and are kept out of that.
pub(crate) fn rustfmt(files: Vec<String>) -> Result<Vec<String>, FormatError> {
    let middle = files.len() / 2;
    let (first, second) = files.split_at(middle);
    thread::scope(|scope| {
        let first = scope.spawn(|| rustfmt_batch(first));
        let second = rustfmt_batch(second)?;
        let mut formatted = first.join().expect("formatting does not panic")?;
        formatted.extend(second);
        Ok(formatted)
    })
}

fn rustfmt_batch(files: &[String]) -> Result<Vec<String>, FormatError> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<(&str, &str)> = files.iter().map(|file| split_docs(file)).collect();
    let mut input = String::new();
    for (_, body) in &parts {
        input.push_str(&inline_modules(body));
        input.push_str("\n\n");
        input.push_str(SEPARATOR);
        input.push_str("\n\n");
    }
    let output = run(&input)?;
    let bodies = output.split(SEPARATOR);
    let formatted: Vec<String> = parts
        .iter()
        .zip(bodies)
        .map(|((docs, _), body)| join_docs(docs, outline_modules(body).trim()))
        .collect();
    if formatted.len() == files.len() {
        Ok(formatted)
    } else {
        Err(FormatError::Failed("its output lacks files".to_owned()))
    }
}

/// The `//!` lines at the top of a file, and the rest.
fn split_docs(file: &str) -> (&str, &str) {
    let docs: usize = file
        .split_inclusive('\n')
        .take_while(|line| line.starts_with("//!"))
        .map(str::len)
        .sum();
    file.split_at(docs)
}

fn join_docs(docs: &str, body: &str) -> String {
    match (docs.is_empty(), body.is_empty()) {
        (true, _) => format!("{body}\n"),
        (false, true) => docs.to_owned(),
        (false, false) => format!("{docs}\n{body}\n"),
    }
}

/// `mod film;` → `mod film {}`: rustfmt would look for the file of the former.
fn inline_modules(text: &str) -> String {
    map_modules(text, ";", " {}")
}

/// `mod film {}` → `mod film;`
fn outline_modules(text: &str) -> String {
    map_modules(text, " {}", ";")
}

fn map_modules(text: &str, from: &str, to: &str) -> String {
    let mut mapped = String::with_capacity(text.len());
    for line in text.lines() {
        let is_module = ["mod ", "pub mod ", "pub(crate) mod "]
            .iter()
            .any(|start| line.starts_with(start));
        match line.strip_suffix(from) {
            Some(module) if is_module => mapped.extend([module, to]),
            _ => mapped.push_str(line),
        }
        mapped.push('\n');
    }
    mapped
}

fn run(input: &str) -> Result<String, FormatError> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(FormatError::Missing)?;
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        scope.spawn(move || {
            // rustfmt that ends early closes the pipe; its exit status tells why.
            stdin.map(|mut stdin| stdin.write_all(input.as_bytes()))
        });
        child.wait_with_output()
    });
    let output = output.map_err(FormatError::Missing)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(FormatError::Failed(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ))
    }
}
