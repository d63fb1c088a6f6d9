//! `.umbel/local/conflicts`: the versions of each file that could not be merged, beside each other.

use std::sync::Arc;

use super::folder::{Folder, FolderError};

/// Where the versions lie.
const FOLDER: &str = ".umbel/local/conflicts";

/// The names of the versions' files, without the extension.
const VERSIONS: [&str; 4] = ["base", "ours", "theirs", "merged"];

/// Likewise that of the attempt as it was made, which tells what a person did since.
const ATTEMPT: &str = ".attempt";

/// Likewise that of the path at which a file is emitted that a person moved.
const EMITTED: &str = ".emitted";

/// A file whose edits stand against what is emitted now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) path: String,
    /// Where the file is emitted.
    pub(crate) emitted: String,
    pub(crate) base: Arc<[u8]>,
    pub(crate) ours: Arc<[u8]>,
    pub(crate) theirs: Arc<[u8]>,
    /// The attempt, with markers where both sides changed the same.
    pub(crate) merged: Arc<[u8]>,
    /// The same as it was made.
    pub(crate) attempt: Option<Arc<[u8]>>,
}

impl Conflict {
    /// The files of the conflict, by path.
    pub(crate) fn files(&self) -> Vec<(String, Arc<[u8]>)> {
        let versions = [&self.base, &self.ours, &self.theirs, &self.merged];
        let versions = VERSIONS.into_iter().zip(versions.map(Arc::clone));
        let attempt = self.attempt.iter().cloned();
        let attempt = attempt.map(|attempt| (ATTEMPT, attempt));
        let emitted = (self.emitted != self.path).then(|| Arc::from(self.emitted.as_bytes()));
        let emitted = emitted.map(|emitted| (EMITTED, emitted));
        versions
            .chain(attempt)
            .chain(emitted)
            .map(|(version, bytes)| (file(&self.path, version), bytes))
            .collect()
    }

    /// What a person made of the attempt; none where it is as it was made.
    pub(crate) fn work(&self) -> Option<&Arc<[u8]>> {
        Some(&self.merged).filter(|merged| self.attempt.as_ref() != Some(*merged))
    }

    /// Reads an open conflict back; none where the file has none.
    pub(crate) fn read(folder: &Folder, path: &str) -> Result<Option<Self>, FolderError> {
        let mut versions = Vec::new();
        for version in VERSIONS {
            match folder.read(&file(path, version))? {
                Some(bytes) => versions.push(bytes),
                None => return Ok(None),
            }
        }
        let mut versions = versions.into_iter();
        let mut next = || versions.next().unwrap_or_default();
        Ok(Some(Self {
            path: path.to_owned(),
            emitted: folder
                .read_text(&file(path, EMITTED))?
                .unwrap_or_else(|| path.to_owned()),
            base: next(),
            ours: next(),
            theirs: next(),
            merged: next(),
            attempt: folder.read(&file(path, ATTEMPT))?,
        }))
    }

    /// Whether it is about the same versions, whatever became of the attempt.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.base == other.base && self.ours == other.ours && self.theirs == other.theirs
    }
}

/// The paths of the files with an open conflict.
pub(crate) fn open_conflicts(folder: &Folder) -> Result<Vec<String>, FolderError> {
    let files = folder.files_below(FOLDER)?;
    let paths = files.iter().filter_map(|file| {
        let (path, version) = file.rsplit_once('/')?;
        version.starts_with("theirs").then(|| path.to_owned())
    });
    Ok(paths.collect())
}

/// `.umbel/local/conflicts/src/film/views.rs/merged.rs`: with the extension, so that an editor knows what it is.
fn file(path: &str, version: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((_, extension)) => format!("{FOLDER}/{path}/{version}.{extension}"),
        None => format!("{FOLDER}/{path}/{version}"),
    }
}
