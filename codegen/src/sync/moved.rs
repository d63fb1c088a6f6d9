//! Emitted files that a person moved: found again by what is in them and in no other emitted file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ending::plain;
use super::{Folder, FolderError};
use crate::write::Tree;

/// Where each of the missing files lies now, by where it was emitted; `is_emitted` tells the paths that are a file's own.
pub(crate) fn find(
    folder: &Folder,
    missing: &BTreeSet<&str>,
    base: &Tree,
    is_emitted: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, String>, FolderError> {
    if missing.is_empty() {
        return Ok(BTreeMap::new());
    }
    let tops = base.keys().filter_map(|path| path.split_once('/'));
    let tops: BTreeSet<&str> = tops.map(|(top, _)| top).collect();
    let mut candidates = Vec::new();
    for top in tops {
        for path in folder.files_below(top)? {
            let path = format!("{top}/{path}");
            if is_emitted(&path)
                || !missing
                    .iter()
                    .any(|missing| extension(missing) == extension(&path))
            {
                continue;
            }
            let bytes = folder.read(&path)?.unwrap_or_default();
            if let Ok(text) = std::str::from_utf8(&bytes) {
                candidates.push((path, Arc::from(plain(text))));
            }
        }
    }
    Ok(assigned(missing, base, &candidates))
}

/// The best pairs first: a file lies in one place, and a place holds one file.
fn assigned(
    missing: &BTreeSet<&str>,
    base: &Tree,
    candidates: &[(String, Arc<str>)],
) -> BTreeMap<String, String> {
    if candidates.is_empty() {
        return BTreeMap::new();
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for text in base.values() {
        for line in lines(text) {
            *seen.entry(line).or_default() += 1;
        }
    }
    let mut pairs = Vec::new();
    for &path in missing {
        let text = &base[path];
        let own: BTreeSet<&str> = lines(text)
            .into_iter()
            .filter(|line| seen[line] == 1)
            .collect();
        for (place, found) in candidates {
            if extension(place) != extension(path) {
                continue;
            }
            let has = lines(found);
            let shared = own.iter().filter(|line| has.contains(**line)).count();
            // Half of what is its own; a person may have done anything to the rest.
            if found == text || shared > 0 && shared * 2 >= own.len() {
                pairs.push((found == text, shared, path, place));
            }
        }
    }
    pairs.sort_by(|a, b| (b.0, b.1, a.2, a.3).cmp(&(a.0, a.1, b.2, b.3)));
    let mut places = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, _, path, place) in pairs {
        if !places.contains_key(path) && taken.insert(place) {
            places.insert(path.to_owned(), place.clone());
        }
    }
    places
}

/// The lines of a text that say something.
fn lines(text: &str) -> BTreeSet<&str> {
    const SHORT: usize = 4;
    let lines = text.lines().map(str::trim);
    lines.filter(|line| line.len() > SHORT).collect()
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILM: &str =
        "use umbel::Result;\n\npub struct Film;\n\npub fn film() -> Result<()> {\n    Ok(())\n}\n";
    const ACTOR: &str = "use umbel::Result;\n\npub struct Actor;\n\npub fn actor() -> Result<()> {\n    Ok(())\n}\n";

    #[track_caller]
    fn check(missing: &[&str], candidates: &[(&str, &str)], expect: &[(&str, &str)]) {
        let base: Tree = [("src/film/a.rs", FILM), ("src/actor/a.rs", ACTOR)]
            .map(|(path, text)| (path.to_owned(), Arc::from(text)))
            .into();
        let candidates: Vec<_> = candidates
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Arc::from(*text)))
            .collect();
        let found = assigned(&missing.iter().copied().collect(), &base, &candidates);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(from, to)| (from.as_str(), to.as_str()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_file_is_what_it_alone_holds() {
        let both = ["src/actor/a.rs", "src/film/a.rs"];
        let edited = FILM.replace("Ok(())", "todo!()");
        check(
            &both,
            &[("src/b.rs", FILM)],
            &[("src/film/a.rs", "src/b.rs")],
        );
        check(
            &both,
            &[("src/b.rs", &edited)],
            &[("src/film/a.rs", "src/b.rs")],
        );
        check(
            &both,
            &[("src/b.rs", ACTOR), ("src/c.rs", &edited)],
            &[
                ("src/actor/a.rs", "src/b.rs"),
                ("src/film/a.rs", "src/c.rs"),
            ],
        );
        // What all files hold makes none of them.
        check(&both, &[("src/b.rs", "use umbel::Result;\n")], &[]);
        // A copy of another file is not this one.
        check(&["src/actor/a.rs"], &[("src/b.rs", FILM)], &[]);
        check(&["src/film/a.rs"], &[("templates/b.html", FILM)], &[]);
    }
}
