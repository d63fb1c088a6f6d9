//! `check`: says all that is wrong with how the application is set up; with `--deploy`, also what would be wrong where
//! others reach it.

mod deployment;

use clap::{Arg, ArgAction, ArgMatches};
use umbel_accounts::start::{self, Missing};
use umbel_data::database::{Database, Options};
use umbel_data::error::Error;
use umbel_web::config::{Config, EnvFile};
use umbel_web::http::Site;

use super::database::{connect, settings};
use super::failure::{Failure, Fault, fault};
use super::standing::setup;
use super::{Command, program, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "check",
    about: "Says all that is wrong with settings, database and own tables",
    arguments: |command| command.arg(deploy()),
    run: |site, matches| Box::pin(check(site, matches)),
};

fn deploy() -> Arg {
    Arg::new("deploy")
        .long("deploy")
        .action(ArgAction::SetTrue)
        .help("Also says what would be wrong where others than this machine reach it")
}

async fn check(site: &'static Site, matches: ArgMatches) -> Result<(), Failure> {
    let is_deployed = matches.get_flag("deploy");
    let mut faults = of_env_file();
    let config = settings().map_err(|failure| faults.extend(failure.faults()));
    let options = match &config {
        Ok(config) => config.database.clone(),
        Err(()) => Options::default(),
    };
    if is_deployed {
        faults.extend(deployment::of_machine());
    }
    if let (Ok(config), true) = (&config, is_deployed) {
        faults.extend(deployment::of_settings(config));
    }
    match connect(&options).await {
        Ok(db) => faults.extend(of_database(&db, site, config.ok().as_ref(), is_deployed).await),
        Err(failure) => faults.extend(failure.faults()),
    }
    Failure::of(faults)?;
    say_to_stdout("no problems\n")
}

fn of_env_file() -> Vec<Fault> {
    let Some(file) = EnvFile::find() else {
        return Vec::new();
    };
    let path = file.path.display();
    let said = match file.unread_lines() {
        Ok(0) => return Vec::new(),
        Ok(1) => format!("{path}: a line of it is not understood, and left out"),
        Ok(lines) => format!("{path}: {lines} lines of it are not understood, and left out"),
        Err(error) => format!("{path} cannot be read: {error}"),
    };
    vec![fault(
        said,
        "a line looks like NAME=value, or NAME=\"a value\"",
    )]
}

async fn of_database(
    db: &Database,
    site: &Site,
    config: Option<&Config>,
    is_deployed: bool,
) -> Vec<Fault> {
    let tables: Vec<_> = site.tables.iter().map(|model| model.table).collect();
    let mut faults: Vec<Fault> = match db.differences(&tables).await {
        Ok(differences) => differences.into_iter().map(difference).collect(),
        Err(error) => vec![fault(
            format!("the schema of the database cannot be looked at: {error}"),
            "",
        )],
    };
    let reached = config.filter(|config| is_deployed || config.reachable_addrs().next().is_some());
    let missing = match reached {
        Some(config) => start::missing(db, &setup(config)).await,
        None => (start::missing_tables(db).await).map(|missing| missing.into_iter().collect()),
    };
    faults.extend(of_accounts(missing));
    faults
}

fn difference(difference: String) -> Fault {
    fault(
        difference,
        "`umbel sync` makes the application fit the database",
    )
}

fn of_accounts(missing: Result<Vec<Missing>, Error>) -> Vec<Fault> {
    match missing {
        Ok(missing) => missing
            .iter()
            .map(|missing| fault(missing.to_string(), missing.remedy(&program())))
            .collect(),
        Err(error) => vec![fault(
            format!("the application's own tables cannot be looked at: {error}"),
            "",
        )],
    }
}

#[cfg(test)]
mod tests {
    use crate::command::tests::matches;

    #[test]
    fn arguments() {
        assert!(!matches("check").unwrap().get_flag("deploy"));
        assert!(matches("check --deploy").unwrap().get_flag("deploy"));
        assert!(matches("check all").unwrap_err().contains("all"));
    }
}
