//! Fills the newsroom: some thousands of rows that are the same on every machine.

use fastrand::Rng;
use rusqlite::{Connection, Transaction, params};

use super::words;

const AUTHORS: i64 = 60;
const ARTICLES: i64 = 1_500;
const COMMENTS: i64 = 6_000;
const SUBSCRIBERS: i64 = 2_500;
/// How many days the calendar has, the last of them in the future.
const DAYS: i64 = 120;
/// When the demonstration is: times are counted from here.
const NOW: &str = "2026-11-16 18:00:00";

/// Fills the tables, all or none of them.
pub(super) fn fill(database: &mut Connection) -> rusqlite::Result<()> {
    let transaction = database.transaction()?;
    let mut newsroom = Newsroom {
        rows: &transaction,
        random: Rng::with_seed(1605),
    };
    newsroom.sections()?;
    newsroom.authors()?;
    newsroom.tags()?;
    newsroom.articles()?;
    newsroom.comments()?;
    newsroom.subscribers()?;
    newsroom.editions()?;
    transaction.commit()
}

struct Newsroom<'c> {
    rows: &'c Transaction<'c>,
    random: Rng,
}

impl Newsroom<'_> {
    fn sections(&mut self) -> rusqlite::Result<()> {
        let mut insert = self.rows.prepare(
            "INSERT INTO section (name, parent_id, tone, description)
             VALUES (?1, (SELECT section_id FROM section WHERE name = ?2), ?3, ?4)",
        )?;
        for section in &words::SECTIONS {
            insert.execute(params![
                section.name,
                section.part_of,
                section.tone,
                section.about
            ])?;
        }
        Ok(())
    }

    fn authors(&mut self) -> rusqlite::Result<()> {
        let mut insert = self.rows.prepare(
            "INSERT INTO author (name, email, desk_id, editor_id, joined_on, is_staff, fee_per_word, portrait, biography)
             VALUES (?1, ?2, ?3, ?4, date(?5, ?6), ?7, ?8, ?9, ?10)",
        )?;
        for id in 1..=AUTHORS {
            let name = self.person();
            let email = format!("{}.{id}@newsroom.example", address(&name));
            let desk = self.random.i64(1..=words::SECTIONS.len() as i64);
            let editor = (id > 8).then(|| self.random.i64(1..=8));
            let joined = days_ago(self.random.i64(30..5_000));
            let staff = self.random.u8(..4) > 0;
            let fee = format!("0.{}", self.random.u8(15..95));
            let portrait = self.random.bool().then(|| portrait(&name, id));
            let biography = self.random.bool().then(|| self.sentences(2));
            insert.execute(params![
                name, email, desk, editor, NOW, joined, staff, fee, portrait, biography
            ])?;
        }
        Ok(())
    }

    fn tags(&mut self) -> rusqlite::Result<()> {
        let mut insert = self.rows.prepare("INSERT INTO tag (name) VALUES (?1)")?;
        for tag in words::TAGS {
            insert.execute([tag])?;
        }
        Ok(())
    }

    fn articles(&mut self) -> rusqlite::Result<()> {
        let mut insert = self.rows.prepare(
            "INSERT INTO article (section_id, title, slug, state, summary, body, published_at, word_limit, fee,
                 is_breaking, follows_id, layout)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, datetime(?7, ?8), ?9, ?10, ?11, ?12, ?13)",
        )?;
        for id in 1..=ARTICLES {
            let section = self.random.i64(1..=words::SECTIONS.len() as i64);
            let title = self.headline();
            let slug = format!("{}-{id}", address(&title));
            let state = state(id, &mut self.random);
            let summary = self.random.bool().then(|| self.sentences(1));
            let body = self.paragraphs();
            let published = published(state, id, &mut self.random);
            let limit = self.random.bool().then(|| self.random.i64(2..12) * 100);
            let fee = (self.random.u8(..4) > 0).then(|| self.random.u32(4_000..90_000));
            let fee = fee.map(|cents| format!("{}.{:02}", cents / 100, cents % 100));
            let breaking = self.random.u8(..40) == 0;
            let follows = (id > 20 && self.random.u8(..6) == 0).then(|| self.random.i64(1..id));
            let layout = (self.random.u8(..3) == 0).then(|| self.layout());
            insert.execute(params![
                section, title, slug, state, summary, body, NOW, published, limit, fee, breaking,
                follows, layout
            ])?;
            self.bylines(id)?;
            self.article_tags(id)?;
        }
        Ok(())
    }

    fn bylines(&mut self, article: i64) -> rusqlite::Result<()> {
        let mut insert = self.rows.prepare(
            "INSERT OR IGNORE INTO byline (article_id, author_id, part) VALUES (?1, ?2, ?3)",
        )?;
        insert.execute(params![article, self.random.i64(1..=AUTHORS), "text"])?;
        for part in ["photos", "research", "translation"] {
            if self.random.u8(..3) == 0 {
                insert.execute(params![article, self.random.i64(1..=AUTHORS), part])?;
            }
        }
        Ok(())
    }

    fn article_tags(&mut self, article: i64) -> rusqlite::Result<()> {
        let mut insert = self
            .rows
            .prepare("INSERT OR IGNORE INTO article_tag (article_id, tag_id) VALUES (?1, ?2)")?;
        for _ in 0..self.random.u8(1..5) {
            insert.execute([article, self.random.i64(1..=words::TAGS.len() as i64)])?;
        }
        Ok(())
    }

    fn comments(&mut self) -> rusqlite::Result<()> {
        let mut insert = self.rows.prepare(
            "INSERT INTO comment (article_id, reply_to_id, author_name, body, rating, is_approved, written_at)
             SELECT coalesce(answered.article_id, ?1), answered.comment_id, ?3, ?4, ?5, ?6, datetime(?7, ?8)
             FROM (SELECT 1) LEFT JOIN comment AS answered ON answered.comment_id = ?2",
        )?;
        for id in 1..=COMMENTS {
            let article = self.random.i64(1..=ARTICLES);
            let answered = (id > 50 && self.random.u8(..5) == 0).then(|| self.random.i64(1..id));
            let name = self.person();
            let body = self.pick(&words::COMMENTS);
            let rating = (self.random.u8(..3) == 0).then(|| self.random.u8(1..=5));
            let approved = self.random.u8(..10) > 0;
            let written = minutes_ago((COMMENTS - id) * 60 + self.random.i64(0..60));
            insert.execute(params![
                article, answered, name, body, rating, approved, NOW, written
            ])?;
        }
        Ok(())
    }

    fn subscribers(&mut self) -> rusqlite::Result<()> {
        let mut insert = self.rows.prepare(
            "INSERT INTO subscriber (name, email, plan, price, born_on, subscribed_at, cancelled_at)
             VALUES (?1, ?2, ?3, ?4, date(?5, ?6), datetime(?5, ?7), datetime(?5, ?8))",
        )?;
        let mut sections = self.rows.prepare(
            "INSERT OR IGNORE INTO subscriber_section (subscriber_id, section_id) VALUES (?1, ?2)",
        )?;
        for id in 1..=SUBSCRIBERS {
            let name = self.person();
            let email = format!("{}{id}@mail.example", address(&name));
            let (plan, price) = self.pick(&[
                ("free", "0.00"),
                ("free", "0.00"),
                ("monthly", "9.90"),
                ("yearly", "99.00"),
                ("patron", "240.00"),
            ]);
            let born = self
                .random
                .bool()
                .then(|| days_ago(self.random.i64(6_600..30_000)));
            let since = self.random.i64(1..1_000_000);
            let left = (self.random.u8(..8) == 0).then(|| minutes_ago(self.random.i64(0..since)));
            insert.execute(params![
                name,
                email,
                plan,
                price,
                NOW,
                born,
                minutes_ago(since),
                left
            ])?;
            for _ in 0..self.random.u8(..4) {
                sections.execute([id, self.random.i64(1..=words::SECTIONS.len() as i64)])?;
            }
        }
        Ok(())
    }

    fn editions(&mut self) -> rusqlite::Result<()> {
        let mut insert = self.rows.prepare(
            "INSERT INTO edition (day, slot, section_id, article_id, goes_out_at, note)
             VALUES (date(?1, ?2), ?3, ?4, ?5, ?6, ?7)",
        )?;
        for day in 0..DAYS {
            for (slot, hour) in [("morning", 6), ("evening", 17)] {
                for section in [1, 5, 7, 9, 12] {
                    let article = (self.random.u8(..9) > 0).then(|| self.random.i64(1..=ARTICLES));
                    let time = format!("{hour:02}:{:02}:00", self.random.u8(..12) * 5);
                    let note = (self.random.u8(..6) == 0).then(|| self.sentences(1));
                    insert.execute(params![
                        NOW,
                        days_ago(day - 10),
                        slot,
                        section,
                        article,
                        time,
                        note
                    ])?;
                }
            }
        }
        Ok(())
    }

    fn person(&mut self) -> String {
        let first = self.pick(&words::FIRST_NAMES);
        format!("{first} {}", self.pick(&words::LAST_NAMES))
    }

    fn headline(&mut self) -> String {
        let (who, does) = (self.pick(&words::WHO), self.pick(&words::DOES));
        let (what, ending) = (self.pick(&words::WHAT), self.pick(&words::ENDINGS));
        format!("{who} {does} {what}{ending}")
    }

    fn sentences(&mut self, count: usize) -> String {
        let sentences: Vec<_> = (0..count).map(|_| self.pick(&words::SENTENCES)).collect();
        sentences.join(" ")
    }

    fn paragraphs(&mut self) -> String {
        let count = self.random.usize(2..6);
        let paragraphs: Vec<_> = (0..count)
            .map(|_| {
                let length = self.random.usize(3..7);
                self.sentences(length)
            })
            .collect();
        paragraphs.join("\n\n")
    }

    fn layout(&mut self) -> String {
        let template = self.pick(&["feature", "column", "gallery", "live"]);
        let columns = self.random.u8(1..4);
        format!(
            r#"{{"template": "{template}", "columns": {columns}, "pull_quote": {}}}"#,
            self.random.bool()
        )
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.random.usize(..from.len())]
    }
}

/// Most are published; the newest are still being worked on.
fn state(id: i64, random: &mut Rng) -> &'static str {
    if id <= ARTICLES - 120 {
        let retracted = random.u8(..60) == 0;
        return if retracted { "retracted" } else { "published" };
    }
    ["draft", "review", "scheduled"][random.usize(..3)]
}

/// When an article appeared, or will.
fn published(state: &str, id: i64, random: &mut Rng) -> Option<String> {
    match state {
        "published" | "retracted" => Some(minutes_ago((ARTICLES - id) * 400 + random.i64(0..400))),
        "scheduled" => Some(minutes_ago(-random.i64(60..20_000))),
        _ => None,
    }
}

/// As SQLite's date functions read it.
fn days_ago(days: i64) -> String {
    format!("{:+} days", -days)
}

fn minutes_ago(minutes: i64) -> String {
    format!("{:+} minutes", -minutes)
}

/// `Zoë O’Brien` → `zoe-obrien`
fn address(text: &str) -> String {
    let mut address = String::new();
    for letter in deunicode::deunicode(text).chars() {
        match letter {
            'a'..='z' | '0'..='9' => address.push(letter),
            'A'..='Z' => address.push(letter.to_ascii_lowercase()),
            ' ' | '-' if !address.ends_with('-') => address.push('-'),
            _ => {}
        }
    }
    address.trim_matches('-').to_owned()
}

/// A picture: the initials in a coloured circle.
fn portrait(name: &str, id: i64) -> Vec<u8> {
    let initials: String = name
        .split(' ')
        .filter_map(|part| part.chars().next())
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><circle cx=\"32\" cy=\"32\" r=\"32\" \
         fill=\"hsl({} 45% 45%)\"/><text x=\"32\" y=\"41\" font-family=\"sans-serif\" font-size=\"26\" fill=\"#fff\" \
         text-anchor=\"middle\">{initials}</text></svg>",
        id * 47 % 360
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_rows() {
        let mut database = Connection::open_in_memory().unwrap();
        database.execute_batch(super::super::SCHEMA).unwrap();
        fill(&mut database).unwrap();
        let count = |table: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM {table}");
            database.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        let counts = [
            "section",
            "author",
            "article",
            "byline",
            "tag",
            "article_tag",
            "comment",
            "subscriber",
            "subscriber_section",
            "edition",
            "published_article",
        ]
        .map(count);
        assert_eq!(counts[..3], [14, AUTHORS, ARTICLES]);
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    }
}
