//! `umbel diff`: what people changed against what was emitted.

use std::path::PathBuf;
use std::process::ExitCode;

use anstream::{print, println};
use clap::Args;

use super::project::{Place, layout};
use super::report::Failure;
use crate::sync::plain;
use crate::write::Transaction;

/// Show what was edited since it was emitted
#[derive(Debug, Args)]
pub(crate) struct Diff {
    #[command(flatten)]
    place: Place,

    /// Only these files or folders
    paths: Vec<PathBuf>,

    /// Only the names of the files
    #[arg(long)]
    name_only: bool,
}

impl Diff {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let folder = self.place.open()?;
        Transaction::begin(&folder.root)?;
        let paths = self.paths.iter().map(|path| folder.within(path));
        let paths: Vec<String> = paths.collect();
        let is_chosen = |path: &str| {
            let within = |chosen: &String| {
                let rest = path.strip_prefix(chosen.trim_end_matches('/'));
                chosen.is_empty()
                    || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            paths.is_empty() || paths.iter().any(within)
        };
        let layout = layout(&folder)?;
        for (path, base) in folder.base()? {
            if !is_chosen(&path) {
                continue;
            }
            let ours = folder.read(&path)?;
            let ours = ours.map(|bytes| plain(&String::from_utf8_lossy(&bytes)).into_owned());
            let text = ours.as_deref().unwrap_or_default();
            if layout.is_same(&path, &base, text) {
                continue;
            }
            let base = layout.printed(&path, &base);
            if self.name_only {
                println!("{}", folder.shown(&path));
                continue;
            }
            let mut options = diffy::DiffOptions::new();
            options
                .set_original_filename(format!("a/{path}"))
                .set_modified_filename(match ours {
                    Some(_) => format!("b/{path}"),
                    None => "/dev/null".to_owned(),
                });
            print!("{}", options.create_patch(&base, text));
        }
        Ok(ExitCode::SUCCESS)
    }
}
