//! `.umbel/local/orphans`: what somebody wrote and the application has no place for any more. It is somebody's work, and
//! nothing there is ever overwritten.

/// Where it lies.
const FOLDER: &str = ".umbel/local/orphans";

/// Where to set the content of a file aside: `src/film/form.rs`, and `src/film/form.2.rs` where something else lies
/// there already; `is_free` says so of each place.
pub(crate) fn place<E>(path: &str, is_free: impl Fn(&str) -> Result<bool, E>) -> Result<String, E> {
    let mut number = 1;
    loop {
        let place = numbered(path, number);
        if is_free(&place)? {
            return Ok(place);
        }
        number += 1;
    }
}

/// The places that hold what was set aside of a file, the last first.
pub(crate) fn of<E>(
    path: &str,
    exists: impl Fn(&str) -> Result<bool, E>,
) -> Result<Vec<String>, E> {
    /// Somebody may have taken one away; nobody will have taken more in a row.
    const GAP: usize = 20;
    let mut found = Vec::new();
    let mut number = 1;
    let mut last = 0;
    while number <= last + GAP {
        let place = numbered(path, number);
        if exists(&place)? {
            found.push(place);
            last = number;
        }
        number += 1;
    }
    found.reverse();
    Ok(found)
}

fn numbered(path: &str, number: usize) -> String {
    if number == 1 {
        return format!("{FOLDER}/{path}");
    }
    let (folder, name) = match path.rsplit_once('/') {
        Some((folder, name)) => (format!("{folder}/"), name),
        None => (String::new(), path),
    };
    match name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        Some((stem, extension)) => format!("{FOLDER}/{folder}{stem}.{number}.{extension}"),
        None => format!("{FOLDER}/{folder}{name}.{number}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn nothing_is_set_aside_twice_in_one_place() {
        let mut taken = BTreeSet::new();
        for _ in 0..3 {
            for path in ["src/film/form.rs", ".env", "LICENSE"] {
                let free = |place: &str| Ok::<_, Infallible>(!taken.contains(place));
                let place = place(path, free).unwrap();
                taken.insert(place);
            }
        }
        assert_eq!(taken.len(), 9);
        let exists = |place: &str| Ok::<_, Infallible>(taken.contains(place));
        let found = of("src/film/form.rs", exists).unwrap();
        let expect = ["form.3.rs", "form.2.rs", "form.rs"];
        assert_eq!(
            found,
            expect.map(|name| format!("{FOLDER}/src/film/{name}"))
        );
    }
}
