//! The files below a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder, sorted; none when there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Everything in a folder: each file by its path from there, and each empty folder as one that ends in a slash.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut contents = BTreeMap::new();
    collect(folder, String::new(), &mut contents);
    contents
}

fn collect(folder: &Path, prefix: String, contents: &mut BTreeMap<String, Vec<u8>>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut empty = true;
    for entry in entries {
        let path = entry.expect("an entry can be read").path();
        let name = format!(
            "{prefix}{}",
            path.file_name()
                .expect("an entry has a name")
                .to_string_lossy()
        );
        if path.is_dir() {
            collect(&path, format!("{name}/"), contents);
        } else {
            contents.insert(name, fs::read(&path).expect("a file can be read"));
        }
        empty = false;
    }
    if empty && !prefix.is_empty() {
        contents.insert(prefix, Vec::new());
    }
}
