//! The programs of PostgreSQL on this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds `initdb` and `postgres`: on `PATH`, or the newest one where Debian puts them.
pub fn server_bin() -> Option<PathBuf> {
    on_path("initdb").or_else(debian_bin)
}

/// `psql`, asking for nothing and stopping at the first error.
pub fn psql(url: &str) -> Command {
    let program = server_bin()
        .map(|bin| bin.join("psql"))
        .filter(|psql| psql.exists());
    let mut command = Command::new(program.unwrap_or_else(|| PathBuf::from("psql")));
    command
        .args([
            "--no-psqlrc",
            "--quiet",
            "--no-password",
            "--set=ON_ERROR_STOP=1",
            "--dbname",
            url,
        ])
        .env("PGCONNECT_TIMEOUT", "10")
        .env("PGOPTIONS", "--client-min-messages=warning");
    command
}

/// The structure of a database as `pg_dump` writes it.
pub fn dump_of_schema(url: &str) -> String {
    dump(url, &[])
}

/// The same without what names roles: owners and grants.
pub fn dump_without_roles(url: &str) -> String {
    dump(url, &["--no-owner", "--no-privileges"])
}

fn dump(url: &str, options: &[&str]) -> String {
    let program = server_bin()
        .map(|bin| bin.join("pg_dump"))
        .filter(|dump| dump.exists());
    let mut command = Command::new(program.unwrap_or_else(|| PathBuf::from("pg_dump")));
    command.args(["--schema-only", "--no-password", "--dbname", url]);
    command.args(options);
    crate::process::succeed(&mut command)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).find(|folder| folder.join(program).is_file())
}

fn debian_bin() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| has_server(bin))
        .max()
        .map(|(_, bin)| bin)
}

fn has_server(bin: &Path) -> bool {
    bin.join("initdb").is_file() && bin.join("postgres").is_file()
}
