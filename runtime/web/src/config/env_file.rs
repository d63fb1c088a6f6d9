//! The file `.env`: variables that are kept out of what is shared. Nothing of it is ever repeated.

use std::fs;
use std::io;
use std::path::PathBuf;

/// The file `.env` of this folder, or of the nearest one above it.
#[derive(Debug, Clone)]
pub struct EnvFile {
    /// Where it is.
    pub path: PathBuf,
}

impl EnvFile {
    /// The nearest one.
    pub fn find() -> Option<Self> {
        let here = std::env::current_dir().ok()?;
        let mut paths = here.ancestors().map(|folder| folder.join(".env"));
        let path = paths.find(|path| path.is_file())?;
        Some(Self { path })
    }

    /// What it says of a variable, unless that is nothing.
    pub fn variable(&self, name: &str) -> Option<String> {
        let lines = dotenvy::from_path_iter(&self.path).ok()?;
        let mut said = lines.filter_map(Result::ok);
        let (_, value) = said.find(|(key, value)| key == name && !value.is_empty())?;
        Some(value)
    }

    /// How many of its lines say nothing that is understood.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn unread_lines(&self) -> io::Result<usize> {
        let text = fs::read_to_string(&self.path)?;
        let lines = dotenvy::from_read_iter(text.as_bytes());
        Ok(lines.filter(Result::is_err).count())
    }

    /// Whether others than its owner may read it, or do more.
    #[cfg(unix)]
    pub fn is_open_to_others(&self) -> bool {
        use std::os::unix::fs::PermissionsExt;

        let metadata = fs::metadata(&self.path);
        metadata.is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
    }

    /// Whether others than its owner may read it, which is known on Unix alone.
    #[cfg(not(unix))]
    pub fn is_open_to_others(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_says() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, "A=1\nwhat is this\nB=\nexport C='x y'\nD=\"open\n").unwrap();
        let file = EnvFile { path };
        let of = |name: &str| file.variable(name);
        assert_eq!(of("A").as_deref(), Some("1"));
        assert_eq!(of("B"), None);
        assert_eq!(of("C").as_deref(), Some("x y"));
        assert_eq!(file.unread_lines().unwrap(), 2);
        let gone = folder.path().join("gone");
        assert!(EnvFile { path: gone }.unread_lines().is_err());
    }

    #[cfg(unix)]
    #[test]
    fn who_may_read_it() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, "").unwrap();
        let file = EnvFile { path };
        for (mode, is_open) in [(0o600, false), (0o640, true), (0o604, true), (0o400, false)] {
            fs::set_permissions(&file.path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(file.is_open_to_others(), is_open, "{mode:o}");
        }
    }
}
