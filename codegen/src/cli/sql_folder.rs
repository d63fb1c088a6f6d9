//! A folder of SQL files, with all below it that may tell which tool wrote them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use umbel_schema::sql::SqlFile;
use umbel_schema::sql::tools::{self, Folder};

/// Folders in folders are looked through so far.
const DEEPEST: usize = 8;

/// A file of a tool's that says more than this is none.
const LARGEST_TRACE: u64 = 1 << 20;

/// Everything below a folder that may tell what it is; hidden folders and those of packages are no part of it.
pub(super) fn read(path: &Path) -> std::io::Result<Folder> {
    let path = match path.as_os_str().is_empty() {
        true => Path::new("."),
        false => path,
    };
    let mut folder = Folder {
        path: path.canonicalize()?.to_string_lossy().into_owned(),
        files: BTreeMap::new(),
    };
    gather(path, "", 0, &mut folder)?;
    Ok(folder)
}

fn gather(path: &Path, prefix: &str, depth: usize, folder: &mut Folder) -> std::io::Result<()> {
    const PACKAGES: [&str; 4] = ["node_modules", "target", "vendor", "__pycache__"];
    let read = match depth {
        0 => fs::read_dir(path)?,
        // What may not be looked into is no migration.
        _ => match fs::read_dir(path) {
            Ok(read) => read,
            Err(_) => return Ok(()),
        },
    };
    for entry in read {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let own = format!("{prefix}{name}");
        let path = entry.path();
        if path.is_dir() {
            if depth < DEEPEST && !name.starts_with('.') && !PACKAGES.contains(&name.as_str()) {
                gather(&path, &format!("{own}/"), depth + 1, folder)?;
            }
            continue;
        }
        let is_small = || {
            entry
                .metadata()
                .is_ok_and(|metadata| metadata.len() <= LARGEST_TRACE)
        };
        let looks = tools::is_looked_into(&name) && (is_sql(&name) || is_small());
        let text = match looks {
            true => fs::read(&path)
                .map(|bytes| text(&name, &bytes))
                .unwrap_or_default(),
            false => String::new(),
        };
        folder.files.insert(own, text);
    }
    Ok(())
}

/// What of a file tells the tool, whatever it is encoded in.
fn text(name: &str, bytes: &[u8]) -> String {
    match SqlFile::from_bytes(name, bytes) {
        Ok(file) => file.text,
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

pub(super) fn is_sql(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("sql"))
}
