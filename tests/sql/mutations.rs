//! Files that something happened to: no mutilation panics, and every error has a place.

use std::fs;

use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, Error, SqlFile};
use umbel_tests::corpus::Corpus;

/// How many mutilated files of each schema are read.
const ROUNDS: usize = 60;

#[test]
fn cut_doubled_and_garbled() {
    for (seed, name) in ["chinook", "guacamole", "pagila", "bookings", "temporal"]
        .into_iter()
        .enumerate()
    {
        let Some(corpus) = Corpus::find(name) else {
            return;
        };
        let text = fs::read_to_string(corpus.folder.join("schema.sql")).expect("the file is there");
        let mut random = Random(seed as u64 + 1);
        for _ in 0..ROUNDS {
            check(&mutilated(&text, &mut random));
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
    match sql::read(&[file], &ReadOptions::default()) {
        Ok(reading) => {
            for warning in reading.warnings {
                assert!(warning.place.starts_with("a.sql:"), "{warning}");
            }
        }
        Err(Error::Statements { found, .. }) => {
            for diagnostic in found {
                assert!(diagnostic.place.starts_with("a.sql:"), "{diagnostic}");
                assert!(diagnostic.span.range.end <= text.len(), "{diagnostic}");
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
        let (from, to) = piece(&text, random);
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
                const GARBAGE: [&str; 8] = ["'", "\"", "$$", "/*", "(", ")", "\u{0}", ";"];
                text.insert_str(from, GARBAGE[random.below(GARBAGE.len())]);
            }
        }
    }
    text
}

/// The bounds of a short stretch of characters.
fn piece(text: &str, random: &mut Random) -> (usize, usize) {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = boundary(random.below(text.len()));
    let to = boundary((from + random.below(300)).min(text.len()));
    (from, to.max(from))
}

/// The same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        // Xorshift.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or_default()
    }
}
