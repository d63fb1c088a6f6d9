//! Tools that mark the way back with a word in a comment: MyBatis, Play, Rambler, shmig, and files that people part
//! so for themselves.

use super::folder::{Choice, Folder, by_number};
use super::section::{self, Mark, Marks, after, comment, first_word};

/// MyBatis Migrations: what follows `-- //@UNDO` takes back what stands before it.
pub(super) const MYBATIS: Marks = Marks {
    tool: "MyBatis Migrations",
    of: |line| {
        let said = line.trim_start_matches(['-', ' ', '\t']);
        let said = said.strip_prefix("//").unwrap_or(said).trim_start();
        (line.starts_with(['-', '/']) && after(said, "@UNDO").is_some()).then_some(Mark::Down)
    },
    is_told_by: |marks| !marks.is_empty(),
};

/// Play's evolutions: `# --- !Ups`, `-- !Downs`.
pub(super) const PLAY: Marks = Marks {
    tool: "Play evolutions",
    of: |line| {
        let said = line.strip_prefix('#').or_else(|| line.strip_prefix("--"))?;
        match said
            .trim_start_matches(['-', ' ', '\t'])
            .split_whitespace()
            .next()?
        {
            "!Ups" => Some(Mark::Up),
            "!Downs" => Some(Mark::Down),
            _ => None,
        }
    },
    is_told_by: section::has_up,
};

/// `-- rambler up`, `-- rambler down`.
pub(super) const RAMBLER: Marks = Marks {
    tool: "Rambler",
    of: |line| match first_word(after(comment(line)?, "rambler ")?).as_str() {
        "up" => Some(Mark::Up),
        "down" => Some(Mark::Down),
        _ => None,
    },
    is_told_by: section::has_up,
};

/// `-- Up`, `-- ==== DOWN ====`: a comment that says nothing else. Both have to be there, in this order, for the
/// words alone are a person's as well.
pub(super) const PLAIN: Marks = Marks {
    tool: "files with an Up and a Down part",
    of: |line| {
        let said: String = comment(line)?
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        match said.to_ascii_lowercase().as_str() {
            "up" | "ups" | "migrateup" | "upmigrate" => Some(Mark::Up),
            "down" | "downs" | "migratedown" | "downmigrate" | "undo" | "rollback" => {
                Some(Mark::Down)
            }
            _ => None,
        }
    },
    is_told_by: |marks| {
        let up = marks.iter().position(|mark| *mark == Mark::Up);
        let down = marks.iter().position(|mark| *mark == Mark::Down);
        up.zip(down).is_some_and(|(up, down)| up < down)
    },
};

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    [MYBATIS, PLAY, RAMBLER, PLAIN].iter().find_map(|marks| {
        super::marked(folder, marks, |folder| {
            folder.choose(marks.tool, |_| Ok(()), by_number)
        })
    })
}
