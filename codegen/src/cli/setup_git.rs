//! `umbel setup-git`: makes `umbel merge-file` the merge driver of a clone.

use std::env;
use std::process::ExitCode;

use anstream::println;
use clap::Args;

use super::git::Git;
use super::project::Place;
use super::report::Failure;

/// Let git merge the files of the application with `umbel merge-file`
#[derive(Debug, Args)]
pub(crate) struct SetupGit {
    #[command(flatten)]
    place: Place,
}

impl SetupGit {
    pub(crate) fn run(&self, quiet: bool) -> Result<ExitCode, Failure> {
        let folder = self.place.open()?;
        let Some(git) = Git::around(&folder.root) else {
            return Err(Failure::with_hint(
                format!("`{}` lies in no work tree of git", folder.root.display()),
                "`git init` makes one",
            ));
        };
        let driver = format!("{} merge-file %O %A %B --path %P", command());
        git.run(
            &[
                "config",
                "merge.umbel.name",
                "item by item, as `umbel sync`",
            ],
            b"",
        )?;
        git.run(&["config", "merge.umbel.driver", &driver], b"")?;
        if !quiet {
            println!(
                "git merges with `{driver}` what `.gitattributes` says: this is for this clone alone."
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// How a shell calls this program: by its name where that finds it, else by its path.
fn command() -> String {
    let this = env::current_exe().and_then(|path| path.canonicalize());
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path)
        .map(|folder| folder.join("umbel"))
        .find(|program| program.is_file());
    let found = found.and_then(|program| program.canonicalize().ok());
    match this {
        Ok(this) if found.as_ref() != Some(&this) => {
            format!("'{}'", this.to_string_lossy().replace('\'', "'\\''"))
        }
        _ => "umbel".to_owned(),
    }
}
