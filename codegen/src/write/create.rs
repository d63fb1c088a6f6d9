//! Writes the folder of a new application.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::Tree;

/// Why the folder could not be written; nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CreateError {
    #[error("`{0}` is not empty")]
    NotEmpty(PathBuf),
    #[error("`{0}` is not a folder")]
    NotAFolder(PathBuf),
    #[error("cannot write `{path}`: {error}")]
    Write { path: PathBuf, error: io::Error },
}

/// Checks that the folder is free to be made: it does not exist, or is empty.
pub(crate) fn ensure_vacant(folder: &Path) -> Result<(), CreateError> {
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(CreateError::NotEmpty(folder.to_owned())),
            None => Ok(()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(CreateError::NotAFolder(folder.to_owned()))
        }
        Err(error) => Err(CreateError::Write {
            path: folder.to_owned(),
            error,
        }),
    }
}

/// Writes the files beside the folder and then renames: a killed run leaves no half of an application.
pub(crate) fn create(folder: &Path, tree: &Tree) -> Result<(), CreateError> {
    ensure_vacant(folder)?;
    let staging = staging_folder(folder);
    let result = write_all(&staging, tree).and_then(|()| move_into_place(&staging, folder));
    if result.is_err() {
        // The first error is the one to report; a staging folder that cannot be removed does no harm.
        drop(fs::remove_dir_all(&staging));
    }
    result
}

/// `shop` → `.shop.umbel-4711`, in the same folder, so that a rename moves it.
fn staging_folder(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.umbel-{}", std::process::id()))
}

/// Makes each folder once, and then writes the files on every processor.
fn write_all(staging: &Path, tree: &Tree) -> Result<(), CreateError> {
    let folders: BTreeSet<&Path> = tree
        .keys()
        .filter_map(|path| Path::new(path).parent())
        .collect();
    for folder in folders {
        let path = staging.join(folder);
        fs::create_dir_all(&path).map_err(|error| CreateError::Write { path, error })?;
    }
    let files: Vec<(&String, &Arc<str>)> = tree.iter().collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((path, content)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let path = staging.join(path);
            fs::write(&path, content.as_bytes())
                .map_err(|error| CreateError::Write { path, error })?;
        }
        Ok(())
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut done = workers.into_iter().map(|worker| worker.join());
        done.try_for_each(|done| done.expect("writing does not panic"))
    })
}

fn move_into_place(staging: &Path, folder: &Path) -> Result<(), CreateError> {
    fs::rename(staging, folder).map_err(|error| CreateError::Write {
        path: folder.to_owned(),
        error,
    })
}
