//! The command of an application, as a program: what it prints, what it leaves in the database, how it ends.

mod checks;
mod health;
mod migrations;
mod permissions;
mod program;
#[path = "../database/server.rs"]
#[expect(dead_code, unreachable_pub, reason = "other tests need the rest")]
mod server;
mod start;
#[cfg(unix)]
mod terminal;
mod tokens;
mod users;
