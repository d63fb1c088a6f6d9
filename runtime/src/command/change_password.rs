//! `changepassword`: sets the password of a user, and ends its sessions.

use clap::{Arg, ArgMatches};
use umbel_accounts::store::{Session, User};
use umbel_data::error::Error;

use super::database::open_accounts;
use super::failure::Failure;
use super::password::{self, Person};
use super::{Command, counted, names, said, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "changepassword",
    about: "Sets the password of a user, and ends all sessions of that user",
    arguments: |command| command.arg(name()).arg(password::from_stdin()),
    run: |_, matches| Box::pin(change_password(matches)),
};

fn name() -> Arg {
    Arg::new("name")
        .value_name("NAME")
        .required(true)
        .help("What the user signs in by")
}

async fn change_password(matches: ArgMatches) -> Result<(), Failure> {
    let name = names::user_name(said(&matches, "name"))?;
    let db = open_accounts().await?;
    let user = names::user(&db, &name).await?;
    let person = Person {
        login: &user.login,
        email: user.email.as_deref(),
    };
    let hash = password::new(&matches, person).await?;
    let change = |tx| {
        let (hash, id) = (&hash, user.id);
        async move {
            match User::set_password(&tx, id, Some(hash)).await? {
                true => Session::revoke_all(&tx, id).await,
                // It was deleted meanwhile.
                false => Err(Error::NotFound),
            }
        }
    };
    let ended = db.transaction(change).await?;
    say_to_stdout(&format!(
        "Changed the password of `{}`, and ended {}\n",
        user.login,
        counted(ended, "session"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::tests::matches;

    #[test]
    fn arguments() {
        let asked = matches("changepassword mary --password-stdin").unwrap();
        assert_eq!(said(&asked, "name"), "mary");
        assert!(matches("changepassword").unwrap_err().contains("<NAME>"));
        let more = matches("changepassword mary secret").unwrap_err();
        assert!(more.contains("unexpected argument"), "{more}");
    }
}
