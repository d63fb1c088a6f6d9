//! The application's own command: starts the server, says where it is, and stops it in good order.

use std::io::{ErrorKind, IsTerminal};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;

use crate::config::{self, Config};
use crate::db::Database;
use crate::web::App;

const HELP: &str = "\
Usage: {program} [serve] [--addr 127.0.0.1:8000]

Starts the server of this application.

Options:
      --addr <ADDR>  Where to listen; port 0 takes any that is free [default: 127.0.0.1:8000]
  -h, --help         Print help

Environment (or the file .env):
  DATABASE_URL       The database, such as postgres://user:password@localhost/shop or sqlite:shop.db
  RUST_LOG           What to log, such as info or warn [default: info]
";

/// How long open requests may take to finish when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// Runs an application from its command line.
pub async fn run(app: fn(App) -> Router) -> ExitCode {
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
        Ok(Command::Serve(addr)) => serve(app, addr).await,
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
    Serve(SocketAddr),
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
    let mut addr = Config::default().addr;
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
                addr = address(&value)?;
            }
            _ => return Err(failure(format!("unknown argument `{argument}`"), SEE_HELP)),
        }
    }
    Ok(Command::Serve(addr))
}

/// An address to listen on. Without accounts, whoever reaches it may change everything: so only this
/// machine may.
fn address(text: &str) -> Result<SocketAddr, Failure> {
    let local = text.replace("localhost:", "127.0.0.1:");
    let addr: SocketAddr = local.parse().map_err(|_| {
        failure(
            format!("`{text}` is not an address to listen on"),
            "give an IP address and a port, such as 127.0.0.1:8000",
        )
    })?;
    match addr.ip().is_loopback() {
        true => Ok(addr),
        false => Err(failure(
            format!(
                "refusing to listen on {addr}: anyone on the network could change the database"
            ),
            "accounts do not exist yet; listen on 127.0.0.1 and put a proxy that asks for a login before it",
        )),
    }
}

async fn serve(app: fn(App) -> Router, addr: SocketAddr) -> Result<(), Failure> {
    log();
    let listener = TcpListener::bind(addr)
        .await
        .map_err(|error| taken(addr, &error))?;
    let addr = listener.local_addr().unwrap_or(addr);
    let db = connect().await?;
    let config = Config {
        addr,
        ..Config::default()
    };
    let router = app(App::new(db, config));

    println!("Listening on http://{addr}/ (stop with Ctrl-C)");

    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        stop_signal().await;
        // The receiver waits as long as the server runs.
        let _ = stop.send(());
    });
    let grace = async {
        if stopped.await.is_ok() {
            tokio::time::sleep(GRACE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        served = async { server.await } => served.map_err(|error| failure(format!("the server stopped: {error}"), "")),
        () = grace => {
            tracing::warn!("stopped with requests unfinished");
            Ok(())
        }
    }
}

/// The database that the environment names.
pub(crate) async fn connect() -> Result<Database, Failure> {
    let url = config::variable("DATABASE_URL").ok_or_else(|| {
        failure(
            "DATABASE_URL is not set",
            "set it in the environment or in the file .env: DATABASE_URL=postgres://user:password@localhost/shop, or =sqlite:shop.db",
        )
    })?;
    let db = Database::connect(&url).await.map_err(|error| {
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
        let serve = |addr: &str| Ok(Command::Serve(addr.parse().unwrap()));
        assert_eq!(parsed(""), serve("127.0.0.1:8000"));
        assert_eq!(parsed("serve"), serve("127.0.0.1:8000"));
        assert_eq!(parsed("serve --addr 127.0.0.1:0"), serve("127.0.0.1:0"));
        assert_eq!(parsed("--addr=[::1]:80"), serve("[::1]:80"));
        assert_eq!(parsed("--addr localhost:81"), serve("127.0.0.1:81"));
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
