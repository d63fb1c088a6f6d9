//! The order of statements does not matter, as long as PostgreSQL accepts it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use umbel_schema::Schema;
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, SqlFile};
use umbel_tests::corpus::Corpus;
use umbel_tests::database::Database;
use umbel_tests::postgres::{dump_of_schema, psql};
use umbel_tests::process;
use umbel_tests::random::Random;

use crate::compare::differences;

/// How many orders of each dump are read.
const ORDERS: u64 = 8;

#[test]
fn of_bazaar() {
    check("bazaar");
}

#[test]
fn of_cinema() {
    check("cinema");
}

#[test]
fn of_clinic() {
    check("clinic");
}

#[test]
fn of_consortium() {
    check("consortium");
}

#[test]
fn of_chinook() {
    check("chinook");
}

#[test]
fn of_pagila() {
    check("pagila");
}

#[test]
fn of_northwind() {
    check("northwind");
}

#[test]
fn of_bookings() {
    check("bookings");
}

#[test]
fn of_guacamole() {
    check("guacamole");
}

#[test]
fn of_temporal() {
    check("temporal");
}

#[test]
fn of_adventureworks() {
    check("adventureworks");
}

#[test]
fn of_danbooru() {
    check("danbooru");
}

#[test]
fn of_kitchensink() {
    check("kitchensink");
}

/// Reads the dump of a schema in several orders; the server takes the first of them, too.
#[track_caller]
fn check(name: &str) {
    let Some(corpus) = Corpus::find(name) else {
        return;
    };
    let database = corpus.database_of("schema.sql");
    let options = ReadOptions {
        schemas: database.schemas(),
    };
    let dump = dump_of_schema(&database.url);
    let expect = read(&dump, &options);
    let pieces = Pieces::of(&dump);
    for seed in 0..ORDERS {
        let text = pieces.in_order(&mut Random::new(seed));
        assert_ne!(
            text,
            pieces.in_order(&mut Random::new(seed + 1)),
            "{name} has but one order"
        );
        if seed == 0 {
            load(&text);
        }
        let found = differences(&expect, &read(&text, &options));
        let found: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert!(
            found.is_empty(),
            "{name}, order {seed}:\n{}",
            found.join("\n")
        );
    }
}

/// PostgreSQL accepts the order.
#[track_caller]
fn load(text: &str) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("dump.sql");
    fs::write(&file, text).expect("the folder is ours");
    let database = Database::empty();
    process::succeed(
        psql(&database.url)
            .arg("--output=/dev/null")
            .arg("--file")
            .arg(file),
    );
}

#[track_caller]
fn read(text: &str, options: &ReadOptions) -> Schema {
    let file = SqlFile {
        name: "dump.sql".to_owned(),
        text: text.to_owned(),
    };
    match sql::read(&[file], options) {
        Ok(reading) => reading.schema,
        Err(sql::Error::Statements { found, .. }) => panic!("{}", found[0]),
        Err(error) => panic!("{error}"),
    }
}

/// The statements of a dump, and which of them have to come before which.
struct Pieces<'a> {
    statements: Vec<Piece<'a>>,
}

struct Piece<'a> {
    text: &'a str,
    /// The places of those that come before it in every order.
    after: BTreeSet<usize>,
}

impl<'a> Pieces<'a> {
    fn of(dump: &'a str) -> Self {
        let ranges = sql::statements(dump);
        let texts: Vec<&str> = ranges.into_iter().map(|range| &dump[range]).collect();
        let families = families(&texts);
        // What made each name so far, and what made a key for each table.
        let mut makers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut keys: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut of_families = Vec::new();
        let mut barrier = 0;
        let mut statements: Vec<Piece<'_>> = Vec::new();
        for (place, text) in texts.into_iter().enumerate() {
            let words: BTreeSet<&str> = words(text).collect();
            let mut after = BTreeSet::new();
            if moves(text) {
                after.extend(barrier..barrier + usize::from(barrier < place));
                for word in &words {
                    after.extend(makers.get(word).into_iter().flatten());
                    // A foreign key wants the key that it refers to, and a view may group by one.
                    if text.contains("FOREIGN KEY") || text.contains(" VIEW ") {
                        after.extend(keys.get(word).into_iter().flatten());
                    }
                }
                // What is done to a partition depends upon what was done to its parent before.
                if words.iter().any(|word| families.contains(word)) {
                    after.extend(&of_families);
                    of_families.push(place);
                }
            } else {
                after.extend(barrier..place);
                barrier = place;
            }
            if let Some(name) = made(text) {
                makers.entry(name).or_default().push(place);
            }
            if text.contains("PRIMARY KEY") || text.contains("UNIQUE") {
                for word in words {
                    keys.entry(word).or_default().push(place);
                }
            }
            statements.push(Piece { text, after });
        }
        Self { statements }
    }

    /// The text with its statements in an order that chance decides.
    fn in_order(&self, random: &mut Random) -> String {
        let mut waiting: Vec<usize> = self
            .statements
            .iter()
            .map(|piece| piece.after.len())
            .collect();
        let mut followers = vec![Vec::new(); self.statements.len()];
        for (place, piece) in self.statements.iter().enumerate() {
            for before in &piece.after {
                followers[*before].push(place);
            }
        }
        let mut ready: Vec<usize> = (0..waiting.len())
            .filter(|place| waiting[*place] == 0)
            .collect();
        let mut text = String::new();
        while !ready.is_empty() {
            let place = ready.swap_remove(random.below(ready.len()));
            text.push_str(self.statements[place].text);
            text.push('\n');
            for follower in &followers[place] {
                waiting[*follower] -= 1;
                if waiting[*follower] == 0 {
                    ready.push(*follower);
                }
            }
        }
        text
    }
}

/// Whether a statement may change places with others; settings, functions and types of one's own stay where they are.
fn moves(text: &str) -> bool {
    const STARTS: [&str; 11] = [
        "ALTER SEQUENCE",
        "ALTER TABLE",
        "COMMENT ON",
        "CREATE INDEX",
        "CREATE MATERIALIZED VIEW",
        "CREATE POLICY",
        "CREATE SEQUENCE",
        "CREATE TABLE",
        "CREATE TRIGGER",
        "CREATE UNIQUE INDEX",
        "CREATE VIEW",
    ];
    STARTS.iter().any(|start| text.starts_with(start))
}

/// The name of what a statement makes: its table, its index, its constraint.
fn made(text: &str) -> Option<&str> {
    if let Some((_, rest)) = text.split_once("ADD CONSTRAINT ") {
        return words(rest).next();
    }
    let rest = text.strip_prefix("CREATE ")?;
    let path = rest.split_whitespace().find(|word| {
        let kinds = [
            "TABLE",
            "SEQUENCE",
            "VIEW",
            "MATERIALIZED",
            "UNIQUE",
            "INDEX",
            "POLICY",
            "TRIGGER",
            "FOREIGN",
            "UNLOGGED",
        ];
        !kinds.contains(word)
    })?;
    words(path).last()
}

/// The names of partitions, heirs and their parents.
fn families<'a>(texts: &[&'a str]) -> BTreeSet<&'a str> {
    let mut families = BTreeSet::new();
    for text in texts {
        if text.contains("ATTACH PARTITION") || text.contains("INHERITS (") {
            // A dump qualifies every name with its schema.
            let qualified = text.split('.').skip(1);
            families.extend(qualified.filter_map(|rest| words(rest).next()));
        }
    }
    families
}

/// Everything that may be a name, also within texts: `nextval('public.film_film_id_seq'::regclass)`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| !word.is_empty())
}
