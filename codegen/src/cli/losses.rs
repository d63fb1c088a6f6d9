//! What an application would lose because statements of its SQL files fail.

use umbel_schema::diff::{Change, Kind};

use super::report::Failure;

/// Refuses to take away what a statement that fails speaks of: it was most likely made by it, and is not gone.
pub(super) fn check(changes: &[Change], failed: &[String]) -> Result<(), Failure> {
    let is_lost = |change: &&Change| {
        let name = change
            .subject
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let is_named = |text: &String| {
            let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.any(|word| word == name)
                || name.contains(|c: char| !c.is_alphanumeric() && c != '_') && text.contains(&name)
        };
        change.kind == Kind::Removed && failed.iter().any(is_named)
    };
    let lost: Vec<&str> = changes
        .iter()
        .filter(is_lost)
        .map(|change| change.subject.as_str())
        .collect();
    if lost.is_empty() {
        return Ok(());
    }
    Err(Failure::with_hint(
        format!(
            "statements of the SQL files fail, without which the application would lose {}",
            lost.join(", ")
        ),
        "correct them, or read the files through a PostgreSQL server: `--scratch URL`; nothing was changed",
    ))
}
