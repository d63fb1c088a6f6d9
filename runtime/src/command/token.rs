//! `token`: makes a token of the API, and prints it: once, and nothing else.

use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use umbel_accounts::store::{ApiToken, NewApiToken};
use umbel_data::values::Timestamp;

use super::database::open_accounts;
use super::failure::{Failure, failure};
use super::{Command, names, said, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "token",
    about: "Makes a token of the API for a user, and prints it: it is never shown again",
    arguments: |command| command.args(arguments()),
    run: |_, matches| Box::pin(token(matches)),
};

/// A hundred years.
const MAX_DAYS: i64 = 36_500;

fn arguments() -> [Arg; 4] {
    [
        Arg::new("name")
            .value_name("NAME")
            .required(true)
            .help("Whose token it is: what the user signs in by"),
        Arg::new("label")
            .long("name")
            .value_name("LABEL")
            .default_value("command line")
            .help("What the user knows the token by"),
        Arg::new("scope")
            .long("scope")
            .value_name("SCOPE")
            .action(ArgAction::Append)
            .help("A word for what it is good for, as often as is wanted"),
        Arg::new("expires")
            .long("expires")
            .value_name("DAYS")
            .value_parser(value_parser!(i64).range(1..=MAX_DAYS))
            .help("How many days it holds; without it, until it is revoked"),
    ]
}

async fn token(matches: ArgMatches) -> Result<(), Failure> {
    let name = names::user_name(said(&matches, "name"))?;
    let scopes = scopes(&matches)?;
    let db = open_accounts().await?;
    let user = names::user(&db, &name).await?;
    if !user.is_active {
        return Err(failure(
            format!(
                "`{}` cannot sign in: its token would be good for nothing",
                user.login
            ),
            "the user has to be made active first",
        ));
    }
    let now = Timestamp::now();
    let days = matches.get_one::<i64>("expires");
    let expires_at = days.map(|days| later(now, *days));
    let new = NewApiToken {
        user_id: user.id,
        name: said(&matches, "label"),
        scopes: &scopes,
        expires_at,
    };
    let (text, token) = ApiToken::create(&db, new, now).await?;
    if let Err(failure) = say_to_stdout(&format!("{text}\n")) {
        // Nobody has it.
        ApiToken::revoke(&db, user.id, token.id).await?;
        return Err(failure);
    }
    Ok(())
}

fn later(moment: Timestamp, days: i64) -> Timestamp {
    const DAY: i64 = Duration::from_secs(24 * 60 * 60).as_micros() as i64;
    let micros = days.saturating_mul(DAY);
    Timestamp::from_micros_since_2000(moment.micros_since_2000().saturating_add(micros))
}

fn scopes(matches: &ArgMatches) -> Result<Vec<&str>, Failure> {
    let scopes = matches.get_many::<String>("scope").into_iter().flatten();
    let scopes: Vec<&str> = scopes.map(String::as_str).collect();
    match scopes.iter().all(|scope| is_word(scope)) {
        true => Ok(scopes),
        false => Err(failure(
            "a scope is a word, without spaces",
            "say `--scope` once for each",
        )),
    }
}

/// Whether it is stored as one word: `view`, `films:read`.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|sign: char| sign.is_whitespace() || sign.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::tests::{matches, matches_of};

    #[test]
    fn arguments() {
        let asked = matches("token mary --scope a --scope b:c --expires 30").unwrap();
        assert_eq!(said(&asked, "name"), "mary");
        assert_eq!(said(&asked, "label"), "command line");
        assert_eq!(scopes(&asked), Ok(vec!["a", "b:c"]));
        assert_eq!(asked.get_one::<i64>("expires"), Some(&30));
        for days in ["0", "-1", "soon", "36501", "99999999999999999999"] {
            let said = matches(&format!("token mary --expires {days}")).unwrap_err();
            assert!(
                said.contains("--expires") || said.contains("'-1'"),
                "{said}"
            );
        }
        for scope in ["", "a b", "a\0"] {
            let asked = matches_of(&["shop", "token", "mary", "--scope", scope]).unwrap();
            assert!(scopes(&asked).is_err(), "{scope:?}");
        }
    }

    #[test]
    fn so_many_days_later() {
        let now = Timestamp::from_micros_since_2000(5);
        assert_eq!(later(now, 1).micros_since_2000(), 86_400_000_005);
    }
}
