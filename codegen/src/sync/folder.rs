//! An application's folder: what a sync reads of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::write::Tree;

/// The folder of an application.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
}

/// Why a folder is no application's, or cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    #[error("`{0}` is not the folder of an application: it has no `.umbel/schema.lock`")]
    NoApplication(PathBuf),
    #[error("cannot read `{path}`: {error}")]
    Read { path: PathBuf, error: io::Error },
    #[error("`{0}` is not UTF-8")]
    NoText(PathBuf),
}

impl Folder {
    /// The folder, if an application lies in it.
    pub(crate) fn open(root: &Path) -> Result<Self, FolderError> {
        if !root.join(".umbel/schema.lock").is_file() {
            return Err(FolderError::NoApplication(root.to_owned()));
        }
        let root = root.canonicalize().map_err(|error| FolderError::Read {
            path: root.to_owned(),
            error,
        })?;
        Ok(Self { root })
    }

    /// The folder's own name.
    pub(crate) fn name(&self) -> String {
        let name = self.root.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// What a file holds; none where there is no file.
    pub(crate) fn read(&self, path: &str) -> Result<Option<Arc<[u8]>>, FolderError> {
        let path = self.root.join(path);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(FolderError::Read { path, error }),
        }
    }

    /// Likewise, of a file that must be text.
    pub(crate) fn read_text(&self, path: &str) -> Result<Option<String>, FolderError> {
        let bytes = self.read(path)?;
        let text = bytes.map(|bytes| String::from_utf8(bytes.to_vec()));
        text.transpose()
            .map_err(|_| FolderError::NoText(self.root.join(path)))
    }

    /// What was emitted last time, as it is kept in `.umbel/base`.
    pub(crate) fn base(&self) -> Result<Tree, FolderError> {
        let mut tree = Tree::new();
        for path in self.files_below(".umbel/base")? {
            let text = self.read_text(&format!(".umbel/base/{path}"))?;
            tree.extend(text.map(|text| (path, without_markers(&text).into())));
        }
        Ok(tree)
    }

    /// The files below a folder, by their paths from there; none where there is no such folder.
    pub(crate) fn files_below(&self, folder: &str) -> Result<Vec<String>, FolderError> {
        let mut files = Vec::new();
        let mut open = vec![String::new()];
        while let Some(below) = open.pop() {
            let path = self.root.join(folder).join(&below);
            let entries = match fs::read_dir(&path) {
                Ok(entries) => entries,
                Err(error) if is_absent(&error) => continue,
                Err(error) => return Err(FolderError::Read { path, error }),
            };
            for entry in entries {
                let read = |error| FolderError::Read {
                    path: path.clone(),
                    error,
                };
                let entry = entry.map_err(read)?;
                let name = entry.file_name();
                let name = name
                    .to_str()
                    .ok_or_else(|| FolderError::NoText(entry.path()))?;
                let name = match below.as_str() {
                    "" => name.to_owned(),
                    below => format!("{below}/{name}"),
                };
                if entry.file_type().map_err(read)?.is_dir() {
                    open.push(name);
                } else {
                    files.push(name);
                }
            }
        }
        files.sort();
        Ok(files)
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// The text without the markers of a conflict of git, with the lines of our side.
fn without_markers(text: &str) -> String {
    if !text.contains("<<<<<<< ") {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut ours = true;
    for line in text.split_inclusive('\n') {
        match line.get(..7) {
            Some("<<<<<<<" | ">>>>>>>") => ours = true,
            Some("|||||||" | "=======") => ours = false,
            _ if ours => kept.push_str(line),
            _ => {}
        }
    }
    kept
}
