//! Folders of no tool: numbered files by their numbers, others by their names, what makes the schema first.

use std::collections::BTreeSet;

use super::folder::{Choice, DOWN, ELSEWHERE, Folder, is_down, join, name, parent};
use super::order::{is_numbered, natural};
use crate::sql::scan::{Lexeme, Scanner};

const DUMP: &str = "makes the same tables as the migrations";
const BELOW: &str = "lies in a folder below, which is not named";
const ENDS: &str = "takes the schema away";

/// What folders of migrations are called, the surest first.
const MIGRATIONS: [&str; 5] = ["migrations", "migration", "migrate", "changelog", "deploy"];

/// What the file of a whole schema is called.
const SCHEMAS: [&str; 5] = ["schema", "structure", "init", "ddl", "create"];

pub(super) fn take(folder: &Folder) -> Choice {
    let direct: Vec<&str> = folder
        .sql()
        .filter(|path| parent(path).is_empty())
        .collect();
    let migrations = MIGRATIONS.iter().find(|name| {
        let within = format!("{name}/");
        folder.sql().any(|path| path.starts_with(&within))
    });
    if let Some(migrations) = migrations.filter(|_| !direct.iter().any(|path| is_numbered(path))) {
        return beside_schema(folder, migrations, &direct);
    }
    if !direct.is_empty() {
        return among(folder, |path| match parent(path).is_empty() {
            true => Ok(()),
            false => Err(BELOW),
        });
    }
    let firsts: BTreeSet<&str> = folder
        .sql()
        .filter_map(|path| Some(path.split_once('/')?.0))
        .collect();
    match firsts.into_iter().collect::<Vec<_>>().as_slice() {
        // The only folder that holds anything is what was meant.
        [only] => super::within(folder, only, ELSEWHERE),
        _ => among(folder, |_| Ok(())),
    }
}

/// A folder of migrations, with files beside it: a schema that the migrations go on from, or a dump of what they make.
fn beside_schema(folder: &Folder, migrations: &str, direct: &[&str]) -> Choice {
    let mut choice = super::within(folder, migrations, ELSEWHERE);
    let made: BTreeSet<String> = choice
        .files
        .iter()
        .flat_map(|path| tables(folder.text(path)))
        .collect();
    let is_base = |path: &&&str| {
        let own = tables(folder.text(path));
        is_schema(path) && !own.is_empty() && own.is_disjoint(&made)
    };
    if let Some(base) = direct.iter().find(is_base) {
        choice.left_out.retain(|left| left.path != **base);
        choice.files.insert(0, (*base).to_owned());
    }
    choice
}

/// The files that are kept, each in its place.
fn among(folder: &Folder, keep: impl Fn(&str) -> Result<(), &'static str>) -> Choice {
    let numbered: Vec<&str> = folder
        .sql()
        .filter(|path| keep(path).is_ok() && is_numbered(path))
        .collect();
    let made: BTreeSet<String> = numbered
        .iter()
        .flat_map(|path| tables(folder.text(path)))
        .collect();
    let mut choice = folder.choose(
        "",
        |path| {
            keep(path)?;
            let own = || tables(folder.text(path));
            if is_down(path) || is_in_down(folder, path) {
                Err(DOWN)
            } else if is_numbered(path) {
                Ok(())
            } else if is_end(path) {
                Err(ENDS)
            } else if is_schema(path) && own().intersection(&made).next().is_some() {
                Err(DUMP)
            } else {
                Ok(())
            }
        },
        |a, b| stage(a).cmp(&stage(b)).then_with(|| natural(a, b)),
    );
    choice.tool = None;
    choice
}

/// What makes the schema comes first, rows last.
fn stage(path: &str) -> usize {
    const ROWS: [&str; 6] = ["seed", "seeds", "data", "fixtures", "sample", "inserts"];
    match first_word(path) {
        _ if is_numbered(path) => 1,
        _ if is_schema(path) => 0,
        word if ROWS.contains(&word.as_str()) => 2,
        _ => 1,
    }
}

fn is_schema(path: &str) -> bool {
    SCHEMAS.contains(&stem(path).as_str())
}

/// `drop.sql`, `teardown_all.sql`: they would leave nothing.
fn is_end(path: &str) -> bool {
    const ENDS: [&str; 8] = [
        "drop",
        "teardown",
        "down",
        "destroy",
        "rollback",
        "uninstall",
        "cleanup",
        "reset",
    ];
    ENDS.contains(&first_word(path).as_str())
}

fn is_in_down(folder: &Folder, path: &str) -> bool {
    const FOLDERS: [&str; 5] = ["down", "downs", "rollback", "revert", "undo"];
    let own = parent(path);
    if !FOLDERS.contains(&name(own).to_ascii_lowercase().as_str()) {
        return false;
    }
    // The way forward lies beside it, or above.
    folder.sql().any(|other| {
        let place = parent(other);
        place != own && (place == parent(own) || parent(place) == parent(own))
    })
}

fn stem(path: &str) -> String {
    let name = name(path).to_ascii_lowercase();
    name.strip_suffix(".sql")
        .map_or_else(String::new, ToOwned::to_owned)
}

/// The first word of a name: of `seed_users.sql`, `seed`.
fn first_word(path: &str) -> String {
    let stem = stem(path);
    stem.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The tables that a text makes, by their last names in lower case.
fn tables(text: &str) -> BTreeSet<String> {
    let mut scanner = Scanner::new(text);
    let mut words: Vec<&str> = Vec::new();
    let mut found = BTreeSet::new();
    loop {
        let start = scanner.at;
        match scanner.pass() {
            Ok(Some(Lexeme::Nothing)) => continue,
            Ok(Some(_)) => words.push(&text[start..scanner.at]),
            Ok(None) | Err(_) => return found,
        }
        let word = |back: usize| {
            let at = words.len().checked_sub(back);
            at.map_or("", |at| words[at])
        };
        if word(1) != "(" {
            continue;
        }
        // `CREATE TABLE IF NOT EXISTS public.film (`
        let mut back = if word(3) == "." { 4 } else { 2 };
        back += 1;
        if word(back).eq_ignore_ascii_case("exists") {
            back += 3;
        }
        if word(back).eq_ignore_ascii_case("table") {
            found.insert(word(2).trim_matches(['"', '`']).to_lowercase());
        }
    }
}

/// The files of a folder below, with their paths from this one.
pub(super) fn joined(folder: &str, mut choice: Choice) -> Choice {
    for path in &mut choice.files {
        *path = join(folder, path);
    }
    for left in &mut choice.left_out {
        left.path = join(folder, &left.path);
    }
    choice
}

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn tables_that_a_text_makes() {
        let text = "CREATE TABLE a (b int); create table if not exists public.\"B\" (c int);
            CREATE TABLE film AS SELECT 1; INSERT INTO x (y) VALUES (1); -- CREATE TABLE d (";
        assert_eq!(tables(text).into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }
}
