//! What a test says that cannot run on this machine: aloud, and in the list that `tests/run` counts at its end.

use std::env;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

/// Names the list. Without it, what is said is not counted.
const LIST: &str = "UMBEL_SKIPPED";

/// Says that the test that calls this is skipped, and why. The test returns after it, and so passes.
pub fn because(reason: &str) {
    eprintln!("skipped: {reason}");
    if let Some(list) = env::var_os(LIST) {
        let list = PathBuf::from(list);
        add(&list, &test(), reason).unwrap_or_else(|error| panic!("{}: {error}", list.display()));
    }
}

/// The test that runs: `e2e::list::first_page`.
fn test() -> String {
    let program = env::current_exe().unwrap_or_default();
    let stem = program.file_stem().unwrap_or_default().to_string_lossy();
    // Cargo adds a hash: `e2e-8f3c2a90d1b7e645`.
    let binary = stem.rsplit_once('-').map_or(&*stem, |(name, _)| name);
    let thread = thread::current();
    format!("{binary}::{}", thread.name().unwrap_or("?"))
}

/// Adds a line, in one write: tests are processes of their own, and run at the same time.
fn add(list: &Path, test: &str, reason: &str) -> io::Result<()> {
    let mut list = File::options().create(true).append(true).open(list)?;
    list.write_all(format!("{test}\t{reason}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{tree, workspace};

    #[test]
    fn a_line_for_each() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list");
        add(&list, &test(), "no moon").unwrap();
        add(&list, "e2e::second", "no sun").unwrap();
        assert_eq!(
            fs::read_to_string(list).unwrap(),
            "umbel_tests::skipped::tests::a_line_for_each\tno moon\ne2e::second\tno sun\n"
        );
    }

    /// Nobody says it without being counted.
    #[test]
    fn said_here_alone() {
        let said = format!("\"{}: ", "skipped");
        let files = tree::files(&workspace::root().join("tests"));
        let sources = files.iter().filter(|file| {
            file.extension().is_some_and(|end| end == "rs") && !file.ends_with("skipped.rs")
        });
        for source in sources {
            let text = fs::read_to_string(source).unwrap();
            assert!(!text.contains(&said), "{}", source.display());
        }
    }
}
