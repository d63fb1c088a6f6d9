//! Files that something happened to: no mutilation panics, and every error has a place.

use std::fs;

use umbel_schema::model::Dialect;
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, Error, SqlFile};
use umbel_tests::corpus::Corpus;
use umbel_tests::random::Random;

/// How many mutilated files of each schema are read, and how many mutilated pieces of them, which are read sooner.
type Rounds = (usize, usize);

/// Schemas that every clone has.
const OWN: [&str; 5] = ["chinook", "pagila", "bazaar", "clinic", "consortium"];

/// Schemas that lie outside of the project.
const LARGE: [&str; 3] = ["guacamole", "bookings", "temporal"];

#[test]
fn cut_doubled_and_garbled() {
    mutilate(&OWN, (6, 150));
}

#[test]
fn large_ones_cut_doubled_and_garbled() {
    mutilate(&LARGE, (6, 150));
}

#[test]
#[ignore = "reads a hundred files and more than a thousand pieces: tests/run --all"]
fn cut_doubled_and_garbled_many_times() {
    mutilate(&OWN, (25, 400));
}

#[test]
#[ignore = "reads a hundred files and more than a thousand pieces: tests/run --all"]
fn large_ones_cut_doubled_and_garbled_many_times() {
    mutilate(&LARGE, (25, 400));
}

#[track_caller]
fn mutilate(names: &[&str], (files, pieces): Rounds) {
    for (seed, name) in names.iter().enumerate() {
        let Some(corpus) = Corpus::find(name) else {
            return;
        };
        let text = fs::read_to_string(corpus.folder.join("schema.sql")).expect("the file is there");
        let mut random = Random::new(seed as u64);
        for _ in 0..files {
            check(&mutilated(&text, &mut random));
        }
        for _ in 0..pieces {
            let (from, to) = piece(&text, 4_000, &mut random);
            check(&mutilated(&text[from..to], &mut random));
        }
    }
}

/// Bytes that are no text are refused with the place of the first of them.
#[test]
fn any_bytes() {
    let mut random = Random::new(7);
    let text = "CREATE TABLE größe (a int CHECK (a > 0), b text DEFAULT 'x');\n".repeat(3);
    for _ in 0..5_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=random.below(8) {
            let at = random.below(bytes.len());
            bytes[at] = random.below(256).to_le_bytes()[0];
        }
        match SqlFile::from_bytes("a.sql", &bytes) {
            Ok(file) => check(&file.text),
            Err(Error::NotUtf8 { offset, .. }) => {
                assert!(std::str::from_utf8(&bytes[..offset]).is_ok());
                assert!(offset < bytes.len());
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn deep() {
    for depth in [100, 5_000, 100_000] {
        let open = "(".repeat(depth);
        let close = ")".repeat(depth);
        check(&format!(
            "CREATE TABLE a (b int CHECK ({open}b > 1{close}));"
        ));
        check(&format!(
            "CREATE TABLE a (b int DEFAULT {}1);",
            "- ".repeat(depth)
        ));
        check(&format!(
            "CREATE TABLE a (b bool CHECK ({} b));",
            "NOT ".repeat(depth)
        ));
        check(&format!(
            "CREATE TABLE a (b int CHECK (b > 1{}));",
            " + 1".repeat(depth)
        ));
        check(&format!(
            "CREATE TABLE a (b int CHECK ({}1{}));",
            "CASE WHEN true THEN ".repeat(depth),
            " END".repeat(depth)
        ));
        check(&format!(
            "CREATE VIEW a AS SELECT 1{};",
            " UNION SELECT 1".repeat(depth)
        ));
        check(&format!("CREATE TABLE a (b int{});", "[]".repeat(depth)));
    }
}

/// Reads a text, whatever it is.
fn check(text: &str) {
    let file = SqlFile {
        name: "a.sql".to_owned(),
        text: text.to_owned(),
    };
    for dialect in [Dialect::Postgres, Dialect::Sqlite] {
        check_in(dialect, &file);
    }
    // Which of them it is, may be told or not.
    drop(sql::read(&[file], &ReadOptions::default()));
}

fn check_in(dialect: Dialect, file: &SqlFile) {
    let text = file.text.as_str();
    match sql::read_as(dialect, std::slice::from_ref(file), &ReadOptions::default()) {
        Ok(reading) => {
            for warning in reading.warnings {
                assert!(warning.place.starts_with("a.sql:"), "{warning}");
            }
        }
        Err(Error::Statements { found, .. }) => {
            for diagnostic in found {
                assert!(diagnostic.place.starts_with("a.sql:"), "{diagnostic}");
                assert!(
                    text.get(diagnostic.span.range.clone()).is_some(),
                    "{diagnostic}"
                );
            }
        }
        Err(error @ Error::Broken) => panic!("{error}:\n{text}"),
        Err(_) => {}
    }
}

/// A text from which a piece was taken, or in which one was doubled, moved or overwritten.
fn mutilated(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        let (from, to) = piece(&text, 300, random);
        match random.below(4) {
            0 => text.replace_range(from..to, ""),
            1 => {
                let doubled = text[from..to].to_owned();
                text.insert_str(to, &doubled);
            }
            2 => {
                let moved = text[from..to].to_owned();
                text.replace_range(from..to, "");
                text.push_str(&moved);
            }
            _ => {
                const GARBAGE: [&str; 12] = [
                    "'", "\"", "$$", "/*", "(", ")", "\u{0}", ";", "`", "[", "é", "\u{feff}",
                ];
                text.insert_str(from, GARBAGE[random.below(GARBAGE.len())]);
            }
        }
    }
    text
}

/// The bounds of a stretch of characters that is not longer.
fn piece(text: &str, longest: usize, random: &mut Random) -> (usize, usize) {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = boundary(random.below(text.len()));
    let to = boundary((from + random.below(longest)).min(text.len()));
    (from, to.max(from))
}
