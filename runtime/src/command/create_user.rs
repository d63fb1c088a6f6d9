//! `createuser`: makes a user who can sign in.

use clap::{Arg, ArgAction, ArgMatches};
use umbel_accounts::Identifier;
use umbel_accounts::store::{Group, NewUser, PasswordHash, User};
use umbel_data::database::{Database, Transaction};
use umbel_data::error::{Error, FieldErrors, Result as Stored};
use umbel_data::values::Timestamp;

use super::database::open_accounts;
use super::failure::{Failure, Fault, failure, fault};
use super::password::{self, Person};
use super::{Command, names, program, said, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "createuser",
    about: "Makes a user who can sign in",
    arguments: |command| command.args(arguments()),
    run: |_, matches| Box::pin(create_user(matches)),
};

fn arguments() -> [Arg; 6] {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    [
        Arg::new("name")
            .value_name("NAME")
            .required(true)
            .help("What the user signs in by"),
        Arg::new("email")
            .long("email")
            .value_name("EMAIL")
            .help("The e-mail address of the user"),
        flag("superuser").help("May do everything, and enter the admin"),
        flag("staff").help("May enter the admin"),
        Arg::new("group")
            .long("group")
            .value_name("GROUP")
            .action(ArgAction::Append)
            .help("A group to be in, as often as is wanted"),
        password::from_stdin(),
    ]
}

/// The user that is asked for.
#[derive(Debug, PartialEq)]
struct Asked {
    login: Identifier,
    email: Option<Identifier>,
    is_superuser: bool,
    is_staff: bool,
    groups: Vec<Identifier>,
}

impl Asked {
    fn read(matches: &ArgMatches) -> Result<Self, Failure> {
        let is_superuser = matches.get_flag("superuser");
        let groups = matches.get_many::<String>("group").into_iter().flatten();
        Ok(Self {
            login: names::user_name(said(matches, "name"))?,
            email: match matches.get_one::<String>("email") {
                Some(email) => Some(names::email(email)?),
                None => None,
            },
            is_superuser,
            is_staff: is_superuser || matches.get_flag("staff"),
            groups: groups
                .map(|name| names::group_name(name))
                .collect::<Result<_, _>>()?,
        })
    }
}

async fn create_user(matches: ArgMatches) -> Result<(), Failure> {
    let asked = Asked::read(&matches)?;
    let db = open_accounts().await?;
    // What can be known before is said before anything is typed.
    let groups = groups(&db, &asked).await?;
    if User::find_by_login(&db, &asked.login.key).await?.is_some() {
        return Err(taken(
            &asked,
            &FieldErrors::at("login", "another user has this name"),
        ));
    }
    let person = Person {
        login: &asked.login.text,
        email: asked.email.as_ref().map(|email| email.text.as_str()),
    };
    let hash = password::new(&matches, person).await?;
    let create = |tx| created(tx, &asked, &groups, &hash);
    match db.transaction(create).await {
        Ok(()) => say_to_stdout(&format!("Made the user `{}`\n", asked.login.text)),
        Err(Error::Invalid(errors)) => Err(taken(&asked, &errors)),
        Err(error) => Err(error.into()),
    }
}

async fn groups(db: &Database, asked: &Asked) -> Result<Vec<Group>, Failure> {
    let mut groups = Vec::new();
    for name in &asked.groups {
        groups.push(names::group(db, name).await?);
    }
    Ok(groups)
}

async fn created(
    tx: Transaction,
    asked: &Asked,
    groups: &[Group],
    hash: &PasswordHash,
) -> Stored<()> {
    let new = NewUser {
        login: &asked.login,
        email: asked.email.as_ref(),
        password_hash: Some(hash),
        name: "",
        is_superuser: asked.is_superuser,
        is_staff: asked.is_staff,
        source_key: None,
    };
    let user = User::create(&tx, new, Timestamp::now()).await?;
    for group in groups {
        Group::add(&tx, group.id, user.id).await?;
    }
    Ok(())
}

/// What somebody else has already.
fn taken(asked: &Asked, errors: &FieldErrors) -> Failure {
    let program = program();
    let faults = errors.iter().map(|(field, message)| match field {
        "login" => fault(
            format!("`{}`: {message}", asked.login.text),
            format!(
                "choose another name; `{program} changepassword` sets the password of that one"
            ),
        ),
        _ => fault(format!("{field}: {message}"), "choose another one"),
    });
    match faults.collect::<Vec<Fault>>() {
        faults if faults.is_empty() => failure("the user was not made", "try again"),
        faults => faults.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::tests::matches;

    fn asked(line: &str) -> Result<Asked, String> {
        Asked::read(&matches(line)?).map_err(|failure| failure.to_string())
    }

    #[test]
    fn arguments() {
        let mary = asked("createuser Mary").unwrap();
        assert_eq!((mary.login.text.as_str(), mary.email), ("Mary", None));
        assert_eq!((mary.is_superuser, mary.is_staff), (false, false));
        let all = "createuser mary --email m@shop.example --superuser --group a --group b --password-stdin";
        let mary = asked(all).unwrap();
        assert_eq!(mary.email.unwrap().text, "m@shop.example");
        assert_eq!((mary.is_superuser, mary.is_staff), (true, true));
        assert_eq!(mary.groups.len(), 2);
        let mary = asked("createuser mary --staff").unwrap();
        assert_eq!((mary.is_superuser, mary.is_staff), (false, true));
    }

    #[test]
    fn what_it_does_not_take() {
        for (line, words) in [
            ("createuser", "<NAME>"),
            ("createuser a b", "'b'"),
            ("createuser mary --email mary", "must be an e-mail address"),
            ("createuser \u{200b}", "the user name must not contain"),
            (
                "createuser mary --group \u{200b}",
                "the name of a group must not",
            ),
            ("createuser mary --password secret", "'--password'"),
        ] {
            let said = asked(line).unwrap_err();
            assert!(said.contains(words), "{line}: {said}");
        }
    }
}
