//! Files that cannot be read, and what is said about them.

use std::fs;
use std::path::Path;

use umbel_schema::sqlite::{self, Error};

use crate::file::File;

#[track_caller]
fn check(path: &Path, is: fn(&Error) -> bool, words: &str) {
    let error = sqlite::read(path).unwrap_err();
    assert!(is(&error), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains(words) && text.contains(path.to_str().unwrap()),
        "{text}"
    );
}

#[test]
fn no_file_and_no_database() {
    let folder = tempfile::tempdir().unwrap();
    check(
        &folder.path().join("shop.db"),
        |e| matches!(e, Error::Missing(_)),
        "no file",
    );
    check(folder.path(), |e| matches!(e, Error::Folder(_)), "folder");

    let text = folder.path().join("schema.sql");
    fs::write(&text, "CREATE TABLE größe (a INT);\n".repeat(40)).unwrap();
    check(&text, |e| matches!(e, Error::Text(_)), "text file");

    // The pages of an encrypted file look like this.
    let noise: Vec<u8> = (0..4096_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let encrypted = folder.path().join("secret.db");
    fs::write(&encrypted, noise).unwrap();
    check(
        &encrypted,
        |e| matches!(e, Error::NotADatabase(_)),
        "encrypted",
    );

    let empty = folder.path().join("empty.db");
    fs::write(&empty, "").unwrap();
    check(&empty, |e| matches!(e, Error::Empty(_)), "no tables");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_damaged_file() {
    let file = File::with("CREATE TABLE t (a INT); INSERT INTO t VALUES (1)");
    let mut bytes = fs::read(&file.path).unwrap();
    bytes[100..4000].fill(0xff);
    fs::write(&file.path, bytes).unwrap();
    check(
        &file.path,
        |e| matches!(e, Error::Damaged { .. }),
        "damaged",
    );
}

#[test]
fn a_locked_file() {
    let file = File::with("CREATE TABLE t (a INT)");
    let writer = rusqlite::Connection::open(&file.path).unwrap();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    check(&file.path, |e| matches!(e, Error::Locked(_)), "locked");
}

#[test]
fn a_read_only_file_is_read() {
    let file = File::with("PRAGMA journal_mode = WAL; CREATE TABLE t (a INT)");
    let mut permissions = fs::metadata(&file.path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file.path, permissions).unwrap();
    assert_eq!(sqlite::read(&file.path).unwrap().relations.len(), 1);
    assert!(file.folder.path().exists());
}
