//! Real schemas that packages of Debian bring along: more strangers than the corpus has, fetched when they are asked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{process, skipped, workspace};

/// A schema within a package.
#[derive(Debug, Clone, Copy)]
pub struct Packaged {
    pub package: &'static str,
    /// Where the package would install it; what ends in `.gz` is unpacked.
    pub path: &'static str,
}

impl Packaged {
    /// The file, fetched once, or `None`, said aloud, on a machine that is not Debian's.
    pub fn find(self) -> Option<PathBuf> {
        let apt = process::finish(Command::new("sh").args(["-c", "command -v apt-get dpkg-deb"]));
        if apt.code != Some(0) {
            skipped::because("no apt-get and dpkg-deb to fetch packages of Debian with");
            return None;
        }
        let folder = workspace::scratch("debian");
        let _fetching = workspace::lock(&folder.join("fetching"));
        let unpacked = folder.join(self.package);
        if !unpacked.is_dir() {
            fetch(self.package, &folder, &unpacked);
        }
        Some(plain(&unpacked.join(self.path.trim_start_matches('/'))))
    }
}

/// Downloads a package, and unpacks it without installing it.
fn fetch(package: &str, folder: &Path, unpacked: &Path) {
    let download = tempfile::tempdir_in(folder).expect("a folder within the target folder");
    process::succeed(
        Command::new("apt-get")
            .args(["download", "--quiet", package])
            .current_dir(download.path()),
    );
    let mut files = fs::read_dir(download.path()).expect("the folder was just made");
    let file = files.next().expect("apt-get downloads a file");
    let archive = file.expect("the folder is read").path();
    let partial = download.path().join("unpacked");
    process::succeed(
        Command::new("dpkg-deb")
            .arg("--extract")
            .args([&archive, &partial]),
    );
    fs::rename(&partial, unpacked).unwrap_or_else(|error| panic!("{package}: {error}"));
}

/// The file itself, or what its compressed form holds.
fn plain(file: &Path) -> PathBuf {
    if file.extension().is_none_or(|extension| extension != "gz") {
        return file.to_owned();
    }
    let plain = file.with_extension("");
    if !plain.exists() {
        process::succeed(
            Command::new("gzip")
                .args(["--decompress", "--keep"])
                .arg(file),
        );
    }
    plain
}
