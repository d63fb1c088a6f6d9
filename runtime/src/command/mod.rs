//! The command of an application: one for each line of a table, of which `serve` is meant where none is said.

mod failure;
mod serve;

use std::ffi::OsString;
use std::pin::Pin;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;
use failure::{Failure, failure};
use umbel_web::http::Site;

pub(crate) use serve::connect;

/// Something that an application can be told to do.
struct Command {
    name: &'static str,
    about: &'static str,
    arguments: fn(clap::Command) -> clap::Command,
    run: fn(&'static Site, ArgMatches) -> Work,
}

type Work = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// The first is meant where none is said.
const COMMANDS: &[Command] = &[serve::COMMAND];

const ENVIRONMENT: &str = "\
Environment (or the file .env):
  DATABASE_URL       The database, such as postgres://user:password@localhost/shop or sqlite:shop.db
  RUST_LOG           What to log, such as info or warn [default: info]
  UMBEL_CONFIG       The file of settings, where it is not umbel.toml in this folder or one above it
  UMBEL_SERVER_…     Each setting of [server] in umbel.toml, such as UMBEL_SERVER_HOSTS=shop.example
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
            eprint!("{failure}");
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

fn is_help(argument: &str) -> bool {
    matches!(argument, "-h" | "--help")
}

#[cfg(test)]
mod tests {
    use super::*;

    static SITE: Site = Site::new("Shop");

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
        assert!(addrs("migrate").unwrap_err().contains("migrate"));
        assert!(addrs("--addr").unwrap_err().contains("--addr"));
        assert!(addrs("serve --port 80").unwrap_err().contains("--port"));
        for line in ["--help", "-h", "help", "serve --help"] {
            assert!(addrs(line).unwrap_err().contains("DATABASE_URL"), "{line}");
        }
    }
}
