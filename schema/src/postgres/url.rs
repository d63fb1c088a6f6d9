//! From the URL of a database to what the driver connects with, or to what is wrong with it.
//!
//! Nothing of the URL is repeated but what cannot be a piece of a password.

use std::error::Error as _;

use strsim::levenshtein;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

use super::Error;

/// The options that a URL can have here.
const OPTIONS: [&str; 20] = [
    "application_name",
    "channel_binding",
    "connect_timeout",
    "dbname",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "load_balance_hosts",
    "options",
    "password",
    "port",
    "sslmode",
    "sslnegotiation",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
    "replication",
];

/// Options of libpq and of other tools that people have in their URLs and that mean nothing here.
const OTHERS: [&str; 26] = [
    "charset",
    "client_encoding",
    "connection_limit",
    "currentSchema",
    "encoding",
    "gssencmode",
    "krbsrvname",
    "passfile",
    "pgbouncer",
    "pool",
    "pool_size",
    "pool_timeout",
    "requiressl",
    "schema",
    "search_path",
    "service",
    "servicefile",
    "socket_timeout",
    "ssl",
    "sslaccept",
    "sslcert",
    "sslcrl",
    "sslkey",
    "sslpassword",
    "sslrootcert",
    "statement_cache_size",
];

/// What other tools call PostgreSQL, or a database that speaks as it does.
const ALIASES: [&str; 12] = [
    "cockroach",
    "cockroachdb",
    "ecto",
    "npgsql",
    "pg",
    "pgsql",
    "postgis",
    "postgre",
    "postgress",
    "psql",
    "redshift",
    "timescaledb",
];

/// The databases of others, by what their URLs begin with.
const FOREIGN: [(&str, &str); 12] = [
    ("clickhouse", "ClickHouse"),
    ("duckdb", "DuckDB"),
    ("mariadb", "MariaDB"),
    ("mongodb", "MongoDB"),
    ("mssql", "SQL Server"),
    ("mysql", "MySQL"),
    ("mysql2", "MySQL"),
    ("mysqlx", "MySQL"),
    ("oracle", "Oracle"),
    ("redis", "Redis"),
    ("snowflake", "Snowflake"),
    ("sqlserver", "SQL Server"),
];

const FORM: &str = "postgres://role:password@host:5432/database";

/// What a URL, or a list of `name=value`, says.
pub(super) fn parse(url: &str) -> Result<Config, Error> {
    check_start(url)?;
    let rest = url.split_once("://").map(|(_, rest)| rest);
    if rest.is_some_and(|rest| rest.matches('@').count() > 1) {
        return Err(invalid(
            "it has more than one `@`",
            "write an `@` of the password as `%40`",
        ));
    }
    if url.contains("sslmode=verify-") {
        return Err(Error::NoTls);
    }
    if let Some(option) = unknown_option(url) {
        return Err(option);
    }
    let config: Config = url.parse().map_err(|error| unread(&error))?;
    let is_split = |host: &Host| matches!(host, Host::Tcp(name) if name.contains('@'));
    match config.get_hosts().iter().any(is_split) {
        true => Err(invalid(
            "it has more than one `@`",
            "write an `@` of the password as `%40`",
        )),
        false => Ok(config),
    }
}

/// Whether a text that is no path begins as the URL of some database server does.
pub fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    let scheme = scheme.to_ascii_lowercase();
    let base = scheme.split('+').next().unwrap_or_default();
    let is_foreign = FOREIGN.iter().any(|(foreign, _)| *foreign == base);
    matches!(base, "postgres" | "postgresql" | "jdbc") || ALIASES.contains(&base) || is_foreign
}

/// What stands before the role and the host.
fn check_start(url: &str) -> Result<(), Error> {
    if url.trim() != url || url.starts_with(['"', '\'']) {
        return Err(invalid(
            "it has blanks or quotes around it",
            "leave them out",
        ));
    }
    let Some((scheme, rest)) = url.split_once(':') else {
        return Ok(());
    };
    let lower = scheme.to_ascii_lowercase();
    let base = lower.split('+').next().unwrap_or_default();
    if let Some((_, name)) = FOREIGN.iter().find(|(foreign, _)| *foreign == base) {
        return Err(invalid(
            &format!("it is one of {name}"),
            "umbel reads PostgreSQL and SQLite",
        ));
    }
    match base {
        "jdbc" => {
            let hint = "leave out `jdbc:`, and write role and password before the host";
            Err(invalid("it is one of Java's", hint))
        }
        "postgres" | "postgresql" if !rest.starts_with("//") => Err(invalid(
            &format!("`{base}:` is not followed by two slashes"),
            &format!("write it as `{FORM}`"),
        )),
        "postgres" | "postgresql" if lower == base && lower == scheme => Ok(()),
        "postgres" | "postgresql" => Err(invalid(
            "what it begins with names a driver as well",
            &format!("begin it with `{base}://`, and leave the rest as it is"),
        )),
        alias if ALIASES.contains(&alias) => Err(invalid(
            &format!("`{alias}:` is not what it begins with here"),
            "begin it with `postgres://`, and leave the rest as it is",
        )),
        _ if rest.starts_with("//") => Err(invalid(
            "it does not begin with `postgres://`",
            &format!("write it as `{FORM}`, or name an SQLite file as `sqlite:FILE`"),
        )),
        _ => Ok(()),
    }
}

/// An option that means nothing here. It is named if it is another tool's; what else it is may be a password's.
fn unknown_option(url: &str) -> Option<Error> {
    let options = match url.split_once("://") {
        // What stands before an `@` is the password's.
        Some((_, rest)) => rest.rsplit('@').next()?.split_once('?')?.1.split('&'),
        None => return None,
    };
    let names = options.filter_map(|option| option.split('=').next());
    let mut unknown = names.filter(|name| !name.is_empty() && !OPTIONS.contains(name));
    let name = unknown.next()?;
    if let Some(known) = OTHERS.iter().find(|known| **known == name) {
        let hint = match *known {
            "schema" | "currentSchema" | "search_path" => "leave it out: `--schema NAME` says it",
            _ => "leave it out",
        };
        return Some(invalid(
            &format!("it has an option that means nothing here: `{known}`"),
            hint,
        ));
    }
    let known = OPTIONS
        .iter()
        .min_by_key(|known| levenshtein(known, name))?;
    let hint = match levenshtein(known, name) {
        0..=2 => format!("did you mean `{known}`?"),
        _ => "leave it out; a `?` of the password is written as `%3F`".to_owned(),
    };
    // Where a role and a host stand before it, or a host alone, no password is left open.
    let before = url.split('?').next().unwrap_or_default();
    let server = before.split_once("://").map_or("", |(_, server)| server);
    let reason = match server.contains('@') || !server.contains(':') {
        true => format!("it has an option that is not known: `{name}`"),
        false => "it has an option that is not known".to_owned(),
    };
    Some(invalid(&reason, &hint))
}

/// What the driver says, without what it quotes of the URL.
fn unread(error: &tokio_postgres::Error) -> Error {
    let reason = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    let quoted = |text: &str| text.split('`').nth(1).map(str::to_owned);
    let option = quoted(&reason).filter(|option| OPTIONS.contains(&option.as_str()));
    let said = reason.split('`').next().unwrap_or_default().trim_end();
    match option.as_deref() {
        Some("port") => invalid(
            "its port is no number",
            "the port is digits after the host; a `:`, `/`, `?`, `#` or `@` of the password is written as `%3A`, `%2F`, `%3F`, `%23` or `%40`",
        ),
        Some(option) => invalid(
            &format!("{said} `{option}`"),
            &format!("write it as `{FORM}`"),
        ),
        None => invalid(said, &format!("write it as `{FORM}`")),
    }
}

fn invalid(reason: &str, hint: &str) -> Error {
    Error::Url {
        reason: reason.to_owned(),
        hint: hint.to_owned(),
    }
}

#[cfg(test)]
mod tests;
