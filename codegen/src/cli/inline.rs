//! Conflicts as git knows them: markers in the file, and its versions as stages of the index.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::report::Failure;
use crate::sync::Conflict;

/// Puts the versions of files into git's index, so that an editor shows their conflicts; does nothing in a
/// folder that is no work tree of git.
pub(super) fn mark(root: &Path, conflicts: &[Conflict]) -> Result<(), Failure> {
    let Ok(prefix) = git(root, &["rev-parse", "--show-prefix"], b"") else {
        return Ok(());
    };
    let prefix = prefix.trim_end();
    let mut stages = String::new();
    for conflict in conflicts {
        let path = format!("{prefix}{}", conflict.path);
        stages.push_str(&format!("0 {}\t{path}\n", "0".repeat(40)));
        let versions = [&conflict.base, &conflict.ours, &conflict.theirs];
        for (stage, bytes) in (1..).zip(versions) {
            let object = git(root, &["hash-object", "-w", "--stdin"], bytes)?;
            stages.push_str(&format!("100644 {} {stage}\t{path}\n", object.trim_end()));
        }
    }
    git(root, &["update-index", "--index-info"], stages.as_bytes())?;
    Ok(())
}

/// What git answers.
fn git(root: &Path, arguments: &[&str], input: &[u8]) -> Result<String, Failure> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    let output = child.wait_with_output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let error = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Failure {
            messages: vec![format!("git: {error}")],
            hint: None,
        })
    }
}
