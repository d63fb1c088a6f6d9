//! What a run that was killed leaves behind, and how the next one knows it: nobody holds it any more.

use std::fs::{self, File, TryLockError};
use std::path::Path;

/// Holds a file or a folder as long as the result lives, whatever becomes of the run; nothing where the system cannot.
pub(crate) fn hold(path: &Path) -> Option<File> {
    let file = File::open(path).ok()?;
    file.try_lock().is_ok().then_some(file)
}

/// Removes what lies in a folder under names that begin so, as far as nobody holds it.
pub(crate) fn remove(folder: &Path, beginning: &str) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let is_one = entry.file_name().to_string_lossy().starts_with(beginning);
        let path = entry.path();
        if !is_one || is_held(&path) {
            continue;
        }
        // What cannot be removed does no harm.
        match path.is_dir() {
            true => drop(fs::remove_dir_all(&path)),
            false => drop(fs::remove_file(&path)),
        }
    }
}

fn is_held(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return true;
    };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_stays() {
        let parent = tempfile::tempdir().unwrap();
        let at = |name: &str| parent.path().join(name);
        for name in [".shop.umbel-1", ".shop.umbel-2", "shop"] {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join("file"), "text").unwrap();
        }
        let held = hold(&at(".shop.umbel-2"));
        assert!(held.is_some());
        remove(parent.path(), ".shop.umbel-");
        assert!(!at(".shop.umbel-1").exists());
        assert!(at(".shop.umbel-2").exists() && at("shop").exists());
        drop(held);
        remove(parent.path(), ".shop.umbel-");
        assert!(!at(".shop.umbel-2").exists() && at("shop").exists());
    }
}
