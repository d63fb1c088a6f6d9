//! An application's folder: what a sync reads of it.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::ending::plain;
use crate::write::Tree;

/// The folder of an application.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    /// Where the person stands: the folder itself, or one within it.
    stand: PathBuf,
}

/// Why a folder is no application's, or cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    #[error(
        "`{0}` lies in no application: neither it nor a folder above it has a `.umbel/schema.lock`"
    )]
    NoApplication(PathBuf),
    #[error("cannot read `{path}`: {error}")]
    Read { path: PathBuf, error: io::Error },
    #[error("`{0}` is not UTF-8")]
    NoText(PathBuf),
}

impl Folder {
    /// The folder of the application in which another one lies: the nearest upward, as cargo finds its manifest.
    pub(crate) fn around(stand: &Path) -> Result<Self, FolderError> {
        let stand = stand.canonicalize().map_err(|error| FolderError::Read {
            path: stand.to_owned(),
            error,
        })?;
        let root = stand
            .ancestors()
            .find(|folder| folder.join(".umbel/schema.lock").is_file());
        match root.map(Path::to_owned) {
            Some(root) => Ok(Self { root, stand }),
            None => Err(FolderError::NoApplication(stand)),
        }
    }

    /// A path from the application's folder as the person sees it from where they stand: `src/film/views.rs` is
    /// `views.rs` in `src/film`, and `../language/views.rs` is its neighbour.
    pub(crate) fn shown(&self, path: &str) -> String {
        let down = self.stand.strip_prefix(&self.root);
        let down: Vec<_> = down.unwrap_or(Path::new("")).iter().collect();
        let parts: Vec<&str> = path.split('/').collect();
        let shared = down.iter().zip(&parts);
        let shared = shared
            .take_while(|(down, part)| down.to_str() == Some(part))
            .count();
        let up = down.iter().skip(shared).map(|_| "..");
        let way: Vec<&str> = up.chain(parts.into_iter().skip(shared)).collect();
        way.join("/")
    }

    /// The path from the application's folder of what is named by its path from where the person stands, or from the
    /// application's folder.
    pub(crate) fn within(&self, path: &Path) -> String {
        let mut from_stand = PathBuf::new();
        for part in self.stand.join(path).components() {
            match part {
                Component::ParentDir => drop(from_stand.pop()),
                Component::CurDir => {}
                part => from_stand.push(part),
            }
        }
        let real = path.canonicalize();
        let from_stand = from_stand
            .strip_prefix(&self.root)
            .or_else(|error| real.as_deref().map_err(|_| error)?.strip_prefix(&self.root));
        let is_there = |path: &Path| {
            let places = ["", ".umbel/base", ".umbel/local/conflicts"];
            places
                .iter()
                .any(|place| self.root.join(place).join(path).exists())
        };
        let within = match from_stand {
            Ok(within) if is_there(within) || !is_there(path) => within,
            _ => path,
        };
        let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
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

    /// Likewise, of a file that must be text; its lines end with `\n`.
    pub(crate) fn read_text(&self, path: &str) -> Result<Option<String>, FolderError> {
        let bytes = self.read(path)?;
        let text = bytes.as_deref().map(std::str::from_utf8).transpose();
        let text = text.map_err(|_| FolderError::NoText(self.root.join(path)))?;
        Ok(text.map(|text| plain(text).into_owned()))
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
