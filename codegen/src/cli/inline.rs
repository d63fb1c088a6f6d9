//! Conflicts as git knows them: markers in the file, and its versions as stages of the index.

use std::path::Path;

use super::git::Git;
use super::report::Failure;
use crate::sync::Conflict;

/// Puts the versions of files into git's index, so that an editor shows their conflicts; does nothing in a
/// folder that is no work tree of git.
pub(super) fn mark(root: &Path, conflicts: &[Conflict]) -> Result<(), Failure> {
    let Some(git) = Git::around(root) else {
        return Ok(());
    };
    let mut stages = String::new();
    for conflict in conflicts {
        let path = format!("{}{}", git.prefix, conflict.path);
        stages.push_str(&format!("0 {}\t{path}\n", "0".repeat(40)));
        let versions = [&conflict.base, &conflict.ours, &conflict.theirs];
        for (stage, bytes) in (1..).zip(versions) {
            let object = git.run(&["hash-object", "-w", "--stdin"], bytes)?;
            stages.push_str(&format!("100644 {} {stage}\t{path}\n", object.trim_end()));
        }
    }
    git.run(&["update-index", "--index-info"], stages.as_bytes())?;
    Ok(())
}
