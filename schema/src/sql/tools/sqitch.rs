//! Sqitch: `sqitch.plan` names the changes in their order; the script of each lies in `deploy`.
//!
//! A change that the plan names again was reworked: what it was before lies in `deploy/name@tag.sql`.

use super::folder::{Choice, Folder, join};

const PLAN: &str = "sqitch.plan";
const NOT_DEPLOYED: &str = "is no script that the plan deploys";

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let base = *folder.holders(PLAN).first()?;
    let steps = steps(folder.text(&join(base, PLAN)));
    let mut files = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let Step::Change(change) = step else { continue };
        let later = &steps[at + 1..];
        let again = later
            .iter()
            .position(|step| matches!(step, Step::Change(name) if name == change));
        // The tag between both is the one that the older script bears.
        let tag = later[..again.unwrap_or(0)]
            .iter()
            .find_map(|step| match step {
                Step::Tag(tag) => Some(*tag),
                Step::Change(_) => None,
            });
        let script = match tag {
            Some(tag) => format!("deploy/{change}@{tag}.sql"),
            None => format!("deploy/{change}.sql"),
        };
        files.push(join(base, &script));
    }
    Some(folder.chosen("Sqitch", files, NOT_DEPLOYED))
}

/// A line of the plan.
enum Step<'a> {
    Change(&'a str),
    Tag(&'a str),
}

/// `users [schema] 2024-01-01T00:00:00Z Ann <ann@example.org> # Adds users.` names the change `users`.
fn steps(plan: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for line in plan.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('%') {
            continue;
        }
        let word = line.trim_start_matches('+').trim_start();
        let word = word.split_whitespace().next().unwrap_or_default();
        match word.strip_prefix('@') {
            Some(tag) => steps.push(Step::Tag(tag)),
            None if word.starts_with('-') => {}
            None => steps.push(Step::Change(word)),
        }
    }
    steps
}
