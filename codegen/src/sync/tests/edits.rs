//! What people do to emitted files, at random.

use proptest::prelude::*;
use proptest::sample::Index;

use super::Disk;
use crate::write::Tree;

/// What a person does to a file.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// A line of one's own, wherever it is.
    Line,
    /// A function at the end.
    Function,
    /// A field of a struct.
    Field,
    /// A statement in the body of a function.
    Statement,
    /// A line that was emitted, with a word of one's own behind it.
    Change,
    /// An item, and the next one in its place.
    Reorder,
    /// Code that was emitted, asked for something of one's own.
    Body,
    /// A trait of one's own is derived.
    Derive,
    /// Something of one's own is imported.
    Use,
    /// A text in a template: a heading, what a fact is called.
    Heading,
    /// An item, at the end of the file with a word of one's own above it.
    Move,
    /// An item is deleted.
    DeleteItem,
    /// The file is deleted.
    DeleteFile,
}

/// An edit of some file, at some place.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    kind: Kind,
    file: Index,
    place: Index,
}

/// An application with edits, and what of it was deleted on purpose.
pub(super) struct Edited {
    pub(super) disk: Disk,
    /// Paths and the first lines of items.
    pub(super) deleted: Vec<(String, String)>,
}

pub(super) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let kind = prop_oneof![
        4 => Just(Kind::Line),
        2 => Just(Kind::Function),
        2 => Just(Kind::Field),
        2 => Just(Kind::Statement),
        2 => Just(Kind::Change),
        2 => Just(Kind::Body),
        1 => Just(Kind::Derive),
        1 => Just(Kind::Use),
        2 => Just(Kind::Heading),
        1 => Just(Kind::Move),
        1 => Just(Kind::Reorder),
        1 => Just(Kind::DeleteItem),
        1 => Just(Kind::DeleteFile),
    ];
    let edit = (kind, any::<Index>(), any::<Index>());
    let edit = edit.prop_map(|(kind, file, place)| Edit { kind, file, place });
    prop::collection::vec(edit, 1..12)
}

/// The application as it is emitted, then edited; whatever is added holds a word of its own.
pub(super) fn edited(emitted: &Tree, edits: &[Edit]) -> Edited {
    let mut files = emitted.clone();
    let paths: Vec<String> = files.keys().cloned().collect();
    let rust: Vec<String> = paths
        .iter()
        .filter(|path| path.ends_with(".rs"))
        .cloned()
        .collect();
    let pages: Vec<String> = paths
        .iter()
        .filter(|path| path.ends_with("list.html") || path.ends_with("show.html"))
        .cloned()
        .collect();
    let mut deleted = Vec::new();
    for (number, edit) in edits.iter().enumerate() {
        let among = match edit.kind {
            Kind::Line | Kind::DeleteFile => &paths,
            Kind::Heading => &pages,
            _ => &rust,
        };
        let path = &among[edit.file.index(among.len())];
        if let Kind::DeleteFile = edit.kind {
            files.remove(path);
            continue;
        }
        let Some(text) = files.get(path) else {
            continue;
        };
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        match edit.kind {
            Kind::Line => {
                let line = match path.rsplit_once('.').map(|(_, extension)| extension) {
                    Some("rs") => format!("// mine_{number}"),
                    Some("html") => format!("<p>mine_{number}</p>"),
                    _ => format!("# mine_{number}"),
                };
                lines.insert(edit.place.index(lines.len() + 1), line);
            }
            Kind::Function => lines.push(format!("\npub fn mine_{number}() {{}}")),
            Kind::Field => {
                let opens = |line: &str| line.starts_with("pub struct ") && line.ends_with('{');
                let line = format!("    pub mine_{number}: bool,");
                insert_behind(&mut lines, &edit.place, opens, line);
            }
            Kind::Statement => {
                let opens = |line: &str| {
                    line.starts_with("pub async fn ") && line.ends_with('{')
                        || line.starts_with("    pub fn ") && line.ends_with('{')
                };
                let line = format!("    let _mine_{number} = 1;");
                insert_behind(&mut lines, &edit.place, opens, line);
            }
            Kind::Change => {
                let ends = |line: &str| line.ends_with([',', ';']) && !line.contains("//");
                change_one(&mut lines, &edit.place, ends, |line| {
                    line.push_str(&format!(" // mine_{number}"));
                });
            }
            Kind::Body => {
                let is_code = |line: &str| {
                    line.starts_with("        ") && line.ends_with(';') && !line.contains("//")
                };
                change_one(&mut lines, &edit.place, is_code, |line| {
                    line.truncate(line.len() - 1);
                    line.push_str(&format!(".mine_{number}();"));
                });
            }
            Kind::Derive => {
                let derives = |line: &str| line.starts_with("#[derive(") && line.ends_with(")]");
                change_one(&mut lines, &edit.place, derives, |line| {
                    line.truncate(line.len() - 2);
                    line.push_str(&format!(", mine_{number})]"));
                });
            }
            Kind::Use => {
                let imports = |line: &str| line.starts_with("use ") && line.ends_with(';');
                let line = format!("use crate::mine_{number};");
                insert_behind(&mut lines, &edit.place, imports, line);
            }
            Kind::Heading => {
                let is_text = |line: &str| line.starts_with("    (") && line.contains('"');
                change_one(&mut lines, &edit.place, is_text, |line| {
                    let parts: Vec<&str> = line.splitn(3, '"').collect();
                    *line = format!("{}\"mine_{number}\"{}", parts[0], parts[2]);
                });
            }
            Kind::Reorder | Kind::Move | Kind::DeleteItem => {
                let mut items = items(&lines);
                // What is first is the documentation of the file, and what it imports: that follows its use.
                let is_head = |item: &Vec<String>| {
                    let starts = |start: &str| item.iter().any(|line| line.starts_with(start));
                    starts("//!") || starts("use ") || starts("pub use ") || starts("mod ")
                };
                let head = items.iter().take_while(|item| is_head(item)).count();
                if items.len() < head + 2 {
                    continue;
                }
                let at = head + edit.place.index(items.len() - head - 1);
                if let Kind::Reorder = edit.kind {
                    items.swap(at, at + 1);
                } else if let Kind::Move = edit.kind {
                    let mut moved = items.remove(at);
                    moved.insert(0, format!("// mine_{number}"));
                    items.push(moved);
                } else {
                    let gone = items.remove(at);
                    let first = gone.iter().find(|line| line.starts_with("pub async fn "));
                    deleted.extend(first.map(|line| (path.clone(), line.clone())));
                }
                lines = items.join(&String::new());
            }
            Kind::DeleteFile => {}
        }
        files.insert(path.clone(), (lines.join("\n") + "\n").into());
    }
    Edited {
        disk: Disk {
            files,
            base: emitted.clone(),
            set_aside: Vec::new(),
        },
        deleted,
    }
}

/// Changes one of the lines that a rule picks, if there is one.
fn change_one(
    lines: &mut [String],
    place: &Index,
    picks: impl Fn(&str) -> bool,
    change: impl FnOnce(&mut String),
) {
    let picked: Vec<usize> = (0..lines.len()).filter(|&at| picks(&lines[at])).collect();
    if !picked.is_empty() {
        change(&mut lines[picked[place.index(picked.len())]]);
    }
}

/// Inserts a line behind one of those that a rule picks, if there is one.
fn insert_behind(
    lines: &mut Vec<String>,
    place: &Index,
    picks: impl Fn(&str) -> bool,
    line: String,
) {
    let picked: Vec<usize> = (0..lines.len()).filter(|&at| picks(&lines[at])).collect();
    if !picked.is_empty() {
        lines.insert(picked[place.index(picked.len())] + 1, line);
    }
}

/// The items of a file, each with the comments on top of it: a blank line stands between them.
fn items(lines: &[String]) -> Vec<Vec<String>> {
    let mut items: Vec<Vec<String>> = vec![Vec::new()];
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", String::as_str);
        let ends = line.is_empty() && !next.starts_with([' ', '}']) && !next.is_empty();
        if ends {
            items.push(Vec::new());
        } else if let Some(item) = items.last_mut() {
            item.push(line.clone());
        }
    }
    items
}
