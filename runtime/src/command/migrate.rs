//! `migrate`: makes and upgrades the application's own tables.

use clap::{Arg, ArgAction, ArgMatches};
use umbel_accounts::tables::Migrations;

use super::database::open;
use super::failure::Failure;
use super::{Command, say_to_stderr, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "migrate",
    about: "Makes and upgrades the application's own tables: users, groups, sessions and what they may",
    arguments: |command| command.arg(print()),
    run: |_, matches| Box::pin(migrate(matches)),
};

const NOTHING: &str = "Nothing to do: the application's own tables are up to date\n";

fn print() -> Arg {
    Arg::new("print")
        .long("print")
        .action(ArgAction::SetTrue)
        .help("Prints the SQL instead of running it, for psql or sqlite3 and somebody with more rights")
}

async fn migrate(matches: ArgMatches) -> Result<(), Failure> {
    let db = open().await?;
    if matches.get_flag("print") {
        let sql = Migrations::script(&db).await?;
        if sql.is_empty() {
            say_to_stderr(NOTHING);
        }
        return say_to_stdout(&sql);
    }
    let applied = Migrations::apply(&db).await?;
    let applied: Vec<String> = applied.iter().map(u32::to_string).collect();
    match applied.as_slice() {
        [] => say_to_stdout(NOTHING),
        [version] => say_to_stdout(&format!("Applied version {version}\n")),
        versions => say_to_stdout(&format!("Applied versions {}\n", versions.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use crate::command::tests::matches;

    #[test]
    fn arguments() {
        assert!(!matches("migrate").unwrap().get_flag("print"));
        assert!(matches("migrate --print").unwrap().get_flag("print"));
        assert!(matches("migrate now").unwrap_err().contains("now"));
    }
}
