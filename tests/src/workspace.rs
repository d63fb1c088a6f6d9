//! Where things lie in the checkout.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace")
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// A folder below the target folder, made if it is missing.
pub fn scratch(name: &str) -> PathBuf {
    let folder = target().join(name);
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    folder
}

/// The file at `path`, locked for this process alone until it is dropped.
pub fn lock(path: &Path) -> File {
    let file = lock_file(path);
    file.lock()
        .unwrap_or_else(|error| panic!("lock {}: {error}", path.display()));
    file
}

/// The file at `path`, locked together with every other process that asks for it so.
pub fn lock_shared(path: &Path) -> File {
    let file = lock_file(path);
    file.lock_shared()
        .unwrap_or_else(|error| panic!("lock {}: {error}", path.display()));
    file
}

fn lock_file(path: &Path) -> File {
    let opened = File::options().create(true).append(true).open(path);
    opened.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
