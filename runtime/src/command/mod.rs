//! The command of an application: one for each line of a table, of which `serve` is meant where none is said.

mod accounts;
mod change_password;
mod check;
mod clear_sessions;
mod create_user;
mod database;
mod failure;
mod healthcheck;
mod migrate;
mod names;
mod password;
mod permit;
mod routes;
mod serve;
mod standing;
mod table_names;
mod token;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::pin::Pin;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;
use failure::{Failure, failure};
use umbel_web::http::Site;

pub(crate) use database::connect;

/// Something that an application can be told to do.
struct Command {
    name: &'static str,
    about: &'static str,
    arguments: fn(clap::Command) -> clap::Command,
    run: fn(&'static Site, ArgMatches) -> Work,
}

type Work = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// The first is meant where none is said.
const COMMANDS: &[Command] = &[
    serve::COMMAND,
    migrate::COMMAND,
    create_user::COMMAND,
    change_password::COMMAND,
    token::COMMAND,
    permit::COMMAND,
    routes::COMMAND,
    clear_sessions::COMMAND,
    check::COMMAND,
    healthcheck::COMMAND,
];

const ENVIRONMENT: &str = "\
Environment (or the file .env):
  DATABASE_URL       The database, such as postgres://user:password@localhost/shop or sqlite:shop.db
  SECRET_KEY         What the application signs with, such as `check --deploy` prints
  SECRET_KEY_FALLBACKS  What it signed with before, with commas between several
  RUST_LOG           What to log, such as info or warn [default: info]
  UMBEL_CONFIG       The file of settings, where it is not umbel.toml in this folder or one above it
  UMBEL_SERVER_…     Each setting of [server] in umbel.toml, such as UMBEL_SERVER_HOSTS=shop.example
  UMBEL_ACCOUNTS_…   Each setting of [accounts] in umbel.toml, such as UMBEL_ACCOUNTS_PUBLIC=film,language
  UMBEL_LIMITS_…     Each setting of [limits] in umbel.toml, such as UMBEL_LIMITS_BODY=32MiB";

/// Runs an application from its command line.
pub fn run(site: &'static Site) -> ExitCode {
    let arguments = std::env::args_os().collect();
    let (command, matches) = match parsed(site, arguments) {
        Ok(asked) => asked,
        Err(error) => return say(&error),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on((command.run)(site, matches)),
        Err(error) => Err(failure(format!("no threads can be had: {error}"), "")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say_to_stderr(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

/// What is asked for: help on standard output, or what is wrong on standard error.
fn say(error: &clap::Error) -> ExitCode {
    // Where neither can be written to, there is nobody to tell.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// The command that is asked for, and its arguments.
fn parsed(
    site: &Site,
    mut arguments: Vec<OsString>,
) -> Result<(&'static Command, ArgMatches), clap::Error> {
    let said = arguments.get(1).map(|first| first.to_string_lossy());
    let is_option = said.is_none_or(|first| first.starts_with('-') && !is_help(&first));
    if is_option {
        let at = arguments.len().min(1);
        arguments.insert(at, COMMANDS[0].name.into());
    }
    let mut all = clap::Command::new(site.name)
        .subcommand_required(true)
        .after_help(ENVIRONMENT);
    for command in COMMANDS {
        let own = clap::Command::new(command.name).about(command.about);
        all = all.subcommand((command.arguments)(own).after_help(ENVIRONMENT));
    }
    let mut matches = all.try_get_matches_from(arguments)?;
    let (name, matches) = matches.remove_subcommand().unwrap_or_default();
    let asked = COMMANDS.iter().find(|command| command.name == name);
    Ok((asked.unwrap_or(&COMMANDS[0]), matches))
}

/// What the application is called where it is told what to do.
fn program() -> String {
    let path = std::env::args_os().next().map(PathBuf::from);
    let name = path.as_deref().and_then(|path| path.file_stem());
    name.map_or_else(
        || "shop".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The text of an argument that is always there; empty, if it is not.
fn said<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}

/// `1 session`, `2 sessions`
fn counted(count: u64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// Prints what a command was asked for.
fn say_to_stdout(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    printed.map_err(|error| failure(format!("standard output takes nothing: {error}"), ""))
}

/// Prints what else there is to say. Where nobody hears it, there is nobody to tell.
fn say_to_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn is_help(argument: &str) -> bool {
    matches!(argument, "-h" | "--help")
}

#[cfg(test)]
mod tests {
    use umbel_data::catalog::{Table, TableKind};
    use umbel_data::change::{AnyModel, Custom};

    use super::*;

    pub(super) static SITE: Site = Site {
        tables: &[
            model(&table("public", "film")),
            model(&table("public", "order")),
            model(&table("sales", "order")),
        ],
        ..Site::new("Shop")
    };

    const fn table(schema: &'static str, name: &'static str) -> Table {
        Table {
            kind: TableKind::Table,
            schema,
            name,
            path: "",
            title: name,
            singular: name,
            indefinite: name,
            plural: name,
            columns: &[],
            key: &[],
            label: &[],
            sort: "",
            relations: &[],
            referrers: &[],
            scope: None,
            constraints: &[],
        }
    }

    const fn model(table: &'static Table) -> AnyModel {
        let custom = Custom::NONE;
        AnyModel { table, custom }
    }

    /// The arguments of a command, or what is said of them.
    pub(super) fn matches(line: &str) -> Result<ArgMatches, String> {
        let words = ["shop"].into_iter().chain(line.split_whitespace());
        matches_of(&words.collect::<Vec<_>>())
    }

    pub(super) fn matches_of(words: &[&str]) -> Result<ArgMatches, String> {
        let words = words.iter().map(OsString::from).collect();
        let (_, matches) = parsed(&SITE, words).map_err(|error| error.to_string())?;
        Ok(matches)
    }

    fn addrs(line: &str) -> Result<(&'static str, Vec<String>), String> {
        let arguments = ["shop"].into_iter().chain(line.split_whitespace());
        let asked = parsed(&SITE, arguments.map(OsString::from).collect());
        let (command, matches) = asked.map_err(|error| error.to_string())?;
        let addrs = matches.get_many::<String>("addr").into_iter().flatten();
        Ok((command.name, addrs.cloned().collect()))
    }

    #[test]
    fn serve_is_meant_where_nothing_is_said() {
        let check = |line: &str, expect: &[&str]| {
            let expect = expect.iter().map(|addr| (*addr).to_owned()).collect();
            assert_eq!(addrs(line), Ok(("serve", expect)), "{line}");
        };
        check("", &[]);
        check("serve", &[]);
        check("serve --addr 127.0.0.1:0", &["127.0.0.1:0"]);
        check("--addr=[::1]:80", &["[::1]:80"]);
        check("--addr a:81 --addr b:82", &["a:81", "b:82"]);
    }

    #[test]
    fn what_it_does_not_know_it_says() {
        assert!(addrs("migrat").unwrap_err().contains("migrat"));
        assert!(addrs("--addr").unwrap_err().contains("--addr"));
        assert!(addrs("serve --port 80").unwrap_err().contains("--port"));
        for line in ["--help", "-h", "help", "serve --help"] {
            assert!(addrs(line).unwrap_err().contains("DATABASE_URL"), "{line}");
        }
    }
}
