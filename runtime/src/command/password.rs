//! A new password: asked for at a terminal, or read from standard input, and hashed. It is never repeated.

use std::io::{self, BufRead, IsTerminal, Read};

use clap::{Arg, ArgAction};
use tokio::sync::oneshot;
use umbel_accounts::password::{self, Attribute, MAX_BYTES, Rules, Settings};
use umbel_accounts::store::PasswordHash;

use super::failure::{Failure, Fault, failure, fault};
use super::say_to_stderr;

const FROM_STDIN: &str = "password-stdin";

/// The option that reads it from standard input.
pub(super) fn from_stdin() -> Arg {
    Arg::new(FROM_STDIN)
        .long(FROM_STDIN)
        .action(ArgAction::SetTrue)
        .help("Takes the password from the first line of standard input")
}

/// Whose password it is to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person<'a> {
    pub(super) login: &'a str,
    pub(super) email: Option<&'a str>,
}

/// Asks for a new password, and hashes it.
pub(super) async fn new(
    matches: &clap::ArgMatches,
    person: Person<'_>,
) -> Result<PasswordHash, Failure> {
    let password = match matches.get_flag(FROM_STDIN) {
        true => read_line(&mut io::stdin().lock())?,
        false => typed().await?,
    };
    check(&password, person)?;
    let hash = password::hash(&password, &Settings::default());
    let hash = hash.map_err(|error| failure(error.to_string(), ""))?;
    Ok(PasswordHash(hash))
}

fn check(password: &str, person: Person<'_>) -> Result<(), Failure> {
    let login = Attribute {
        label: "user name",
        value: person.login,
    };
    let email = person.email.map(|value| Attribute {
        label: "e-mail address",
        value,
    });
    let attributes: Vec<_> = [login].into_iter().chain(email).collect();
    let refusals = Rules::default().check(password, &attributes);
    let faults = refusals.iter().map(|refusal| {
        fault(
            format!("the password {refusal}"),
            "nothing was changed: choose another one",
        )
    });
    Failure::of(faults.collect::<Vec<Fault>>())
}

/// The next line, of which no more is read than a password may have.
fn read_line(input: &mut impl BufRead) -> Result<String, Failure> {
    const END_OF_LINE: usize = 2;
    let unread = |what: &str| failure(what, "nothing was changed");
    let mut line = Vec::new();
    let read = input
        .take((MAX_BYTES + END_OF_LINE) as u64)
        .read_until(b'\n', &mut line);
    match read {
        Ok(0) => return Err(unread("standard input ended before there was a password")),
        Ok(_) => {}
        Err(error) => return Err(unread(&format!("standard input cannot be read: {error}"))),
    }
    let text = line.strip_suffix(b"\n").unwrap_or(&line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(unread(&format!(
            "the password must be {MAX_BYTES} bytes or fewer"
        )));
    }
    match std::str::from_utf8(text) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(unread("the password is not UTF-8")),
    }
}

/// Asks for it twice, at the terminal, which shows nothing of it.
async fn typed() -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return Err(failure(
            "there is no terminal at which a password could be typed",
            "`--password-stdin` takes it from the first line of standard input",
        ));
    }
    let quiet = terminal::Quiet::begin()?;
    let (sender, receiver) = oneshot::channel();
    // Whoever reads cannot be stopped: a thread of its own ends with the process.
    std::thread::spawn(move || sender.send(twice()));
    let typed = tokio::select! {
        typed = receiver => typed.ok(),
        _ = tokio::signal::ctrl_c() => None,
    };
    drop(quiet);
    typed.unwrap_or_else(|| Err(failure("interrupted", "nothing was changed")))
}

fn twice() -> Result<String, Failure> {
    let mut input = io::stdin().lock();
    say_to_stderr("Password: ");
    let password = read_line(&mut input)?;
    say_to_stderr("The same again: ");
    match read_line(&mut input)? == password {
        true => Ok(password),
        false => Err(failure(
            "the two passwords are not the same",
            "nothing was changed",
        )),
    }
}

#[cfg(unix)]
mod terminal {
    //! The terminal at standard input.

    use std::io;

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    use super::{Failure, failure};

    /// The terminal shows nothing of what is typed, but that a line has ended, as long as this is there.
    pub(super) struct Quiet {
        before: Termios,
    }

    impl Quiet {
        pub(super) fn begin() -> Result<Self, Failure> {
            let before = tcgetattr(io::stdin());
            let outcome = before.and_then(|before| {
                let mut quiet = before.clone();
                quiet.local_modes.remove(LocalModes::ECHO);
                quiet.local_modes.insert(LocalModes::ECHONL);
                tcsetattr(io::stdin(), OptionalActions::Flush, &quiet)?;
                Ok(Self { before })
            });
            outcome.map_err(|error| {
                failure(
                    format!("the terminal would show the password: {error}"),
                    "`--password-stdin` takes it from the first line of standard input",
                )
            })
        }
    }

    impl Drop for Quiet {
        fn drop(&mut self) {
            // A terminal that is gone needs nothing.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
        }
    }
}

#[cfg(not(unix))]
mod terminal {
    //! A terminal that cannot be kept from showing what is typed.

    use super::{Failure, failure};

    pub(super) struct Quiet;

    impl Quiet {
        pub(super) fn begin() -> Result<Self, Failure> {
            Err(failure(
                "the terminal would show the password",
                "`--password-stdin` takes it from the first line of standard input",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_line(input: &[u8], expect: Result<&str, &str>) {
        let read = read_line(&mut io::Cursor::new(input));
        let read = read.map_err(|failure| failure.to_string());
        match expect {
            Ok(text) => assert_eq!(read.as_deref(), Ok(text)),
            Err(words) => assert!(
                read.as_ref().is_err_and(|said| said.contains(words)),
                "{read:?}"
            ),
        }
    }

    #[test]
    fn lines_of_standard_input() {
        check_line(b"x7!kqzz8w", Ok("x7!kqzz8w"));
        check_line(b"x7!kqzz8w\nnext\n", Ok("x7!kqzz8w"));
        check_line(b" x y \r\n", Ok(" x y "));
        check_line(b"\n", Ok(""));
        check_line(b"", Err("ended before there was a password"));
        check_line(b"\xff\xfe\n", Err("not UTF-8"));
        let longest = "x".repeat(MAX_BYTES);
        check_line(longest.as_bytes(), Ok(&longest));
        check_line(format!("{longest}\r\n").as_bytes(), Ok(&longest));
        check_line(format!("{longest}x\n").as_bytes(), Err("4096 bytes"));
        check_line(&[b'x'; 1_000_000], Err("4096 bytes"));
    }

    #[test]
    fn passwords_that_are_guessed() {
        let person = Person {
            login: "rosalind.franklin",
            email: Some("rosa@kings.example"),
        };
        assert_eq!(check("correct horse battery", person), Ok(()));
        for (password, words) in [
            ("", "must be 8 characters or more; it has 0"),
            ("franklin-rosalind", "must not resemble the user name"),
            ("rosa@kings.ex", "must not resemble the e-mail address"),
            ("x7!kq\0zz8w", "such as NUL"),
        ] {
            let said = check(password, person).unwrap_err().to_string();
            assert!(said.contains(words), "{said}");
            assert!(password.is_empty() || !said.contains(password), "{said}");
        }
    }
}
