//! `permit`: allows a group or a user something with tables of the application, or allows it no longer.

use clap::{Arg, ArgAction, ArgGroup, ArgMatches};
use umbel_accounts::Identifier;
use umbel_accounts::store::{Group, Holder};
use umbel_data::actor::Permission;
use umbel_data::catalog::Table;
use umbel_data::database::Transaction;
use umbel_data::error::Result as Stored;
use umbel_web::http::Site;

use super::database::open_accounts;
use super::failure::{Failure, failure};
use super::table_names;
use super::token::is_word;
use super::{Command, names, said, say_to_stderr, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "permit",
    about: "Allows a group or a user something with tables, or allows it no longer",
    arguments: |command| {
        let holder = ArgGroup::new("holder")
            .args(["group", "user"])
            .required(true);
        command.args(arguments()).group(holder)
    },
    run: |site, matches| Box::pin(permit(site, matches)),
};

/// What every application understands; any other word is the application's own.
const ACTIONS: [&str; 4] = ["view", "add", "change", "delete"];

fn arguments() -> [Arg; 5] {
    [
        Arg::new("group")
            .long("group")
            .value_name("GROUP")
            .help("The group; it is made, if it is not there"),
        Arg::new("user")
            .long("user")
            .value_name("NAME")
            .help("What the user signs in by"),
        Arg::new("revoke")
            .long("revoke")
            .action(ArgAction::SetTrue)
            .help("Allows it no longer"),
        Arg::new("actions")
            .value_name("ACTION[,ACTION]")
            .required(true)
            .help("view, add, change, delete, or a word of the application's own"),
        Arg::new("tables")
            .value_name("TABLE")
            .required(true)
            .num_args(1..)
            .help("A table such as film or public.film, or '*' for all that there are"),
    ]
}

/// What is asked for.
#[derive(Debug)]
struct Asked {
    holder: Named,
    is_revoked: bool,
    actions: Vec<String>,
    tables: Vec<&'static Table>,
}

#[derive(Debug)]
enum Named {
    Group(Identifier),
    User(Identifier),
}

impl Asked {
    fn read(site: &Site, matches: &ArgMatches) -> Result<Self, Failure> {
        let group = matches.get_one::<String>("group");
        let names = matches.get_many::<String>("tables").into_iter().flatten();
        Ok(Self {
            holder: match group {
                Some(group) => Named::Group(names::group_name(group)?),
                None => Named::User(names::user_name(said(matches, "user"))?),
            },
            is_revoked: matches.get_flag("revoke"),
            actions: actions(said(matches, "actions"))?,
            tables: table_names::resolve(site, names.map(String::as_str))?,
        })
    }

    fn permissions(&self) -> impl Iterator<Item = Permission<'_>> {
        self.tables.iter().flat_map(|table| {
            self.actions.iter().map(|action| Permission {
                schema: table.schema,
                table: table.name,
                action,
            })
        })
    }
}

/// `view,add` → `view`, `add`
fn actions(text: &str) -> Result<Vec<String>, Failure> {
    let mut actions: Vec<String> = Vec::new();
    for action in text.split(',').map(str::trim) {
        if !is_word(action) {
            return Err(failure(
                "an action is a word",
                format!(
                    "{}, or one of your own; with commas between several",
                    ACTIONS.join(", ")
                ),
            ));
        }
        if !actions.iter().any(|known| known == action) {
            actions.push(action.to_owned());
        }
    }
    Ok(actions)
}

/// What has become of what was asked for.
struct Done {
    /// What the group or the user is called.
    name: String,
    is_made: bool,
    /// How many permissions are others than before.
    changed: u64,
}

async fn permit(site: &'static Site, matches: ArgMatches) -> Result<(), Failure> {
    let asked = Asked::read(site, &matches)?;
    let db = open_accounts().await?;
    // A user is never made here, and a group that is to lose something has to be there.
    let known = match &asked.holder {
        Named::User(name) => {
            let user = names::user(&db, name).await?;
            Some((Holder::User(user.id), user.login))
        }
        Named::Group(name) if asked.is_revoked => {
            let group = names::group(&db, name).await?;
            Some((Holder::Group(group.id), group.name))
        }
        Named::Group(_) => None,
    };
    let done = db.transaction(|tx| done(tx, &asked, known)).await?;
    for action in &asked.actions {
        if !ACTIONS.contains(&action.as_str()) {
            say_to_stderr(&format!(
                "note: `{action}` is a word of the application's own; all understand {}\n",
                ACTIONS.join(", ")
            ));
        }
    }
    say_to_stdout(&sentence(&asked, &done))
}

async fn done(tx: Transaction, asked: &Asked, known: Option<(Holder, String)>) -> Stored<Done> {
    let (holder, name, is_made) = match (known, &asked.holder) {
        (Some((holder, name)), _) => (holder, name, false),
        (None, Named::Group(name) | Named::User(name)) => {
            let found = Group::find(&tx, &name.key).await?;
            let is_made = found.is_none();
            let group = match found {
                Some(group) => group,
                None => Group::create(&tx, name).await?,
            };
            (Holder::Group(group.id), group.name, is_made)
        }
    };
    let mut changed = 0;
    for permission in asked.permissions() {
        let is_other = match asked.is_revoked {
            true => holder.revoke(&tx, permission).await?,
            false => holder.grant(&tx, permission).await?,
        };
        changed += u64::from(is_other);
    }
    Ok(Done {
        name,
        is_made,
        changed,
    })
}

fn sentence(asked: &Asked, done: &Done) -> String {
    let Done { name, changed, .. } = done;
    let kind = match asked.holder {
        Named::Group(_) => "group",
        Named::User(_) => "user",
    };
    let made = match done.is_made {
        true => format!("Made the group `{name}`\n"),
        false => String::new(),
    };
    let may = match asked.is_revoked {
        true => "may no longer",
        false => "may",
    };
    let tables = asked
        .tables
        .iter()
        .map(|table| format!("{}.{}", table.schema, table.name));
    let (tables, actions) = (
        tables.collect::<Vec<_>>().join(", "),
        asked.actions.join(", "),
    );
    let same = match (changed, asked.is_revoked) {
        (0, true) => ": nothing of it was allowed before",
        (0, false) => ": all of it was allowed before",
        _ => "",
    };
    format!("{made}The {kind} `{name}` {may} {actions}: {tables}{same}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::tests::{SITE, matches};

    fn asked(line: &str) -> Result<Asked, String> {
        let matches = matches(line)?;
        Asked::read(&SITE, &matches).map_err(|failure| failure.to_string())
    }

    #[test]
    fn arguments() {
        let permit = asked("permit --group editors view,add,view film sales.order").unwrap();
        assert!(matches!(permit.holder, Named::Group(_)) && !permit.is_revoked);
        assert_eq!(permit.actions, ["view", "add"]);
        assert_eq!(permit.permissions().count(), 4);
        let permit = asked("permit --user mary --revoke publish *").unwrap();
        assert!(matches!(permit.holder, Named::User(_)) && permit.is_revoked);
        assert_eq!(permit.permissions().count(), SITE.tables.len());
    }

    #[test]
    fn what_it_does_not_take() {
        for (line, words) in [
            ("permit view film", "--group"),
            ("permit --group a --user b view film", "cannot be used with"),
            ("permit --group a view", "<TABLE>"),
            ("permit --group a view,,add film", "an action is a word"),
            ("permit --group a view flim", "film"),
            (
                "permit --group \u{200b} view film",
                "the name of a group must not",
            ),
        ] {
            let said = asked(line).unwrap_err();
            assert!(said.contains(words), "{line}: {said}");
        }
    }
}
