//! The people of the example, each of whom may do something else.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::report::Failure;

/// Their names, and what makes each what it is.
const PEOPLE: [(&str, &[&str]); 3] = [
    ("ada", &["--superuser"]),
    ("eddie", &["--group", "editors"]),
    ("rhea", &["--group", "readers"]),
];

/// What the groups may do, and with which tables.
const PERMISSIONS: [(&str, &str, &[&str]); 3] = [
    (
        "editors",
        "view,add,change,delete",
        &["article", "byline", "comment", "edition", "tag"],
    ),
    (
        "editors",
        "view",
        &["author", "published_article", "section"],
    ),
    (
        "readers",
        "view",
        &["article", "author", "published_article", "section", "tag"],
    ),
];

/// Makes them in the database of a program.
pub(super) fn make(program: &Path, database: &Path) -> Result<(), Failure> {
    let run = |arguments: &[&str], input: &str| run(program, database, arguments, input);
    run(&["migrate"], "")?;
    for (group, actions, tables) in PERMISSIONS {
        run(
            &[&["permit", "--group", group, actions], tables].concat(),
            "",
        )?;
    }
    for (name, options) in PEOPLE {
        let arguments = [&["createuser", name, "--password-stdin"], options].concat();
        run(&arguments, &password())?;
    }
    Ok(())
}

/// What has a server sign each of them in by a link.
pub(super) fn sign_in() -> impl Iterator<Item = &'static str> {
    PEOPLE.into_iter().flat_map(|(name, _)| ["--sign-in", name])
}

/// One that nobody knows: they come in by links.
fn password() -> String {
    let random = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}\n", random(), random())
}

fn run(program: &Path, database: &Path, arguments: &[&str], input: &str) -> Result<(), Failure> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("DATABASE_URL", format!("sqlite:{}", database.display()))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = command.spawn()?;
    if let Some(mut stdin) = running.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    let finished = running.wait_with_output()?;
    match finished.status.success() {
        true => Ok(()),
        false => {
            let said = String::from_utf8_lossy(&finished.stderr);
            Err(Failure::with_hint(
                format!(
                    "`{}` of the example failed: {}",
                    arguments.join(" "),
                    said.trim()
                ),
                "delete the folder to begin anew",
            ))
        }
    }
}
