//! Files that are written for another database.

use super::diagnostic::SqlFile;
use super::error::Error;

/// What only one database writes, in lower case.
const SIGNS: [(&str, &str); 9] = [
    ("-- mysql dump", "MySQL"),
    ("-- mariadb dump", "MariaDB"),
    ("engine=innodb", "MySQL"),
    ("engine=myisam", "MySQL"),
    ("auto_increment", "MySQL"),
    ("create table `", "MySQL"),
    ("create table if not exists `", "MySQL"),
    ("pragma foreign_keys", "SQLite"),
    ("autoincrement", "SQLite"),
];

/// Refuses a file that no statement of PostgreSQL's would look like.
pub(super) fn refuse(file: &SqlFile) -> Result<(), Error> {
    // A sign within a comment or a text is none: only statements that make tables are looked at, and the first lines.
    let mut head = file.text.len().min(64 * 1024);
    while !file.text.is_char_boundary(head) {
        head -= 1;
    }
    let head = file.text[..head].to_ascii_lowercase();
    let plain: String = head
        .lines()
        .filter(|line| !line.trim_start().starts_with("--") || line.contains(" dump"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let sign = SIGNS.iter().find(|(sign, _)| plain.contains(sign));
    match sign {
        Some((_, product)) => Err(Error::Foreign {
            file: file.name.clone(),
            product,
        }),
        None => Ok(()),
    }
}
