//! Runs rustfmt over emitted files.

use std::io::Write as _;
use std::iter;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Why the emitted files could not be formatted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FormatError {
    #[error("cannot run `rustfmt`: {0}")]
    Missing(std::io::Error),
    #[error("`rustfmt` failed: {0}")]
    Failed(String),
}

/// The edition of what is emitted.
pub(crate) const EDITION: &str = "2024";

/// Whose layout a file shall have.
#[derive(Debug, Clone, Default)]
pub(crate) enum Style {
    /// That of rustfmt without any configuration, wherever it runs.
    #[default]
    Umbel,
    /// What the configuration says that rustfmt finds for a folder.
    Project { root: PathBuf, edition: String },
}

/// Stands between two files that pass through one rustfmt: an item that it leaves as it is.
const SEPARATOR: &str = "const UMBEL_FILE_ENDS: () = ();";

/// How many files pass through one process: enough to make its start cheap, few enough to keep it small.
const BATCH: usize = 128;

/// Formats files of Rust, each as rustfmt would alone.
///
/// Starting a process costs more than formatting a file, so a process takes many of them, one after the
/// other on its standard input. A file's `//!` lines must stand at its top, and are kept out of that.
pub(crate) fn rustfmt(style: &Style, files: &[String]) -> Result<Vec<String>, FormatError> {
    let batches: Vec<&[String]> = files.chunks(BATCH).collect();
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut formatted = thread::scope(|scope| {
        let work = || {
            let taken = iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
            taken
                .map_while(|at| Some((at, batches.get(at)?)))
                .map(|(at, batch)| Ok((at, rustfmt_batch(style, batch)?)))
                .collect::<Result<Vec<_>, FormatError>>()
        };
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let done = workers
            .into_iter()
            .map(|worker| worker.join().expect("formatting does not panic"));
        done.collect::<Result<Vec<_>, FormatError>>()
    })?
    .concat();
    formatted.sort_by_key(|(at, _)| *at);
    Ok(formatted.into_iter().flat_map(|(_, files)| files).collect())
}

fn rustfmt_batch(style: &Style, files: &[String]) -> Result<Vec<String>, FormatError> {
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
    let output = run(style, &input)?;
    let bodies = output.split(SEPARATOR);
    let formatted: Vec<String> = parts
        .iter()
        .zip(bodies)
        .map(|((docs, _), body)| {
            let text = join_docs(docs, outline_modules(body).trim());
            match output.contains("\r\n") {
                true => text.replace('\n', "\r\n"),
                false => text,
            }
        })
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

/// What rustfmt makes of a text; its lines end with `\n`, unless the configuration says otherwise.
pub(crate) fn run(style: &Style, input: &str) -> Result<String, FormatError> {
    let mut child = command(style)
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

fn command(style: &Style) -> Command {
    /// An empty configuration: rustfmt would look for one from where it runs, and then in the home folder.
    const EMPTY: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };
    let mut command = Command::new("rustfmt");
    command.args(["--emit", "stdout", "--quiet", "--edition"]);
    match style {
        Style::Umbel => command.args([EDITION, "--config-path", EMPTY]),
        Style::Project { root, edition } => command.arg(edition).current_dir(root),
    };
    command
}
