//! `serve`: starts the server, says where it is, and stops it in good order.

use std::io::{ErrorKind, IsTerminal};
use std::net::SocketAddr;

use clap::{Arg, ArgAction, ArgMatches};
use umbel_data::database::{Database, Options};
use umbel_web::config;
use umbel_web::http::{App, Site};
use umbel_web::server::{Server, Stopped};

use super::Command;
use super::failure::{Failure, failure};

pub(super) const COMMAND: Command = Command {
    name: "serve",
    about: "Starts the server of this application",
    arguments: |command| command.arg(addr()),
    run: |site, matches| Box::pin(serve(site, matches)),
};

fn addr() -> Arg {
    Arg::new("addr")
        .long("addr")
        .value_name("ADDR")
        .action(ArgAction::Append)
        .help(
            "Where to listen, as often as is wanted; port 0 takes any that is free [default: 127.0.0.1:8000]",
        )
}

async fn serve(site: &'static Site, matches: ArgMatches) -> Result<(), Failure> {
    log();
    let addrs = matches.get_many::<String>("addr").into_iter().flatten();
    let addrs = addrs.map(|addr| config::address(addr));
    let addrs = addrs.collect::<Result<Vec<SocketAddr>, _>>();
    let addrs = addrs.map_err(|(what, hint)| failure(what, hint))?;
    let mut config = config::read().map_err(|errors| unreadable(&errors))?;
    if !addrs.is_empty() {
        config.addrs = addrs;
    }
    let server = Server::bind(&config.addrs).await;
    let server = server.map_err(|(addr, error)| taken(addr, &error))?;
    config.addrs = server.addrs().to_vec();
    let db = connect(&config.database).await?;
    report_differences(&db, site).await;
    let urls: Vec<_> = (config.addrs.iter())
        .map(|addr| format!("http://{addr}{}/", config.base))
        .collect();
    let app = App::new(db, config.clone());
    let router = site.router(app.clone());
    (site.start)(&app);

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
async fn report_differences(db: &Database, site: &Site) {
    let tables: Vec<_> = site.tables.iter().map(|model| model.table).collect();
    match db.differences(&tables).await {
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
