//! The application's own command: starts the server, says where it is, and stops it in good order.

use std::io::{ErrorKind, IsTerminal};
use std::net::SocketAddr;
use std::process::ExitCode;

use axum::Router;
use umbel_data::catalog::Table;
use umbel_data::database::{Database, Options};
use umbel_web::config;
use umbel_web::http::App;
use umbel_web::server::{Server, Stopped};

const HELP: &str = "\
Usage: {program} [serve] [--addr 127.0.0.1:8000]...

Starts the server of this application.

Options:
      --addr <ADDR>  Where to listen, as often as is wanted; port 0 takes any that is free [default: 127.0.0.1:8000]
  -h, --help         Print help

Environment (or the file .env):
  DATABASE_URL       The database, such as postgres://user:password@localhost/shop or sqlite:shop.db
  RUST_LOG           What to log, such as info or warn [default: info]
  UMBEL_CONFIG       The file of settings, where it is not umbel.toml in this folder or one above it
  UMBEL_SERVER_…     Each setting of [server] in umbel.toml, such as UMBEL_SERVER_HOSTS=shop.example
  UMBEL_LIMITS_…     Each setting of [limits] in umbel.toml, such as UMBEL_LIMITS_BODY=32MiB
";

/// Runs an application from its command line; the tables are those that it was emitted from.
pub async fn run(app: fn(App) -> Router, tables: &[&'static Table]) -> ExitCode {
    let mut arguments = std::env::args();
    let program = arguments.next().unwrap_or_default();
    let program = program
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned();
    let outcome = match command(arguments) {
        Ok(Command::Help) => {
            print!("{}", HELP.replace("{program}", &program));
            Ok(())
        }
        Ok(Command::Serve(addrs)) => serve(app, tables, addrs).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprint!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line asks for.
#[derive(Debug, PartialEq)]
enum Command {
    Help,
    /// At these addresses; at those of the settings, if there are none.
    Serve(Vec<SocketAddr>),
}

/// Why the command cannot do its work, and what to do about it.
#[derive(Debug, PartialEq)]
pub(crate) struct Failure {
    what: String,
    hint: &'static str,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(out, "error: {}", self.what)?;
        match self.hint {
            "" => Ok(()),
            hint => writeln!(out, "  hint: {hint}"),
        }
    }
}

fn failure(what: impl Into<String>, hint: &'static str) -> Failure {
    Failure {
        what: what.into(),
        hint,
    }
}

fn command(arguments: impl Iterator<Item = String>) -> Result<Command, Failure> {
    const SEE_HELP: &str = "`--help` lists what there is";
    let mut addrs = Vec::new();
    let mut arguments = arguments.peekable();
    arguments.next_if(|argument| argument == "serve");
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        match name {
            "-h" | "--help" | "help" => return Ok(Command::Help),
            "--addr" => {
                let value = value.or_else(|| arguments.next()).ok_or_else(|| {
                    failure(
                        "`--addr` needs an address",
                        "such as `--addr 127.0.0.1:8000`",
                    )
                })?;
                let addr = config::address(&value);
                addrs.push(addr.map_err(|(what, hint)| failure(what, hint))?);
            }
            _ => return Err(failure(format!("unknown argument `{argument}`"), SEE_HELP)),
        }
    }
    Ok(Command::Serve(addrs))
}

async fn serve(
    app: fn(App) -> Router,
    tables: &[&'static Table],
    addrs: Vec<SocketAddr>,
) -> Result<(), Failure> {
    log();
    let mut config = config::read().map_err(|errors| unreadable(&errors))?;
    if !addrs.is_empty() {
        config.addrs = addrs;
    }
    let server = Server::bind(&config.addrs).await;
    let server = server.map_err(|(addr, error)| taken(addr, &error))?;
    config.addrs = server.addrs().to_vec();
    let db = connect(&config.database).await?;
    report_differences(&db, tables).await;
    let urls: Vec<_> = (config.addrs.iter())
        .map(|addr| format!("http://{addr}{}/", config.base))
        .collect();
    let router = app(App::new(db, config.clone()));

    println!("Listening on {} (stop with Ctrl-C)", urls.join(" and "));

    match server.serve(router, &config, stop_signal()).await {
        Ok(Stopped::Finished) => Ok(()),
        Ok(Stopped::Unfinished) => {
            tracing::warn!("stopped with requests unfinished");
            // A handler that computes would keep the process from ending.
            std::process::exit(0)
        }
        Err(error) => Err(failure(format!("the server stopped: {error}"), "")),
    }
}

/// All that is wrong with the settings, each in a line.
fn unreadable(errors: &[String]) -> Failure {
    failure(
        errors.join("\nerror: "),
        "docs/operations.md lists the settings, each with its meaning and its default",
    )
}

/// Says in one list how the database differs from the one that the application was emitted from: what still works is
/// served all the same.
async fn report_differences(db: &Database, tables: &[&'static Table]) {
    match db.differences(tables).await {
        Ok(differences) if differences.is_empty() => {}
        Ok(differences) => tracing::warn!(
            "schema differs from the one this app was emitted from: {}",
            differences.join("; ")
        ),
        Err(error) => tracing::warn!("the schema of the database cannot be looked at: {error}"),
    }
}

/// The database that the environment names.
pub(crate) async fn connect(options: &Options) -> Result<Database, Failure> {
    let url = config::variable("DATABASE_URL").ok_or_else(|| {
        failure(
            "DATABASE_URL is not set",
            "set it in the environment or in the file .env: DATABASE_URL=postgres://user:password@localhost/shop, or =sqlite:shop.db",
        )
    })?;
    let db = Database::connect_with(&url, options).await.map_err(|error| {
        failure(
            error.to_string(),
            "check DATABASE_URL (environment or .env), and that the server is running or the file is there",
        )
    })?;
    Ok(db)
}

fn taken(addr: SocketAddr, error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::AddrInUse => failure(
            format!("{addr} is taken by another program"),
            "choose another port: `--addr 127.0.0.1:0` takes one that is free",
        ),
        ErrorKind::PermissionDenied => failure(
            format!("not allowed to listen on {addr}"),
            "ports below 1024 are for the administrator: choose a higher one",
        ),
        _ => failure(format!("cannot listen on {addr}: {error}"), ""),
    }
}

/// Logs to standard error what `RUST_LOG` asks for.
fn log() {
    use tracing_subscriber::filter::{LevelFilter, Targets};
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::util::SubscriberInitExt;

    let asked = std::env::var("RUST_LOG").ok();
    let targets = asked
        .and_then(|asked| asked.parse::<Targets>().ok())
        .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .with_writer(std::io::stderr);
    // A program may have set up a log of its own.
    let _ = tracing_subscriber::registry()
        .with(targets)
        .with(lines)
        .try_init();
}

/// Waits for Ctrl-C, or to be told to end.
async fn stop_signal() {
    let interrupt = async {
        // Where signals cannot be had, the process can still be killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return interrupt.await;
        };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        command(line.split_whitespace().map(str::to_owned)).map_err(|failure| failure.what)
    }

    #[test]
    fn the_command_line() {
        let serve = |addrs: &str| {
            let addrs = addrs.split_whitespace();
            Ok(Command::Serve(
                addrs.map(|addr| addr.parse().unwrap()).collect(),
            ))
        };
        assert_eq!(parsed(""), serve(""));
        assert_eq!(parsed("serve"), serve(""));
        assert_eq!(parsed("serve --addr 127.0.0.1:0"), serve("127.0.0.1:0"));
        assert_eq!(parsed("--addr=[::1]:80"), serve("[::1]:80"));
        assert_eq!(parsed("--addr localhost:81"), serve("127.0.0.1:81"));
        let two = parsed("--addr 127.0.0.1:81 --addr [::1]:81");
        assert_eq!(two, serve("127.0.0.1:81 [::1]:81"));
        assert_eq!(parsed("serve --help"), Ok(Command::Help));
    }

    #[test]
    fn what_it_refuses() {
        assert!(
            parsed("--addr 0.0.0.0:80")
                .unwrap_err()
                .starts_with("refusing to listen")
        );
        assert!(
            parsed("--addr 80")
                .unwrap_err()
                .contains("is not an address")
        );
        assert!(parsed("--addr").unwrap_err().contains("needs an address"));
        assert!(parsed("migrate").unwrap_err().contains("unknown argument"));
    }
}
