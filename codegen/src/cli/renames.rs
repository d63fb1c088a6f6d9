//! What was renamed since the last sync, strongest evidence first: said in `umbel.toml`, the same object by
//! its identifier or by a statement of the SQL files, and then a question.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::process::ExitCode;

use umbel_schema::Schema;
use umbel_schema::diff::{self, Candidate, Identity, Renames};
use umbel_schema::model::FormerNames;

use super::identities::Identities;
use super::project::Project;
use super::rename_lines::RenameTable;
use super::report::Failure;
use crate::settings::Renamed;

/// What is known of renames, and what is not.
pub(super) struct Known<'a> {
    before: &'a Schema,
    after: &'a Schema,
    renames: Renames,
    open: Vec<Candidate>,
}

/// Renames that nobody has decided about.
pub(super) struct Open(Vec<Candidate>);

/// The exit code that says so.
const AMBIGUOUS: u8 = 4;

/// Finds the renames between the lock and a schema; `former` where that was read from SQL files.
pub(super) fn find<'a>(
    project: &'a Project,
    after: &'a Schema,
    former: Option<&FormerNames>,
) -> Result<Known<'a>, Failure> {
    let before = &project.lock.schema;
    let known = Identities::read(&project.folder)?;
    let now = Identity::of(after);
    let kept = now
        .as_ref()
        .and_then(|now| known.of(&project.lock_text, now));
    let identities = kept.zip(now.as_ref());
    let mut renames = match (&identities, former) {
        (Some((kept, now)), _) => kept.renames(now),
        (None, Some(former)) => former.renames(before, after),
        (None, None) => Renames::default(),
    };
    renames.keep_possible(before, after);
    let mut said = Renames::default();
    let mut unknown = Vec::new();
    for (old, renamed) in &project.settings.renames {
        match renamed {
            Renamed::To(new) => {
                if let Err(error) = said.say(before, after, old, new) {
                    unknown.push(format!("umbel.toml: [rename]: {error}"));
                }
            }
            Renamed::No => {
                said.denied.insert(old.clone());
            }
        }
    }
    if !unknown.is_empty() {
        return Err(Failure {
            messages: unknown,
            hint: None,
        });
    }
    said.keep_possible(before, after);
    said.keep_new(before, &renames);
    renames.add(said);
    let identities = identities.map(|(kept, now)| [kept, now]);
    let open = diff::candidates(before, after, &renames, identities);
    Ok(Known {
        before,
        after,
        renames,
        open,
    })
}

impl Known<'_> {
    /// All renames, after a person was asked about those in doubt, if one is there to be asked.
    pub(super) fn settled(mut self, may_ask: bool) -> Result<Renames, Open> {
        if self.open.is_empty() {
            return Ok(self.renames);
        }
        if !may_ask || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Err(Open(self.open));
        }
        for candidate in &self.open {
            for new in &candidate.new {
                match ask(&candidate.old, new) {
                    Some(true) => {
                        let said = self
                            .renames
                            .say(self.before, self.after, &candidate.old, new);
                        debug_assert!(said.is_ok(), "both names come from the schemas");
                        break;
                    }
                    Some(false) => {}
                    // The end of the input is no answer.
                    None => return Err(Open(self.open)),
                }
            }
        }
        Ok(self.renames)
    }
}

impl Open {
    /// Says what to write into `umbel.toml`, and where: lines that can be pasted as they are.
    pub(super) fn refuse(&self, settings: &str) -> ExitCode {
        let place = RenameTable::of(settings);
        anstream::eprintln!(
            "It is not certain what was renamed. {}:",
            place.instruction()
        );
        anstream::eprintln!();
        for line in place.lines(&self.0) {
            anstream::eprintln!("{line}");
        }
        anstream::eprintln!();
        anstream::eprintln!(
            "or `= false` for what is gone, whatever has come that is like it. Nothing was changed."
        );
        ExitCode::from(AMBIGUOUS)
    }
}

/// The answer to a question on the terminal.
fn ask(old: &str, new: &str) -> Option<bool> {
    loop {
        eprint!("Is `{old}` called `{new}` now? [y/n] ");
        io::stderr().flush().ok()?;
        let mut answer = String::new();
        if io::stdin().lock().read_line(&mut answer).ok()? == 0 {
            return None;
        }
        match answer.trim() {
            "y" | "yes" => return Some(true),
            "n" | "no" => return Some(false),
            _ => {}
        }
    }
}
