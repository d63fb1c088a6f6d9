//! From the URL of a database, or a list of `name=value`, to what it says, or to what is wrong with it.
//!
//! Nothing of the URL is repeated but what cannot be a piece of a password.

mod list;

use percent_encoding::percent_decode_str;
use strsim::levenshtein;

use crate::Error;
use crate::options::{KNOWN, Options, Origin};

/// Options of other tools that people have in their URLs and that mean nothing here, and what to do about each.
const OTHERS: [(&str, &str); 15] = [
    ("charset", "leave it out: texts are always sent as UTF-8"),
    (
        "client_encoding",
        "leave it out: texts are always sent as UTF-8",
    ),
    (
        "currentSchema",
        "leave it out: `--schema NAME` of the command says it",
    ),
    ("encoding", "leave it out: texts are always sent as UTF-8"),
    ("krbsrvname", "leave it out"),
    ("pool", "leave it out"),
    ("pool_size", "say `connection_limit`"),
    ("replication", "leave it out"),
    ("requiressl", "say `sslmode=require`"),
    (
        "schema",
        "leave it out: `--schema NAME` of the command says it",
    ),
    (
        "search_path",
        "leave it out: `--schema NAME` of the command says it",
    ),
    ("socket_timeout", "leave it out"),
    (
        "sslaccept",
        "say `sslmode=verify-full`, or `sslmode=require` to accept any certificate",
    ),
    ("sslcompression", "leave it out"),
    ("statement_cache_size", "leave it out"),
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

pub(crate) const FORM: &str = "postgres://role:password@host:5432/database";

/// What a URL, or a list of `name=value`, says.
pub(crate) fn parse(url: &str) -> Result<Options, Error> {
    check_start(url)?;
    let Some(rest) = after_scheme(url) else {
        return list::parse(url);
    };
    if rest.matches('@').count() > 1 {
        return Err(invalid(
            "it has more than one `@`",
            "write an `@` of the password as `%40`",
        ));
    }
    if let Some(option) = unknown_option(url) {
        return Err(option);
    }
    let mut options = Options::default();
    let rest = match rest.split_once('@') {
        Some((credentials, rest)) => {
            let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
            set(&mut options, "user", user)?;
            set(&mut options, "password", password)?;
            rest
        }
        None => rest,
    };
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (servers, database) = rest.split_once('/').unwrap_or((rest, ""));
    set(&mut options, "dbname", database)?;
    parse_servers(&mut options, servers)?;
    for option in query.split('&').filter(|option| !option.is_empty()) {
        let Some((name, value)) = option.split_once('=') else {
            return Err(invalid(
                "it has an option without a value",
                "write each as `name=value`, with a `&` between them; a `?` of the password is written as `%3F`",
            ));
        };
        set(&mut options, name, value)?;
    }
    Ok(options)
}

fn after_scheme(url: &str) -> Option<&str> {
    url.strip_prefix("postgres://")
        .or_else(|| url.strip_prefix("postgresql://"))
}

/// `a:1,[::1],c` → the hosts `a,::1,c` and the ports `1,,`.
fn parse_servers(options: &mut Options, servers: &str) -> Result<(), Error> {
    let mut hosts = Vec::new();
    let mut ports = Vec::new();
    for server in servers.split(',') {
        let (host, port) = match server.strip_prefix('[') {
            Some(rest) => match rest.split_once(']') {
                Some((host, "")) => (host, ""),
                Some((host, port)) if port.starts_with(':') => (host, &port[1..]),
                _ => {
                    return Err(invalid(
                        "an address in brackets does not end with one",
                        "write it as `[::1]:5432`",
                    ));
                }
            },
            None => server.split_once(':').unwrap_or((server, "")),
        };
        hosts.push(host);
        ports.push(port);
    }
    set(options, "host", &hosts.join(","))?;
    if ports.iter().any(|port| !port.is_empty()) {
        set(options, "port", &ports.join(","))?;
    }
    Ok(())
}

fn set(options: &mut Options, name: &str, value: &str) -> Result<(), Error> {
    match percent_decode_str(value).decode_utf8() {
        Ok(value) if !value.contains('\0') => options.set(name, &value, Origin::Url),
        _ => {
            return Err(invalid(
                &format!("its `{name}` is no text"),
                "write a `%` as `%25`, and other letters than those of ASCII as they are in UTF-8",
            ));
        }
    }
    Ok(())
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
    // What stands before an `@` is the password's.
    let (_, rest) = url.split_once("://")?;
    let options = rest.rsplit('@').next()?.split_once('?')?.1.split('&');
    let names = options.filter_map(|option| option.split('=').next());
    let mut unknown = names.filter(|name| !name.is_empty() && !KNOWN.contains(name));
    let name = unknown.next()?;
    if let Some(foreign) = foreign_option(name) {
        return Some(foreign);
    }
    let hint = match nearest(name) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "leave it out; a `?` of the password is written as `%3F`".to_owned(),
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

/// An option that another tool knows.
fn foreign_option(name: &str) -> Option<Error> {
    let (other, hint) = OTHERS.iter().find(|(other, _)| *other == name)?;
    Some(invalid(
        &format!("it has an option that means nothing here: `{other}`"),
        hint,
    ))
}

/// The option that a name was meant to be.
fn nearest(name: &str) -> Option<&'static str> {
    let known = KNOWN
        .into_iter()
        .min_by_key(|known| levenshtein(known, name))?;
    (levenshtein(known, name) <= 2).then_some(known)
}

fn invalid(reason: &str, hint: &str) -> Error {
    Error::Url {
        reason: reason.to_owned(),
        hint: hint.to_owned(),
    }
}

#[cfg(test)]
mod tests;
