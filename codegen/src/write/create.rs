//! Writes the folder of a new application.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
#[cfg(unix)]
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::leftovers;

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

/// A new application while its files come, beside the folder that it is to be: a killed run leaves no half of one there.
/// Dropped before it is finished, nothing is left of it.
#[derive(Debug)]
pub(crate) struct Draft {
    folder: PathBuf,
    staging: PathBuf,
    /// Tells other runs that somebody works at it, from the first file on.
    held: OnceLock<Option<File>>,
}

impl Draft {
    /// Finds out where the files go; nothing is written yet.
    pub(crate) fn of(folder: &Path) -> Result<Self, CreateError> {
        ensure_vacant(folder)?;
        let draft = Self {
            folder: folder.to_owned(),
            staging: staging_folder(folder),
            held: OnceLock::new(),
        };
        draft.discard();
        let parent = draft
            .staging
            .parent()
            .filter(|parent| *parent != Path::new(""));
        leftovers::remove(parent.unwrap_or(Path::new(".")), &staging_names(folder));
        Ok(draft)
    }

    /// Writes a file, by its path from the folder. Several threads may write at once.
    pub(crate) fn add(&self, path: &str, content: &str) -> Result<(), CreateError> {
        self.add_by(path, |path| fs::write(path, content))
    }

    /// Writes a file that nobody else may read, as long as it is there.
    pub(crate) fn add_secret(&self, path: &str, content: &str) -> Result<(), CreateError> {
        self.add_by(path, |path| {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            options.mode(0o600);
            options.open(path)?.write_all(content.as_bytes())
        })
    }

    fn add_by(
        &self,
        path: &str,
        write: impl Fn(&Path) -> io::Result<()>,
    ) -> Result<(), CreateError> {
        self.held.get_or_init(|| {
            // Why it cannot be made is said where the file is written.
            fs::create_dir_all(&self.staging).ok()?;
            leftovers::hold(&self.staging)
        });
        let path = self.staging.join(path);
        let written = match write(&path) {
            // Most files lie beside another one.
            Err(error) if error.kind() == io::ErrorKind::NotFound => path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| write(&path)),
            written => written,
        };
        written.map_err(|error| CreateError::Write { path, error })
    }

    /// Puts the folder in its place.
    pub(crate) fn finish(self) -> Result<(), CreateError> {
        ensure_vacant(&self.folder)?;
        fs::rename(&self.staging, &self.folder).map_err(|error| CreateError::Write {
            path: self.folder.clone(),
            error,
        })
    }

    /// Removes the files, or those that a killed run of the same number left.
    fn discard(&self) {
        // Mostly there are none; and the first error is the one to report: what cannot be removed does no harm.
        drop(fs::remove_dir_all(&self.staging));
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.discard();
    }
}

/// Checks that the folder is free to be made: it does not exist, or is empty.
fn ensure_vacant(folder: &Path) -> Result<(), CreateError> {
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

/// `shop` → `.shop.umbel-4711`, in the same folder, so that a rename moves it.
fn staging_folder(folder: &Path) -> PathBuf {
    let names = staging_names(folder);
    folder.with_file_name(format!("{names}{}", std::process::id()))
}

/// How the names of all such folders begin.
fn staging_names(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.umbel-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What lies in a folder.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn nothing_is_there_before_all_is() {
        let parent = tempfile::tempdir().unwrap();
        let shop = parent.path().join("shop");
        let draft = Draft::of(&shop).unwrap();
        draft.add_emitted("src/film/mod.rs", "mod model;").unwrap();
        draft.add_lock("{}").unwrap();
        assert!(!shop.exists());
        draft.finish().unwrap();
        assert_eq!(names(parent.path()), ["shop"]);
        for file in ["src/film/mod.rs", ".umbel/base/src/film/mod.rs"] {
            assert_eq!(fs::read_to_string(shop.join(file)).unwrap(), "mod model;");
        }
        assert_eq!(
            fs::read_to_string(shop.join(".umbel/schema.lock")).unwrap(),
            "{}"
        );
    }

    #[test]
    fn nothing_is_left_where_a_file_cannot_be_written() {
        let parent = tempfile::tempdir().unwrap();
        let draft = Draft::of(&parent.path().join("shop")).unwrap();
        draft.add("src", "a file").unwrap();
        assert!(draft.add("src/film/mod.rs", "mod model;").is_err());
        drop(draft);
        assert!(names(parent.path()).is_empty());
    }

    #[test]
    fn nothing_is_overwritten_that_came_meanwhile() {
        let parent = tempfile::tempdir().unwrap();
        let shop = parent.path().join("shop");
        let draft = Draft::of(&shop).unwrap();
        draft.add("src/film/mod.rs", "mod model;").unwrap();
        fs::create_dir(&shop).unwrap();
        fs::write(shop.join("mine"), "mine").unwrap();
        assert!(draft.finish().is_err());
        assert_eq!(names(&shop), ["mine"]);
        assert_eq!(names(parent.path()), ["shop"]);
    }

    #[test]
    fn what_a_killed_run_left_is_no_part_of_it() {
        let parent = tempfile::tempdir().unwrap();
        let shop = parent.path().join("shop");
        fs::create_dir(staging_folder(&shop)).unwrap();
        fs::write(staging_folder(&shop).join("half"), "half").unwrap();
        fs::create_dir(parent.path().join(".shop.umbel-other")).unwrap();
        let draft = Draft::of(&shop).unwrap();
        draft.add("whole", "whole").unwrap();
        draft.finish().unwrap();
        assert_eq!(names(&shop), ["whole"]);
        assert_eq!(names(parent.path()), ["shop"]);
    }
}
