//! A disk so small that it can be filled.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// Holds the disk until its input ends, however whoever has it ends.
const HOLD: &str = r#"
mount -t tmpfs -o "size=$2,mode=0777" tmpfs "$1" || exit 1
trap '' HUP INT TERM
echo mounted
cat >/dev/null
umount --lazy "$1"
"#;

/// A disk in memory, unmounted when it is dropped.
#[derive(Debug)]
pub struct Disk {
    folder: TempDir,
    holder: Child,
}

impl Disk {
    /// A disk of so many megabytes. Only root can have one, or who may become root without a password.
    pub fn of(megabytes: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let is_root = fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0);
        let mut command = match is_root {
            true => Command::new("sh"),
            false => {
                let mut sudo = Command::new("sudo");
                sudo.args(["--non-interactive", "sh"]);
                sudo
            }
        };
        command.args(["-c", HOLD, "disk"]).arg(folder.path());
        command.arg(format!("{megabytes}m"));
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut holder = command.spawn().expect("a shell");
        let mut said = String::new();
        let output = holder.stdout.take().expect("it is piped");
        BufReader::new(output).read_line(&mut said).expect("a line");
        assert_eq!(
            said.trim(),
            "mounted",
            "a disk of our own cannot be mounted"
        );
        Self { folder, holder }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the room that is left.
    pub fn fill(&self) {
        let mut file = File::create(self.filler()).expect("the disk is ours");
        // The last bytes, too.
        for part in [1 << 16, 1 << 12, 1] {
            let zeros = vec![0; part];
            let error = loop {
                if let Err(error) = file.write_all(&zeros) {
                    break error;
                }
            };
            assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{error}");
        }
    }

    /// Gives back the room that was taken.
    pub fn free(&self) {
        fs::remove_file(self.filler()).expect("it was filled");
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        // However it ends, the disk is no longer held.
        let _ = self.holder.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "root alone can mount a disk: tests/run --all"]
    fn filled_and_freed_and_gone() {
        let disk = Disk::of(1);
        let file = disk.path().join("file");
        disk.fill();
        let full = fs::write(&file, vec![0; 10_000]).unwrap_err();
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        disk.free();
        fs::write(&file, vec![0; 10_000]).unwrap();
        let path = disk.path().to_owned();
        drop(disk);
        assert!(!path.exists());
    }
}
