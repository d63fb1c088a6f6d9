//! What psql would run of the files, in its order: files that others include stand where these include them, and of
//! conditions the branch that would be taken.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::diagnostic::{Problem, Severity, SqlFile};
use super::placeholder;
use super::psql::{Command, Variables};
use super::split::{Kind, Statement, split};

/// A piece of a file, when its turn comes.
#[derive(Debug)]
pub(super) struct Step<'a> {
    /// Which of the files.
    pub(super) file: usize,
    pub(super) statement: Statement,
    /// What is run, with the values of the variables that are known.
    pub(super) text: Cow<'a, str>,
    /// Whether a session begins with it, as with each file that psql is given.
    pub(super) opens_session: bool,
}

/// All that is run, and what is wrong with its lines for psql.
#[derive(Debug, Default)]
pub(super) struct Script<'a> {
    pub(super) steps: Vec<Step<'a>>,
    /// With the file of each.
    pub(super) problems: Vec<(usize, Problem)>,
}

impl<'a> Script<'a> {
    pub(super) fn of(files: &'a [SqlFile]) -> Self {
        let pieces: Vec<Vec<Statement>> = files.iter().map(|file| split(&file.text)).collect();
        let mut included = BTreeSet::new();
        for (number, statements) in pieces.iter().enumerate() {
            for (_, name) in includes(&files[number], statements) {
                let target = find(files, number, number, &name);
                included.extend(target.filter(|target| *target != number));
            }
        }
        let mut walk = Walk {
            files,
            pieces: &pieces,
            root: 0,
            stack: Vec::new(),
            conditions: Vec::new(),
            variables: Variables::default(),
            opens_session: true,
            script: Script::default(),
        };
        let is_circle = included.len() == files.len();
        for root in 0..files.len() {
            if is_circle || !included.contains(&root) {
                walk.session(root);
            }
        }
        walk.script
    }
}

/// The files that lines for psql name and that are not among those given: for each the names it may have, the likeliest
/// first.
pub fn missing(files: &[SqlFile]) -> Vec<Vec<String>> {
    let mut missing = Vec::new();
    for (number, file) in files.iter().enumerate() {
        for (_, name) in includes(file, &split(&file.text)) {
            if find(files, number, number, &name).is_none() {
                missing.push(candidates(&file.name, &file.name, &name));
            }
        }
    }
    missing
}

/// The lines of a file that include others, with what they name.
fn includes(file: &SqlFile, statements: &[Statement]) -> Vec<(usize, String)> {
    let lines = statements.iter().enumerate();
    let lines = lines.filter(|(_, statement)| statement.kind == Kind::Meta);
    let named = lines.filter_map(|(at, statement)| {
        let command = Command::of(&file.text[statement.range.clone()]);
        Some((at, command.included()?.to_owned()))
    });
    named.collect()
}

/// The file that a name means in one that is included by a root.
fn find(files: &[SqlFile], from: usize, root: usize, name: &str) -> Option<usize> {
    let candidates = candidates(&files[from].name, &files[root].name, name);
    let number = |wanted: &String| files.iter().position(|file| plain(&file.name) == *wanted);
    candidates.iter().find_map(number)
}

/// Beside the file itself, beside the file that includes it, or from where psql was started.
fn candidates(from: &str, root: &str, name: &str) -> Vec<String> {
    let beside = |file: &str| match file.rsplit_once('/') {
        Some((folder, _)) => plain(&format!("{folder}/{name}")),
        None => plain(name),
    };
    let mut candidates = match name.starts_with('/') {
        true => vec![plain(name)],
        false => vec![beside(from), beside(root), plain(name)],
    };
    candidates.dedup();
    candidates
}

/// `db/../a.sql` → `a.sql`
fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts
                .last()
                .is_some_and(|last| !last.is_empty() && *last != "..") =>
            {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What is known of the branch of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Branch {
    Read,
    /// An earlier branch was read.
    Over,
    /// No branch was read so far.
    Waits,
    /// Nobody knows: all branches are read.
    Unknown,
}

struct Walk<'a, 'p> {
    files: &'a [SqlFile],
    pieces: &'p [Vec<Statement>],
    root: usize,
    stack: Vec<usize>,
    conditions: Vec<Branch>,
    variables: Variables,
    opens_session: bool,
    script: Script<'a>,
}

impl Walk<'_, '_> {
    fn session(&mut self, root: usize) {
        self.root = root;
        self.conditions.clear();
        self.variables = Variables::default();
        self.opens_session = true;
        self.file(root);
    }

    fn file(&mut self, number: usize) {
        self.stack.push(number);
        let pieces = self.pieces;
        for statement in &pieces[number] {
            match statement.kind {
                Kind::Meta => self.meta(number, statement),
                _ if self.reads() => self.push(number, statement),
                _ => {}
            }
        }
        self.stack.pop();
    }

    fn reads(&self) -> bool {
        let mut conditions = self.conditions.iter();
        conditions.all(|branch| matches!(branch, Branch::Read | Branch::Unknown))
    }

    fn push(&mut self, file: usize, statement: &Statement) {
        let text = &self.files[file].text[statement.range.clone()];
        let text = match statement.kind {
            Kind::Sql => placeholder::filled(text, &self.variables),
            _ => Cow::Borrowed(text),
        };
        self.script.steps.push(Step {
            file,
            statement: statement.clone(),
            text,
            opens_session: std::mem::take(&mut self.opens_session),
        });
    }

    fn meta(&mut self, file: usize, statement: &Statement) {
        let command = Command::of(&self.files[file].text[statement.range.clone()]);
        if self.condition(file, statement, &command) || !self.reads() {
            return;
        }
        self.variables.follow(&command);
        if !command.includes() {
            return self.push(file, statement);
        }
        let name = command.included();
        match name.and_then(|name| find(self.files, file, self.root, name)) {
            Some(target) if self.stack.contains(&target) => {
                self.problem(
                    file,
                    statement,
                    "the file includes itself, which is not done".to_owned(),
                    None,
                );
            }
            Some(target) => self.file(target),
            None => self.problem(
                file,
                statement,
                format!(
                    "`{}` is not there: what it makes is missing",
                    name.unwrap_or_default()
                ),
                Some("name the files in their order: `--sql first.sql second.sql`"),
            ),
        }
    }

    /// Follows a condition, if that is what the line says.
    fn condition(&mut self, file: usize, statement: &Statement, command: &Command) -> bool {
        let name = command.name.as_str();
        match name {
            "if" => {
                let holds = self.reads().then(|| self.variables.holds(command));
                let branch = match holds {
                    None => Branch::Over,
                    Some(Some(true)) => Branch::Read,
                    Some(Some(false)) => Branch::Waits,
                    Some(None) => {
                        let message = "it is not known whether this holds: both branches are read";
                        let hint = "write the branch that is meant into a file of its own";
                        self.problem(file, statement, message.to_owned(), Some(hint));
                        Branch::Unknown
                    }
                };
                self.conditions.push(branch);
            }
            "elif" | "else" => {
                let Some(branch) = self.conditions.pop() else {
                    return true;
                };
                let holds = || match name {
                    "else" => true,
                    _ => self.variables.holds(command) == Some(true),
                };
                let branch = match branch {
                    Branch::Read | Branch::Over => Branch::Over,
                    Branch::Waits if holds() => Branch::Read,
                    branch => branch,
                };
                self.conditions.push(branch);
            }
            "endif" => drop(self.conditions.pop()),
            _ => return false,
        }
        true
    }

    fn problem(&mut self, file: usize, statement: &Statement, message: String, hint: Option<&str>) {
        let problem = Problem {
            severity: Severity::Warning,
            range: statement.range.clone(),
            message,
            hint: hint.map(ToOwned::to_owned),
        };
        self.script.problems.push((file, problem));
    }
}

#[cfg(test)]
mod tests {
    use super::{Script, SqlFile, missing, plain};

    fn files(texts: &[(&str, &str)]) -> Vec<SqlFile> {
        let file = |(name, text): &(&str, &str)| SqlFile {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        };
        texts.iter().map(file).collect()
    }

    #[track_caller]
    fn check(texts: &[(&str, &str)], expect: &[&str]) {
        let files = files(texts);
        let script = Script::of(&files);
        let steps: Vec<&str> = script.steps.iter().map(|step| step.text.as_ref()).collect();
        assert_eq!(steps, expect);
    }

    #[test]
    fn included_files_stand_where_they_are_included() {
        check(
            &[
                ("db/all.sql", "a;\n\\ir sub/b.sql\nd;"),
                ("db/sub/b.sql", "b;\n\\i c.sql\n"),
                ("db/sub/c.sql", "c;"),
            ],
            &["a;", "b;", "c;", "d;"],
        );
        check(
            &[("b.sql", "b;"), ("a.sql", "\\i ./b.sql\na;")],
            &["b;", "a;"],
        );
    }

    #[test]
    fn circles_end() {
        check(&[("a.sql", "a;\n\\i a.sql\n")], &["a;"]);
        check(
            &[("a.sql", "a;\n\\i b.sql\n"), ("b.sql", "b;\n\\i a.sql\n")],
            &["a;", "b;", "b;", "a;"],
        );
    }

    #[test]
    fn branches() {
        let known = "\\set big true\n\\if :big\na;\n\\elif true\nb;\n\\else\nc;\n\\endif\nd;";
        check(&[("a.sql", known)], &["\\set big true\n", "a;", "d;"]);
        let unset = "\\if :{?x}\na;\n\\if true\nb;\n\\endif\n\\else\nc;\n\\endif\n";
        check(&[("a.sql", unset)], &["c;"]);
        let unknown = "\\if :x\na;\n\\else\nb;\n\\endif\n";
        check(&[("a.sql", unknown)], &["a;", "b;"]);
        assert_eq!(Script::of(&files(&[("a.sql", unknown)])).problems.len(), 1);
        check(&[("a.sql", "\\else\na;\n\\endif\n")], &["a;"]);
    }

    #[test]
    fn variables() {
        let text = "\\set app shop\nCREATE TABLE :app.t (a text DEFAULT :'app', b int[] DEFAULT '{}', c text CHECK (c <> ':app'));";
        let filled = "CREATE TABLE shop.t (a text DEFAULT 'shop', b int[] DEFAULT '{}', c text CHECK (c <> ':app'));";
        check(&[("a.sql", text)], &["\\set app shop\n", filled]);
    }

    #[test]
    fn files_that_are_not_there() {
        let found = missing(&files(&[("db/a.sql", "\\ir ../b.sql\n\\i a.sql\n")]));
        assert_eq!(found, [["b.sql", "../b.sql"]]);
        assert_eq!(plain("/a/../b//c.sql"), "/b/c.sql");
    }
}
