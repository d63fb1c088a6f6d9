//! Files of passwords: `host:port:database:role:password`, a line each.

use std::fs;
use std::path::Path;

use crate::secret::Secret;

/// What the file has for a connection.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Password(Secret),
    Nothing,
    /// The file may not be used, and why.
    Ignored(String),
}

/// Looks a password up.
pub(crate) fn read(file: &Path, wanted: [&str; 4]) -> Found {
    let Ok(about) = fs::metadata(file) else {
        return Found::Nothing;
    };
    let name = file.display();
    if !about.is_file() {
        return Found::Ignored(format!(
            "the file of passwords {name} is no plain file, and is not read"
        ));
    }
    if is_open_to_others(&about) {
        return Found::Ignored(format!(
            "the file of passwords {name} is not read because others may read it: `chmod 600 {name}`"
        ));
    }
    match fs::read(file) {
        Ok(bytes) => match find(&String::from_utf8_lossy(&bytes), wanted) {
            Some(password) => Found::Password(Secret(password)),
            None => Found::Nothing,
        },
        Err(error) => Found::Ignored(format!(
            "the file of passwords {name} cannot be read: {}",
            error.kind()
        )),
    }
}

#[cfg(unix)]
fn is_open_to_others(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    about.mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &fs::Metadata) -> bool {
    false
}

/// The password of the first line that fits.
fn find(text: &str, wanted: [&str; 4]) -> Option<String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut found = lines.filter_map(|line| {
        let mut rest = line;
        for value in wanted {
            let (field, after) = field(rest)?;
            if rest[..rest.len() - after.len() - 1] != *"*" && field != value {
                return None;
            }
            rest = after;
        }
        Some(unescaped(rest))
    });
    found.next().filter(|password| !password.is_empty())
}

/// A field and what follows its colon.
fn field(text: &str) -> Option<(String, &str)> {
    let mut is_escaped = false;
    let end = text.find(|sign| {
        let ends = sign == ':' && !is_escaped;
        is_escaped = sign == '\\' && !is_escaped;
        ends
    })?;
    Some((unescaped(&text[..end]), &text[end + 1..]))
}

/// `a\:b\\c` → `a:b\c`.
fn unescaped(text: &str) -> String {
    let mut signs = text.chars();
    let mut plain = String::new();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => plain.extend(signs.next()),
            sign => plain.push(sign),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let wanted = ["db.example", "5432", "shop", "me"];
        assert_eq!(find(text, wanted).as_deref(), expect, "{text}");
    }

    #[test]
    fn first_line_that_fits() {
        check("db.example:5432:shop:me:a", Some("a"));
        check("other:5432:shop:me:a\n*:*:*:me:b\n*:*:*:*:c", Some("b"));
        check("# *:*:*:*:a\n\nnonsense\n*:*:shop:*:d:e", Some("d:e"));
        check("*:5433:*:*:a", None);
        check("*:*:*:*:", None);
        check("", None);
    }

    #[test]
    fn signs_that_mean_themselves() {
        check("*:*:*:*:a\\:b\\\\c", Some("a:b\\c"));
        assert_eq!(
            find("a\\:b:1:\\*:c\\\\:x", ["a:b", "1", "*", "c\\"]).as_deref(),
            Some("x")
        );
        check("\\*:5432:shop:me:a", None);
        check("*:*:*:*:häßlich\r\n", Some("häßlich"));
    }
}
