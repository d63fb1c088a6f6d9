//! The database that a command is about: as an argument names it, else as the environment does, else `.env`.

use std::env;
use std::path::Path;

use super::report::Failure;
use super::source;

const VARIABLE: &str = "DATABASE_URL";

/// The URL of the database; `.env` lies in this folder. None where nothing names one.
pub(super) fn named(argument: Option<&str>, folder: &Path) -> Result<Option<String>, Failure> {
    if let Some(url) = argument {
        return Ok(Some(url.to_owned()));
    }
    let variable = env::var(VARIABLE).ok().filter(|url| !url.is_empty());
    match variable {
        Some(url) => Ok(Some(url)),
        None => in_file(folder),
    }
}

fn in_file(folder: &Path) -> Result<Option<String>, Failure> {
    let file = folder.join(".env");
    if !file.exists() {
        return Ok(None);
    }
    for variable in dotenvy::from_path_iter(&file).map_err(|error| unread(&file, &error))? {
        let (name, value) = variable.map_err(|error| unread(&file, &error))?;
        if name == VARIABLE && !value.is_empty() {
            return Ok(Some(beside(folder, value)));
        }
    }
    Ok(None)
}

/// A URL as `.env` has it: the path of a file begins in its folder, as for the application itself.
fn beside(folder: &Path, url: String) -> String {
    match source::file(&url).filter(|file| file.is_relative()) {
        Some(file) => format!("sqlite:{}", folder.join(file).display()),
        None => url,
    }
}

/// What is wrong with `.env`, without the line that is wrong: it may hold a password.
fn unread(file: &Path, error: &dotenvy::Error) -> Failure {
    match error {
        dotenvy::Error::LineParse(..) => Failure::with_hint(
            format!("`{}` has a line that cannot be read", file.display()),
            "a line is `NAME=value`; quote a value that holds blanks, `#` or `$`: DATABASE_URL='postgres://…'",
        ),
        error => Failure::with_hint(
            format!("`{}`: {error}", file.display()),
            "check that the file may be read",
        ),
    }
}
