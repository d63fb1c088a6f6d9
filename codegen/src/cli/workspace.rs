//! The cargo workspace around an application, if it counts the application among its members.

use std::fs;
use std::path::{Component, Path};

use toml_edit::Document;

use crate::plan::glob;

/// Whether the nearest workspace above a folder names it among its members.
pub(super) fn is_member(dir: &Path) -> std::io::Result<bool> {
    let dir = std::path::absolute(dir)?;
    for root in dir.ancestors().skip(1) {
        let Ok(text) = fs::read_to_string(root.join("Cargo.toml")) else {
            continue;
        };
        let Ok(manifest) = Document::parse(text) else {
            continue;
        };
        let Some(workspace) = manifest.get("workspace") else {
            continue;
        };
        let members = workspace.get("members").and_then(|item| item.as_array());
        let patterns = members.into_iter().flatten();
        let mut patterns = patterns.filter_map(|pattern| pattern.as_str());
        return Ok(patterns.any(|pattern| matches(pattern, root, &dir)));
    }
    Ok(false)
}

/// `generated/*` names `generated/newsroom`, and nothing below it.
fn matches(pattern: &str, root: &Path, dir: &Path) -> bool {
    let Ok(path) = dir.strip_prefix(root) else {
        return false;
    };
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<_> = path
        .iter()
        .filter_map(|component| component.to_str())
        .collect();
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(path)
            .all(|(pattern, component)| glob(pattern, component))
}

/// The way from one folder to another: `/a/b` → `/a/c/d` is `../c/d`.
pub(super) fn relative(from: &Path, to: &Path) -> std::io::Result<String> {
    let (from, to) = (std::path::absolute(from)?, std::path::absolute(to)?);
    let shared = from
        .components()
        .zip(to.components())
        .take_while(|(from, to)| from == to)
        .count();
    let up = from.components().skip(shared).map(|_| "..".into());
    let down = to.components().skip(shared).map(Component::as_os_str);
    let parts: Vec<_> = up.chain(down.map(|part| part.to_string_lossy())).collect();
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let manifest = "[workspace]\nmembers = [\"tools\", \"generated/*\"]\n";
        fs::write(root.join("Cargo.toml"), manifest).unwrap();
        let check = |dir: &str, expect| assert_eq!(is_member(&root.join(dir)).unwrap(), expect);
        check("tools", true);
        check("generated/newsroom", true);
        check("generated/a/b", false);
        check("shop", false);
    }

    #[test]
    fn ways() {
        let check = |from: &str, to: &str, expect| {
            assert_eq!(relative(Path::new(from), Path::new(to)).unwrap(), expect);
        };
        check("/a/b", "/a/c/d", "../c/d");
        check("/a/generated/newsroom", "/a/runtime", "../../runtime");
    }
}
