//! A version of the own tables: the statements by which the one before becomes it.

use data_encoding::HEXLOWER;
use umbel_data::database::Dialect;

use crate::digest::SecretDigest;

/// A version of the own tables. Once it is released, its files never change: what was made of them would be refused.
pub(super) struct Version {
    pub(super) number: u32,
    postgres: &'static str,
    sqlite: &'static str,
}

/// All of them, from the first one on.
pub(super) const VERSIONS: &[Version] = &[Version {
    number: 1,
    postgres: include_str!("0001.postgres.sql"),
    sqlite: include_str!("0001.sqlite.sql"),
}];

impl Version {
    /// Its file.
    pub(super) fn text(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Postgres => self.postgres,
            Dialect::Sqlite => self.sqlite,
        }
    }

    /// What the ledger has of its file: the SHA-256 of its lines, however they end.
    pub(super) fn checksum(&self, dialect: Dialect) -> String {
        let text = self.text(dialect).replace("\r\n", "\n");
        HEXLOWER.encode(SecretDigest::of(text.as_bytes()).as_bytes())
    }

    /// Its statements, each with the comments before it.
    pub(super) fn statements(&self, dialect: Dialect) -> impl Iterator<Item = String> {
        // Each ends a line, and nothing else in the files does.
        let statements = self.text(dialect).split(";\n").map(str::trim);
        let statements = statements.filter(|statement| !statement.is_empty());
        statements.map(str::to_owned)
    }
}

/// The row of the ledger, as a statement.
pub(super) fn ledger_row(dialect: Dialect, version: &Version) -> String {
    let ledger = match dialect {
        Dialect::Postgres => "umbel.migration",
        Dialect::Sqlite => "umbel_migration",
    };
    let Version { number, .. } = version;
    let checksum = version.checksum(dialect);
    format!("INSERT INTO {ledger} (version, checksum) VALUES ({number}, '{checksum}')")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIALECTS: [Dialect; 2] = [Dialect::Postgres, Dialect::Sqlite];

    #[test]
    fn versions_are_numbered_from_one_on() {
        let numbers = VERSIONS.iter().map(|version| version.number);
        assert!(numbers.eq(1..=VERSIONS.len() as u32));
    }

    #[test]
    fn files_are_cut_into_their_statements() {
        for (version, dialect) in VERSIONS.iter().zip(DIALECTS) {
            for statement in version.statements(dialect) {
                let code = statement
                    .lines()
                    .filter(|line| !line.trim().starts_with("--"));
                let code: Vec<&str> = code.collect();
                let code = code.join("\n");
                assert!(code.trim().starts_with("CREATE "), "{statement}");
                assert!(!code.contains(';'), "{statement}");
            }
        }
    }

    /// A table of one dialect is a table of the other, with the same columns.
    #[test]
    fn both_dialects_have_the_same_tables() {
        for version in VERSIONS {
            let [postgres, sqlite] = DIALECTS.map(|dialect| {
                let lines = version.text(dialect).lines().map(str::trim);
                let named = lines.filter(|line| {
                    let is_column = line.starts_with(|sign: char| sign.is_ascii_lowercase());
                    is_column || line.starts_with("CREATE TABLE")
                });
                let names: Vec<String> = named
                    .map(|line| {
                        let words = line
                            .split(' ')
                            .take(if line.starts_with('C') { 3 } else { 1 });
                        let words: Vec<&str> = words.collect();
                        words.join(" ").replace("umbel.", "umbel_")
                    })
                    .collect();
                names
            });
            assert_eq!(postgres, sqlite);
        }
    }
}
