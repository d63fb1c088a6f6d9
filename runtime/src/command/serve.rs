//! `serve`: starts the server, says where it is, and stops it in good order.

use std::io::{ErrorKind, IsTerminal};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches};
use umbel_accounts::Accounts;
use umbel_accounts::start::Standing;
use umbel_data::database::Database;
use umbel_web::config;
use umbel_web::http::{App, Routes, Site};
use umbel_web::server::{Server, Stopped};

use super::database::{connect, settings};
use super::failure::{Failure, failure};
use super::standing::{notice, standing};
use super::{Command, accounts, names, program, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "serve",
    about: "Starts the server of this application",
    arguments: |command| command.args([addr(), sign_in()]),
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

fn sign_in() -> Arg {
    Arg::new("sign-in")
        .long("sign-in")
        .value_name("NAME")
        .action(ArgAction::Append)
        .help("Prints a link that signs this user in, once and within an hour")
}

async fn serve(site: &'static Site, matches: ArgMatches) -> Result<(), Failure> {
    log();
    let addrs = matches.get_many::<String>("addr").into_iter().flatten();
    let addrs = addrs.map(|addr| config::address(addr));
    let addrs = addrs.collect::<Result<Vec<SocketAddr>, _>>();
    let addrs = addrs.map_err(|(what, hint)| failure(what, hint))?;
    let mut config = settings()?;
    if !addrs.is_empty() {
        config.addrs = addrs;
    }
    let db = connect(&config.database).await?;
    // Nobody gets in before it is known who may.
    let standing = standing(&db, &config).await?;
    let server = Server::bind(&config.addrs).await;
    let server = server.map_err(|(addr, error)| taken(addr, &error))?;
    config.addrs = server.addrs().to_vec();
    report_differences(&db, site).await;
    let notice = notice(&standing, &config);
    let accounts = match standing {
        Standing::LocalOwner => None,
        Standing::Accounts(keys) => Some(accounts::of(site, &db, &config, keys)?),
    };
    let names = matches.get_many::<String>("sign-in").into_iter().flatten();
    let names: Vec<&str> = names.map(String::as_str).collect();
    let urls: Vec<_> = (config.addrs.iter())
        .map(|addr| format!("http://{addr}{}/", config.base))
        .collect();
    let links = links(&db, accounts.as_ref(), &names).await?;
    let links = links.into_iter().map(|(name, path)| {
        let root = urls.first().map_or("", |url| url.trim_end_matches('/'));
        format!("Sign in as {name}, once: {root}{path}")
    });
    let mut app = App::new(db, config.clone());
    let mut others = Routes::new();
    if let Some(accounts) = accounts {
        others = accounts.routes();
        app = app.with_accounts(Arc::new(accounts));
    }
    let router = site.router_with(app.clone(), others);
    (site.start)(&app);

    let started = format!("Listening on {} (stop with Ctrl-C)", urls.join(" and "));
    let lines = [Some(started), notice].into_iter().flatten();
    for line in lines.chain(links) {
        // A server whose output nobody reads serves all the same.
        let _ = say_to_stdout(&format!("{line}\n"));
    }

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

/// Links by which users sign in: the name of each, and its path.
async fn links(
    db: &Database,
    accounts: Option<&Accounts>,
    names: &[&str],
) -> Result<Vec<(String, String)>, Failure> {
    const LIFETIME: Duration = Duration::from_secs(60 * 60);
    let mut links = Vec::with_capacity(names.len());
    for name in names {
        let accounts = accounts.ok_or_else(|| {
            let hint = format!("`{} createuser {name}` makes it", program());
            failure(format!("there is no user `{name}`"), hint)
        })?;
        let user = names::user(db, &names::user_name(name)?).await?;
        let path = accounts.sign_in_link(user.id, LIFETIME).await?;
        links.push((user.login, path));
    }
    Ok(links)
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
