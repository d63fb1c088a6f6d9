//! Service files: options under a name.

use std::fs;
use std::path::{Path, PathBuf};

use crate::options::{KNOWN, Options, Origin};
use crate::{Environment, Error};

/// Where Debian has the file for all users.
const SYSTEM: &str = "/etc/postgresql-common";

/// What the service says that the options, or else the variables, name.
pub(crate) fn read(
    options: &Options,
    variables: &Options,
    environment: &Environment,
) -> Result<Option<Options>, Error> {
    let Some(value) = options.get("service").or_else(|| variables.get("service")) else {
        return Ok(None);
    };
    let service = value.text.as_str();
    let named = options
        .get("servicefile")
        .or_else(|| variables.get("servicefile"));
    let own = match named {
        Some(file) => Some(PathBuf::from(&file.text)),
        None => environment.in_home(".pg_service.conf"),
    };
    let system = environment.variables.get("PGSYSCONFDIR");
    let system = Path::new(system.map_or(SYSTEM, String::as_str)).join("pg_service.conf");
    let mut looked = Vec::new();
    for file in own.into_iter().chain([system]) {
        match fs::read_to_string(&file) {
            Ok(text) => {
                if let Some(found) = parse(&text, service, &file)? {
                    return Ok(Some(found));
                }
            }
            Err(error) if named.is_some_and(|named| Path::new(&named.text) == file) => {
                return Err(Error::File {
                    option: "servicefile",
                    path: file,
                    reason: format!("cannot be read: {}", error.kind()),
                    hint: "check the path and its permissions".to_owned(),
                });
            }
            Err(_) => {}
        }
        looked.push(file.display().to_string());
    }
    Err(value.wrong(
        &format!("there is no service `{service}`"),
        &format!("write a section `[{service}]` in {}", looked.join(" or ")),
    ))
}

/// The section of a service: `[shop]`, then `host=db.example` and so on, a line each.
fn parse(text: &str, service: &str, file: &Path) -> Result<Option<Options>, Error> {
    let mut found = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let place = format!("{}, line {number}", file.display());
        let wrong = |reason: &str, hint: &str| Error::Setting {
            place: place.clone(),
            reason: reason.to_owned(),
            hint: hint.to_owned(),
        };
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            // The first section of the name counts, to where the next one begins.
            if found.is_some() {
                break;
            }
            if name.strip_suffix(']') == Some(service) {
                found = Some(Options::default());
            }
            continue;
        }
        let Some(options) = &mut found else {
            continue;
        };
        let Some((name, value)) = line.split_once('=') else {
            return Err(wrong(
                "there is no `=`",
                "write each option as `name=value`",
            ));
        };
        let name = name.trim_end();
        if name == "service" || name == "servicefile" {
            return Err(wrong(
                "a service cannot name another one",
                "write its options here",
            ));
        }
        if !KNOWN.contains(&name) {
            return Err(wrong(
                &format!("the option `{name}` is not known"),
                "write one of libpq's, or leave it out",
            ));
        }
        options.set(name, value.trim_start(), Origin::Line(place));
    }
    Ok(found)
}
