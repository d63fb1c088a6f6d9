//! How things are typed into a shell here: this command, and names and paths.

use std::env;
use std::path::Path;
use std::sync::LazyLock;

use super::demo::checkout;

/// What starts this program from any folder.
static PROGRAM: LazyLock<String> = LazyLock::new(|| {
    let Ok(own) = env::current_exe().and_then(|path| path.canonicalize()) else {
        return "umbel".to_owned();
    };
    let folders = env::var_os("PATH").unwrap_or_default();
    let mut found = env::split_paths(&folders).map(|folder| folder.join("umbel"));
    let on_path = found
        .find(|path| path.is_file())
        .and_then(|path| path.canonicalize().ok());
    if on_path.is_some_and(|path| path == own) {
        return "umbel".to_owned();
    }
    match checkout() {
        Some(checkout) if own.starts_with(checkout.join("target")) => {
            let manifest = path(&checkout.join("Cargo.toml"));
            format!("cargo run --quiet --manifest-path {manifest} --")
        }
        _ => path(&own),
    }
});

/// A sentence in which every `umbel …` is as it is typed here.
pub(super) fn sentence(text: &str) -> String {
    text.replace("`umbel ", &format!("`{} ", *PROGRAM))
}

/// A path as a shell takes it for one.
pub(super) fn path(path: &Path) -> String {
    let text = path.to_string_lossy();
    // A word that begins so would be an option.
    match text.starts_with('-') {
        true => word(&format!("./{text}")),
        false => word(&text),
    }
}

/// A text as one word of a shell.
pub(super) fn word(text: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./:@%+=,".contains(letter);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_shell() {
        let check = |text: &str, expect| assert_eq!(path(Path::new(text)), expect);
        check("../shop", "../shop");
        check("my shop", "'my shop'");
        check("it's", r"'it'\''s'");
        check("a;b", "'a;b'");
        check("~x", "'~x'");
        check("-C", "./-C");
        check("", "''");
    }
}
